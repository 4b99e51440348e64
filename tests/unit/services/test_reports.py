"""The report of a review: written by several, commented on, published when whole, and who gets its grades."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import SignOff, session
from services.audit import Word
from services.casework.actions import required_actions
from services.casework.cases import published_cases
from services.casework.judging import judge
from services.casework.reporting.comments import NewComment, add_comment, answer_comment, comments_of
from services.casework.reporting.feeds import feeds_of, inputs_of
from services.casework.reporting.linked_reports import NewLink, link_report, unlink_report
from services.casework.reporting.report_versions import published_report, versions_of, written_now
from services.casework.reporting.texts import editions_of, newest_texts, write_part
from services.casework.signatures import waivers_in_words
from services.casework.signers import Signer
from services.casework.step_turns import Action
from services.casework.steps import last_day
from services.casework.undoing import undo
from services.casework.waiver_reasons import WaiverReason
from services.errors import AlreadySo, NotFound, Refused
from services.naming.steps import find_activity
from services.programme import policy_of
from services.shown.report_exports import report_for
from services.shown.shown_plan import Audience
from tests.known import known
from tests.reviewed import (
    CODE,
    COMMENTS,
    DISCUSSION,
    DRAFT,
    FRAMEWORK,
    PUBLICATION,
    activity,
    agree,
    done,
    drafted,
    end,
    step,
    visited,
    word,
    write,
)
from tests.tables import at

REPORT = known(FRAMEWORK.report)
ORGANISATIONS = ("The council", "South Yorkshire Police", "The primary care trust")


@pytest.fixture
def reviewed(engine: Engine) -> Engine:
    visited(engine)
    return engine


@pytest.fixture
def draft(engine: Engine) -> Engine:
    drafted(engine)
    return engine


def comment(opened: Session, text: str, organisation: str = "The council", **given: object) -> int:
    new = NewComment(organisation, text, **{"received_on": COMMENTS, **given})  # type: ignore[arg-type]
    return add_comment(opened, CODE, new, word(COMMENTS)).number


def grade(opened: Session) -> None:
    """3, 3 and 2, on the day of the discussion."""
    grades = {"overall": "3", "education": "3", "social_care": "2"}
    judge(opened, activity(opened).id or 0, grades, DISCUSSION, word(DISCUSSION), Signer("Lead Office"))


def publish(opened: Session) -> None:
    done(opened, "accuracy_comments", "discussion")
    grade(opened)
    write(opened, "children", "What we found, for you.", DISCUSSION)
    end(opened, "publication", PUBLICATION)


def test_draft_comments_discussion_and_publication_after_fieldwork_to_10_february(reviewed: Engine) -> None:
    """The worked example: Good Friday, Easter Monday and May Day are no working days (R052, R053, R066)."""
    with session(reviewed) as opened:
        names = ("draft_report", "accuracy_comments", "discussion", "publication")
        days = [last_day(step(opened, name)) for name in names]
    assert days == [date(2006, 4, 7), date(2006, 4, 25), date(2006, 5, 17), date(2006, 6, 28)]
    assert days == [DRAFT, COMMENTS, DISCUSSION, PUBLICATION]


def test_11_comments_of_which_10_are_answered_hold_publication_back_r066(draft: Engine) -> None:
    with session(draft) as opened:
        done(opened, "accuracy_comments")
        for number in range(1, 12):
            assert comment(opened, f"Comment {number}.", ORGANISATIONS[number % 3]) == number
        for number in range(1, 11):
            answer_comment(opened, CODE, number, "accepted", word(DISCUSSION))
        done(opened, "discussion")
        write(opened, "children", "What we found, for you.", DISCUSSION)
    with session(draft) as opened, pytest.raises(Refused, match=r"\(R066\)") as error:
        end(opened, "publication", PUBLICATION)
    assert [finding.message for finding in error.value.findings] == [
        "these comments have no answer: 11 of The primary care trust."
    ]
    with session(draft) as opened:
        answer_comment(opened, CODE, 11, "refused", word(PUBLICATION, "the figures are right"))
        end(opened, "publication", PUBLICATION)
        assert known(published_report(opened, activity(opened))).on == PUBLICATION


def test_publication_names_each_empty_part_and_the_summary_for_children_r084_r087_r185(
    draft: Engine,
) -> None:
    with session(draft) as opened:
        done(opened, "accuracy_comments", "discussion")
        write(opened, "management.staff", "", DISCUSSION)
    with session(draft) as opened, pytest.raises(Refused) as error:
        end(opened, "publication", PUBLICATION)
    (finding,) = error.value.findings
    names = "Service management: Finding, keeping and developing staff; Summary for children and young people"
    assert finding.message == f"these parts of the report are empty: {names}."
    assert {"R084", "R087", "R185"} <= set(known(getattr(finding, "requirement", None)).split(", "))


def test_a_waiver_publishes_without_and_says_so_r094(draft: Engine) -> None:
    with session(draft) as opened:
        done(opened, "accuracy_comments")
        comment(opened, "The figures are old.")
        end(opened, "discussion", DISCUSSION)
        end(opened, "publication", PUBLICATION, WaiverReason("critical_event"))
        row = step(opened, "publication")
        signed = opened.exec(select(SignOff).where(SignOff.step_id == row.id)).one()
        assert signed.waived_report.split() == ["children", "comment:1"]
        (said,) = waivers_in_words(FRAMEWORK, row, signed, policy_of(opened).waivers.reasons)
    assert "a text of 'Summary for children and young people'; an answer to comment 1" in said


def test_a_draft_is_not_signed_off_with_an_empty_section_r084(reviewed: Engine) -> None:
    with session(reviewed) as opened:
        for contribution in FRAMEWORK.contributions:
            agree(opened, contribution.id, DRAFT)
        for part in REPORT.needed_for("draft_report")[1:]:
            write(opened, part.id, "Text.")
        with pytest.raises(Refused, match=r"these parts of the report are empty: Summary\."):
            end(opened, "draft_report", DRAFT)


def test_the_second_of_two_writers_sees_the_difference_and_overwrites_nothing(reviewed: Engine) -> None:
    with session(reviewed) as opened:
        assert write(opened, "context", "Two homes.\n\nOne hospital.", seen=0) == 1
        assert write(opened, "context", "Three homes.\n\nOne hospital.", seen=1) == 2
        bo = Word("Bo", at(DRAFT), DRAFT)
        with pytest.raises(Refused) as error:
            write_part(opened, CODE, "context", "Two homes, and a school.", bo, seen=1)
        (finding,) = error.value.findings
        assert finding.message == (
            'Ann wrote it since: it is at edition 2 now. Taken out: "Two homes." Added: "Three homes."'
        )
        assert newest_texts(opened, activity(opened))["context"].text == "Three homes.\n\nOne hospital."
        assert write_part(opened, CODE, "context", "Three homes, and a school.", bo, seen=2).edition == 3
        assert [row.written_by for row in editions_of(opened, activity(opened), "context")] == [
            "Ann",
            "Ann",
            "Bo",
        ]


@pytest.mark.parametrize(
    ("part", "text", "message"),
    [
        ("contxt", "Text.", "the report has no such part. Try 'context'"),
        ("management", "Text.", "the report has no such part. Try 'management."),
        ("context", "x" * 20_001, "it has 20,001 letters, and 20,000 at most are taken"),
    ],
)
def test_what_is_no_part_or_too_long_is_refused(reviewed: Engine, part: str, text: str, message: str) -> None:
    with session(reviewed) as opened, pytest.raises((NotFound, Refused), match=message):
        write(opened, part, text)


def test_lines_of_other_systems_are_ours_and_the_same_text_is_no_edition(reviewed: Engine) -> None:
    with session(reviewed) as opened:
        write(opened, "context", "One. \r\n\r\nTwo.\r")
        assert newest_texts(opened, activity(opened))["context"].text == "One.\n\nTwo."
        with pytest.raises(AlreadySo, match="that is its text"):
            write(opened, "context", "One.\n\nTwo.")


def test_a_section_waits_for_its_writer_until_it_has_text_r084(reviewed: Engine) -> None:
    def waits(opened: Session) -> list[tuple[str, str, date]]:
        case = next(case for case in published_cases(opened) if case.activity.code == CODE)
        found = [own for own in required_actions(case, date(2006, 3, 20)) if own.action is Action.WRITE]
        return [(own.what, own.role, own.due) for own in found]

    with session(reviewed) as opened:
        first = waits(opened)
        assert first[0] == ("Summary", "team_leader", DRAFT)
        assert len(first) == 5
        write(opened, "summary", "All is well.")
        write(opened, "management.staff", "There are enough.")
        assert [what for what, _role, _due in waits(opened)] == [
            "Context",
            "Outcomes",
            "What services contribute to outcomes",
            "Service management",
        ]


def test_comments_wait_for_an_answer_r066(draft: Engine) -> None:
    with session(draft) as opened:
        comment(opened, "The figures are old.", part="context")
        case = next(case for case in published_cases(opened) if case.activity.code == CODE)
        found = [own for own in required_actions(case, COMMENTS) if own.action is Action.ANSWER_COMMENTS]
        assert [(own.what, own.role, own.due) for own in found] == [("1 comment", "team_leader", PUBLICATION)]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"organisation": " "}, "nobody says from whom it is"),
        ({"text": ""}, "the comment has no text"),
        ({"part": "contxt"}, "the report has no part 'contxt'. Try 'context'"),
        (
            {"received_on": date(2006, 4, 6)},
            "6 April 2006 is earlier than the draft, which is of 7 April 2006",
        ),
        ({"received_on": date(2006, 4, 26)}, "26 April 2006 is later than today, 25 April 2006"),
    ],
)
def test_a_comment_that_cannot_be_is_refused(draft: Engine, given: dict[str, object], message: str) -> None:
    with session(draft) as opened, pytest.raises(Refused, match=message):
        comment(opened, **{"text": "The figures are old.", **given})  # type: ignore[arg-type]


def test_nobody_comments_before_there_is_a_draft_r066(reviewed: Engine) -> None:
    with (
        session(reviewed) as opened,
        pytest.raises(Refused, match="no draft yet on which anybody could comment"),
    ):
        comment(opened, "The figures are old.")


def test_refusing_a_comment_needs_a_reason_r066(draft: Engine) -> None:
    with session(draft) as opened:
        number = comment(opened, "The figures are old.")
        with pytest.raises(Refused, match=r"refusing a comment needs a reason. \(R066\)"):
            answer_comment(opened, CODE, number, "refused", word(DISCUSSION))
        with pytest.raises(Refused, match="it can't be 'noted'"):
            answer_comment(opened, CODE, number, "noted", word(DISCUSSION))
        answer_comment(opened, CODE, number, "refused", word(DISCUSSION, "they are of 2005"))
        (row,) = comments_of(opened, activity(opened))
        assert (row.state, row.why, row.answered_on) == ("refused", "they are of 2005", DISCUSSION)
        with pytest.raises(AlreadySo):
            comment(opened, "The figures are old.")


def test_the_authority_has_the_draft_as_it_was_signed_off_and_nothing_before_r066(reviewed: Engine) -> None:
    def sent(opened: Session) -> str:
        report = report_for(opened, activity(opened), Audience.AUTHORITY, DRAFT)
        return f"{report.version}: {report.summary.text}"

    with session(reviewed) as opened:
        write(opened, "summary", "All is well.")
        with pytest.raises(NotFound, match="its draft report is not out yet"):
            sent(opened)
        done(opened, "draft_report")
        write(opened, "summary", "Much is well.", COMMENTS)
        assert sent(opened) == "Draft: All is well."
        assert (
            report_for(opened, activity(opened), Audience.INSPECTORATE, DRAFT).summary.text == "Much is well."
        )
        done(opened, "accuracy_comments", "discussion")
        assert sent(opened) == "After comments: Much is well."


def test_a_published_report_is_one_and_stays_until_its_sign_off_is_undone_r083(draft: Engine) -> None:
    with session(draft) as opened:
        publish(opened)
        report = known(published_report(opened, activity(opened)))
        assert [passage.heading for passage in report.sections][:5] == [
            "Summary",
            "Context",
            "Outcomes",
            "What services contribute to outcomes",
            "Service management",
        ]
        assert len(report.sections[4].aspects) == 9
        with pytest.raises(Refused, match="its report was published on 28 June 2006"):
            write(opened, "context", "Another text.", PUBLICATION)
        undo(opened, step(opened, "publication").id or 0, word(PUBLICATION, "too soon"))
        assert list(versions_of(opened, activity(opened))) == ["draft_report", "discussion"]
        write(opened, "context", "Another text.", PUBLICATION)
        end(opened, "publication", PUBLICATION)
        assert known(published_report(opened, activity(opened))).sections[1].text == "Another text."


def test_grades_3_3_2_are_the_block_of_december_and_input_of_the_assessment_r012_r042(draft: Engine) -> None:
    """The worked example: published on 28 June 2006."""
    with session(draft) as opened:
        assessment = find_activity(opened, "sheffield-ca")
        assert feeds_of(opened, activity(opened)) == []
        assert inputs_of(opened, assessment) == []
        publish(opened)
        block, other = feeds_of(opened, activity(opened))
        assert (block.counts_from, block.published_on) == ("December 2006", PUBLICATION)
        assert [one.grade for one in block.grades] == ["3", "3", "2"]
        assert inputs_of(opened, assessment) == [other]
        assert (other.activity, [one.grade for one in other.grades]) == (CODE, ["3", "3", "2"])


@pytest.mark.parametrize("text", ["0", "5", "2.5"])
def test_a_grade_is_one_of_four_r012(draft: Engine, text: str) -> None:
    with session(draft) as opened, pytest.raises(Refused, match=f"its scale has no grade '{text}'"):
        judge(
            opened, activity(opened).id or 0, {"education": text}, DRAFT, word(DRAFT), Signer("Lead Office")
        )


def test_findings_stand_in_the_report_with_cause_and_good_work_r085_r132(reviewed: Engine) -> None:
    with session(reviewed) as opened:
        agree(opened, "vetted_staff", DRAFT, text="Very good checks.", services=("Schools",))
        agree(
            opened,
            "prevention",
            DRAFT,
            kind="gap",
            text="No help at night.",
            cause="capacity",
            managed="Leeds helps.",
        )
        (outcome,) = written_now(opened, activity(opened), DRAFT).outcomes
    assert outcome.name == "Staying safe"
    assert [(found.kind, found.in_words()) for found in outcome.findings] == [
        ("strength", "Very good checks. Services: Schools."),
        (
            "gap",
            "No help at night. Why: There is no capacity for such a service. How the area managed: Leeds helps.",
        ),
    ]


def test_a_report_on_one_service_is_named_with_its_findings_r086(reviewed: Engine) -> None:
    with session(reviewed) as opened:
        with pytest.raises(Refused) as error:
            link_report(opened, CODE, NewLink("Youth service", "", "youth.pdf"), word(DRAFT))
        messages = [finding.message for finding in error.value.findings]
        assert messages == [
            "it has no title.",
            "its findings are not summarised.",
            "'youth.pdf' is no address of a page.",
        ]
        new = NewLink("Youth service", "Youth in Sheffield", "https://council.example/y.pdf", "Good.")
        row = link_report(opened, CODE, new, word(DRAFT))
        with pytest.raises(AlreadySo):
            link_report(opened, CODE, new, word(DRAFT))
        (linked,) = written_now(opened, activity(opened), DRAFT).linked
        assert (linked.service, linked.summary) == ("Youth service", "Good.")
        with pytest.raises(Refused, match="taking it out needs a reason"):
            unlink_report(opened, CODE, row.id or 0, word(DRAFT))
        unlink_report(opened, CODE, row.id or 0, word(DRAFT, "it is not out"))
        assert written_now(opened, activity(opened), DRAFT).linked == ()


def test_a_kind_without_a_report_says_so(reviewed: Engine) -> None:
    with session(reviewed) as opened, pytest.raises(Refused, match="has no report"):
        write_part(opened, "sheffield-ca", "context", "Text.", word(DRAFT))
