"""What is said of evidence: received, accepted, returned, not needed, held already, shared (R069, R073, R116-R118)."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from config.policy import load_policy
from models import AuditEntry, Evidence, EvidenceFile, session
from services.casework.evidence import answers
from services.casework.evidence.checklists import Item, burden, checklist
from services.casework.evidence.kept_files import MEGABYTE, Receipt
from services.errors import AlreadySo, NotFound, Refused
from tests.kept import kept
from tests.york import AREA, CA, CA_NOTICE, JAR, NOTICE, SET_UP, needs, sign, step_of, word, york

SELF_ASSESSMENT = "self_assessment_material"
CAME = date(2006, 3, 29)


@pytest.fixture
def opened(engine: Engine) -> Iterator[Session]:
    met(engine)
    with session(engine) as opened:
        yield opened


@kept
def met(engine: Engine) -> None:
    """York after the notice of its review and the setting-up meeting."""
    york(engine)
    with session(engine) as opened:
        sign(opened, JAR, "notification", NOTICE)
        sign(opened, JAR, "set_up", SET_UP)


def line(opened: Session, item: str, code: str = JAR, as_of: date = CAME) -> Item:
    return next(line for line in checklist(opened, as_of, AREA) if (line.activity, line.item) == (code, item))


def received(opened: Session, item: str, day: date = CAME) -> None:
    answers.receive(opened, JAR, item, Receipt(day), word(day))


def test_what_comes_late_says_by_how_many_working_days(opened: Session) -> None:
    """R071: due on 27 March, received on 29 March: two working days late."""
    assert line(opened, SELF_ASSESSMENT).status == "late by 2 working days"
    received(opened, "self_assessment")
    found = line(opened, SELF_ASSESSMENT)
    assert (found.state, found.days_late) == ("received", 2)
    assert found.status == "came 29 March 2006, 2 working days late"
    assert not found.is_late


@pytest.mark.parametrize("day", [date(2006, 2, 9), date(2006, 3, 30)])
def test_nothing_is_received_before_it_is_asked_for_or_in_the_future(opened: Session, day: date) -> None:
    with pytest.raises(Refused, match="is outside 10 February 2006 to 29 March 2006"):
        answers.receive(opened, JAR, "plans", Receipt(day), word(CAME))
    assert line(opened, "plans").state == "asked"


def test_what_nobody_asked_for_is_not_received(opened: Session) -> None:
    with pytest.raises(Refused, match=r"has not been asked for.*once Analysis week is signed off"):
        answers.receive(opened, JAR, "impact", Receipt(CAME), word(CAME))


def test_the_day_is_corrected_until_it_is_accepted(opened: Session) -> None:
    received(opened, "plans", date(2006, 3, 27))
    received(opened, "plans", date(2006, 3, 28))
    answers.accept(opened, JAR, "plans", word(CAME))
    assert line(opened, "plans").status == "came 28 March 2006, accepted"
    with pytest.raises(Refused, match="it is accepted"):
        received(opened, "plans")


def test_only_what_came_is_accepted(opened: Session) -> None:
    with pytest.raises(Refused, match="it is still to come"):
        answers.accept(opened, JAR, "plans", word(CAME))


def test_what_is_returned_is_to_come_again_by_a_later_day(opened: Session) -> None:
    with pytest.raises(Refused, match="nothing to return"):
        answers.give_back(opened, JAR, "plans", date(2006, 4, 5), word(CAME, "no youth plan"))
    received(opened, "plans")
    with pytest.raises(Refused) as refused:
        answers.give_back(opened, JAR, "plans", CAME, word(CAME))
    assert [finding.advice for finding in refused.value.findings] == [
        "Say what is missing: --why TEXT.",
        "Give a later day for what is missing.",
    ]
    with pytest.raises(Refused, match=r"a Saturday, when nobody works\. Give 3 April 2006"):
        answers.give_back(opened, JAR, "plans", date(2006, 4, 1), word(CAME, "no youth plan"))
    answers.give_back(opened, JAR, "plans", date(2006, 4, 5), word(CAME, "no youth plan"))
    found = line(opened, "plans", as_of=date(2006, 4, 6))
    assert found.status == "returned: no youth plan; late by 1 working day"
    with pytest.raises(Refused, match="outside 29 March 2006 to 6 April 2006: from the day it was returned"):
        answers.receive(opened, JAR, "plans", Receipt(date(2006, 3, 28)), word(date(2006, 4, 6)))
    received(opened, "plans", date(2006, 4, 6))
    assert line(opened, "plans").state == "received"


def test_what_is_not_needed_has_a_reason_and_is_asked_of_nobody(opened: Session) -> None:
    """R116: also what was not asked for yet."""
    with pytest.raises(Refused, match="needs a reason"):
        answers.not_needed(opened, JAR, "tracking", word(CAME))
    answers.not_needed(opened, JAR, "tracking", word(CAME, "five cases are enough"))
    answers.not_needed(opened, JAR, "plans", word(CAME, "published on the web"))
    assert line(opened, "tracking").status == "not needed: five cases are enough"
    assert line(opened, "plans").met == "waived"
    assert burden(opened, AREA) == (12, 0)
    received(opened, "case_files")
    with pytest.raises(Refused, match="it is received"):
        answers.not_needed(opened, JAR, "case_files", word(CAME, "why"))


def test_what_a_review_does_not_need_the_assessment_still_gets(opened: Session) -> None:
    sign(opened, CA, "notification", CA_NOTICE)
    answers.not_needed(opened, JAR, SELF_ASSESSMENT, word(CAME, "one came for the annual assessment"))
    assert line(opened, SELF_ASSESSMENT).state == "not_needed"
    assert step_of(opened, JAR, "self_assessment").state == "left_out"
    left = line(opened, SELF_ASSESSMENT, CA)
    assert (left.state, left.others, left.due_on) == ("asked", (), date(2006, 4, 13))


def test_what_is_held_already_need_not_be_handed_in(opened: Session) -> None:
    """R116, R118."""
    with pytest.raises(Refused) as refused:
        answers.hold(opened, JAR, "previous_inspections", " ", date(2007, 1, 1), word(CAME))
    assert len(refused.value.findings) == 2
    answers.hold(opened, JAR, "previous_inspections", "HC", date(2005, 11, 4), word(CAME))
    found = line(opened, "previous_inspections")
    assert found.status == "already held by HC since 4 November 2005"
    assert not found.is_open
    answers.hold(opened, JAR, "tracking", "CSCI", date(2006, 1, 4), word(CAME))
    answers.hold(opened, CA, "plans", "CSCI", date(2006, 1, 4), word(CAME))
    assert burden(opened, AREA) == (12, 1)  # the inspectors would have tracked cases themselves


def test_what_is_shared_by_hand_withdraws_the_second_request(opened: Session) -> None:
    """R117: the same under another key."""
    sign(opened, CA, "notification", CA_NOTICE)
    answers.not_needed(opened, CA, "plans", word(CAME, "other plans are wanted"))
    answers.share(opened, JAR, "performance_data", CA, "plans", word(CAME))
    found = line(opened, "plans", CA)
    assert (found.name, found.others) == ("Performance data", (JAR,))
    with pytest.raises(AlreadySo, match="performance_data serves it"):
        answers.share(opened, JAR, "performance_data", CA, "plans", word(CAME))


def test_no_item_serves_another_one_of_its_own_review(opened: Session) -> None:
    """R117: what a review is asked for twice it needs twice."""
    for other in ("plans", "performance_data"):
        with pytest.raises(Refused, match="an item of the same activity"):
            answers.share(opened, JAR, "plans", JAR, other, word(CAME))


def test_an_answer_that_is_given_again_is_written_once(opened: Session) -> None:
    """Saying the same again is no fault, and nothing is logged."""
    again = (
        lambda: answers.receive(opened, JAR, "plans", Receipt(CAME, num_pieces=2), word(CAME, "by post")),
        lambda: answers.give_back(opened, JAR, "plans", date(2006, 4, 5), word(CAME, "no youth plan")),
        lambda: answers.not_needed(opened, JAR, "tracking", word(CAME, "five cases are enough")),
        lambda: answers.hold(opened, JAR, "previous_inspections", "HC", date(2005, 11, 4), word(CAME)),
    )
    for say in again:
        say()
        logged = len(opened.exec(select(AuditEntry)).all())
        with pytest.raises(AlreadySo):
            say()
        assert len(opened.exec(select(AuditEntry)).all()) == logged
    received(opened, "case_files")
    answers.receive(opened, JAR, "case_files", Receipt(CAME, num_pieces=3), word(CAME))  # more is known now
    answers.accept(opened, JAR, "case_files", word(CAME))
    with pytest.raises(AlreadySo, match="it is accepted"):
        answers.accept(opened, JAR, "case_files", word(CAME))


def test_a_second_request_for_the_same_is_withdrawn_when_it_is_shared(opened: Session) -> None:
    sign(opened, CA, "notification", CA_NOTICE)
    answers.not_needed(opened, JAR, SELF_ASSESSMENT, word(CAME, "one came for the annual assessment"))
    second = needs(opened, CA)[SELF_ASSESSMENT][1]
    answers.share(opened, JAR, "performance_data", CA, SELF_ASSESSMENT, word(CAME))
    opened.expire_all()
    assert needs(opened, CA)[SELF_ASSESSMENT][1].id == needs(opened, JAR)["performance_data"][1].id
    withdrawn = opened.get_one(Evidence, second.id)
    assert (withdrawn.state, withdrawn.why) == ("not_needed", f"The same as {JAR} performance_data")


def test_a_file_is_kept_with_its_size_and_a_sum_that_tells_it_from_others(
    opened: Session, tmp_path: Path
) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("the plan")
    answers.receive(opened, JAR, "plans", Receipt(CAME, file=path, period="2005-08"), word(CAME))
    path.write_text("the plan, second edition")
    answers.receive(opened, JAR, "plans", Receipt(CAME, file=path), word(CAME))
    kept = answers.kept_file(opened, JAR, "plans")
    assert (kept.name, kept.size, kept.content) == ("plan.txt", 24, b"the plan, second edition")
    assert len(kept.sha256) == 64
    assert (line(opened, "plans").file, line(opened, "plans").period) == ("plan.txt", "2005-08")
    with pytest.raises(NotFound, match="no file of it is kept"):
        answers.kept_file(opened, JAR, "performance_data")


def test_a_file_that_is_too_large_or_not_there_is_refused(opened: Session, tmp_path: Path) -> None:
    most = load_policy("default").evidence.most_megabytes
    path = tmp_path / "scan.pdf"
    with path.open("wb") as file:
        file.truncate(most * MEGABYTE + 1)
    with pytest.raises(Refused, match=rf"scan.pdf has {most}.0 MB, more than the {most} that are kept"):
        answers.receive(opened, JAR, "plans", Receipt(CAME, file=path), word(CAME))
    with pytest.raises(Refused, match="not a file that can be read"):
        answers.receive(opened, JAR, "plans", Receipt(CAME, file=tmp_path / "none"), word(CAME))
    with pytest.raises(Refused, match="is no address"):
        answers.receive(opened, JAR, "plans", Receipt(CAME, link="in the post"), word(CAME))
    assert opened.exec(select(EvidenceFile)).all() == []


def test_of_confidential_evidence_only_the_number_is_kept(opened: Session, tmp_path: Path) -> None:
    """R073."""
    (path := tmp_path / "file.txt").write_text("x")
    for receipt in (Receipt(CAME, file=path), Receipt(CAME, link="https://council.example/x")):
        with pytest.raises(Refused, match="only the number of pieces is kept"):
            answers.receive(opened, JAR, "case_files", receipt, word(CAME))
    answers.receive(opened, JAR, "case_files", Receipt(CAME, num_pieces=12), word(CAME))
    assert line(opened, "case_files").num_pieces == 12


def test_a_note_on_confidential_evidence_with_a_persons_name_is_warned_of(opened: Session) -> None:
    """R073: nobody is identifiable in notes."""
    said = answers.receive(
        opened, JAR, "case_files", Receipt(CAME), word(CAME, "with the file of Anna Smith")
    )
    assert [warning.split(".")[0] for warning in said.warnings] == ["'Anna Smith' looks like a person's name"]
    plain = answers.receive(opened, JAR, "case_files", Receipt(CAME), word(CAME, "twelve files"))
    public = answers.receive(opened, JAR, "plans", Receipt(CAME), word(CAME, "from Jane Avon"))
    assert plain.warnings == public.warnings == ()


def test_an_item_is_named_by_its_key_its_content_or_its_name(opened: Session) -> None:
    sign(opened, CA, "notification", CA_NOTICE)
    for text in (SELF_ASSESSMENT, "Self_Assessment", "self-assessment by the council and its partners"):
        assert answers.find_item(opened, JAR, text)[1].id == SELF_ASSESSMENT
    assert answers.find_item(opened, "Sheffield", "case_files")[0].code == JAR
    with pytest.raises(Refused, match="several activities need such an item"):
        answers.find_item(opened, "Sheffield", "plans")
    with pytest.raises(NotFound, match=r"no such item.*Try .*plans"):
        answers.find_item(opened, JAR, "plan")
    with pytest.raises(NotFound, match="no such activity"):
        answers.find_item(opened, "999-jar", "plans")


def test_every_answer_is_in_the_audit_log_with_the_item_before_and_after(opened: Session) -> None:
    answers.receive(opened, JAR, "plans", Receipt(CAME), word(CAME, "by post"))
    query = select(AuditEntry).where(AuditEntry.subject == f"{JAR} plans")
    entry = opened.exec(query).one()
    assert entry.before == '{"due_on": "2006-04-21", "state": "asked"}'
    assert '"received_on": "2006-03-29"' in (entry.after or "")
    assert entry.why == "by post"


def test_what_was_not_asked_for_yet_is_shared_without_a_trace(opened: Session) -> None:
    before = len(opened.exec(select(Evidence)).all())
    answers.share(opened, JAR, "plans", CA, "plans", word(CAME))
    assert len(opened.exec(select(Evidence)).all()) == before
    assert line(opened, "plans", CA).others == (JAR,)
    assert burden(opened, AREA) == (12, 1)


def test_a_corrected_day_keeps_what_was_said_besides(opened: Session) -> None:
    answers.receive(opened, JAR, "case_files", Receipt(CAME, num_pieces=12, period="2005"), word(CAME))
    answers.receive(opened, JAR, "case_files", Receipt(date(2006, 3, 28)), word(CAME))
    found = line(opened, "case_files")
    assert (found.received_on, found.num_pieces, found.period) == (date(2006, 3, 28), 12, "2005")
