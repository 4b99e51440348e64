"""Reviews of the past, run day by day: their deadlines, what had to be waived, who was told what and when.

The days are those that the councils reported: Sheffield's summer between analysis and fieldwork, and the review and the
assessment of the Isle of Wight, on site in the same weeks and published on one day. What lies between them and was not
reported follows the rules.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, select

from models import Step, session
from services.audit import Word
from services.casework.actions import RequiredAction
from services.casework.evidence.checklists import burden
from services.casework.sign_offs import waive
from services.casework.waiver_reasons import WaiverReason
from services.errors import Refused
from tests.replaying import (
    Replay,
    a_team,
    agrees,
    as_published,
    imported,
    one_area,
    step_of,
    text_of,
    to_waive,
)

DIRECTOR, CHIEF = "director@council.example", "chief_executive@council.example"
OFSTED = "lead_inspectorate@ofsted.example"
LEADER, MEMBERS = "i8@inspectors.example", {f"i{number}@inspectors.example" for number in (1, 2, 3)}
PLACES = ("safeguarding", "looked_after", "special_needs")


SHEFFIELD = "373-jar"
ADOPTED, NOTICE, AGREED = date(2006, 4, 3), date(2006, 4, 13), date(2006, 4, 20)
HOLIDAYS = WaiverReason("holiday", "no fieldwork while schools are closed")


class Summer:
    """What the planner of Sheffield does, and what they see when they look."""

    def __init__(self) -> None:
        self.asked: list[RequiredAction] = []
        self.left: list[RequiredAction] = []
        self.refused = ""

    def settle(self, opened: Session, word: Word) -> None:
        """Agree the two days that the council asks for, and say why the summer may lie in between."""
        self.asked = to_waive(opened, word.as_of)
        agrees(SHEFFIELD, "set_up", date(2006, 5, 18))(opened, word)
        with pytest.raises(Refused) as refused, opened.begin_nested():
            agrees(SHEFFIELD, "self_assessment", date(2006, 6, 13))(opened, word)
        self.refused = str(refused.value)
        by_request = WaiverReason("area_request", "the council asks for a day more")
        agrees(SHEFFIELD, "self_assessment", date(2006, 6, 13), by_request)(opened, word)
        waive(opened, step_of(opened, SHEFFIELD, "fieldwork").id or 0, HOLIDAYS, word)
        opened.flush()
        self.left = to_waive(opened, word.as_of)


@pytest.fixture(scope="module")
def summer() -> Summer:
    return Summer()


@pytest.fixture(scope="module")
def sheffield(
    migrated_file: Path, tmp_path_factory: pytest.TempPathFactory, summer: Summer
) -> Iterator[Replay]:
    """2006: analysis from 10 July, fieldwork from 4 September; run until the report is out."""
    files = one_area("373", ADOPTED, date(2006, 12, 31))
    files["programme.csv"][0]["frameworks"] = "jar-2005"
    starts = {"analysis": date(2006, 7, 10), "fieldwork": date(2006, 9, 4)}
    files["past_reviews.csv"], files["past_teams.csv"] = (
        as_published("373", "jar", starts),
        a_team("373", *PLACES),
    )
    folder = tmp_path_factory.mktemp("sheffield")
    replay = imported(migrated_file, folder, files, ADOPTED, deeds={AGREED: summer.settle})
    replay.run(ADOPTED, date(2006, 4, 28)).run_weekly(date(2006, 5, 1), date(2006, 6, 26))
    replay.run(date(2006, 7, 3), date(2006, 7, 21)).run_weekly(date(2006, 7, 24), date(2006, 8, 28))
    replay.run(date(2006, 8, 30), date(2006, 9, 22)).run_weekly(date(2006, 9, 25), date(2007, 1, 29))
    yield replay
    replay.engine.dispose()


def test_a_summer_is_a_waiver_that_is_asked_for_by_name_r049_r050(sheffield: Replay, summer: Summer) -> None:
    assert [(action.step, action.role) for action in summer.asked] == [("fieldwork", "team_leader")]
    assert summer.left == []
    fieldwork = sheffield.step(SHEFFIELD, "fieldwork")
    assert fieldwork.waiver_needed == (
        "7 clear weeks lie before it, the rule is 2 to 3 (R049, R050); "
        "'Analysis week' to 'Fieldwork' takes 10 weeks, the rule is 6 (R050)"
    )
    assert (fieldwork.waiver_code, fieldwork.waiver_reason) == (HOLIDAYS.code, HOLIDAYS.why)


def test_a_day_more_for_the_self_assessment_is_had_by_a_waiver_alone_r071(
    sheffield: Replay, summer: Summer
) -> None:
    assert "373-jar self_assessment" in summer.refused
    assert "this needs a waiver" in summer.refused
    step = sheffield.step(SHEFFIELD, "self_assessment")
    assert (step.due_on, step.actual_on, step.waiver_code) == (
        date(2006, 6, 13),
        date(2006, 6, 13),
        "area_request",
    )


def test_the_dates_of_sheffield_are_kept_day_by_day_r052_r053(sheffield: Replay) -> None:
    steps = ("notification", "set_up", "analysis", "fieldwork", "draft_report", "accuracy_comments")
    assert sheffield.days(SHEFFIELD, *steps, "discussion", "publication") == [
        NOTICE,
        date(2006, 5, 18),
        date(2006, 7, 14),
        date(2006, 9, 15),
        date(2006, 11, 10),
        date(2006, 11, 24),
        date(2006, 12, 15),
        date(2007, 1, 26),
    ]
    with session(sheffield.engine, read_only=True) as opened:
        states = {step.step_id: step.state for step in opened.exec(select(Step))}
    open_still = {"circulation": "planned", "action_statement": "planned", "evaluation": "planned"}
    assert {name: state for name, state in states.items() if state != "done"} == open_still


def test_the_authority_hears_of_the_summer_with_the_notice_and_once(sheffield: Replay) -> None:
    """R064, R065, R067: signed off on Maundy Thursday, sent on the first working day after Easter."""
    after_easter = date(2006, 4, 18)
    assert next(day for day, mail in sheffield.sent if mail["To"] == DIRECTOR) == after_easter
    assert sheffield.told(DIRECTOR, "notice of the joint area review") == [after_easter]
    assert sheffield.told(CHIEF, "notice of the joint area review") == [after_easter]
    (notice,) = (
        text_of(mail) for day, mail in sheffield.sent if (day, mail["To"]) == (after_easter, DIRECTOR)
    )
    assert "- 10 to 14 July 2006: Analysis week\n" in notice
    assert "- 4 to 15 September 2006: Fieldwork\n" in notice


def test_the_days_that_were_agreed_are_told_on_the_day_after(sheffield: Replay) -> None:
    """R019: with the day before, to whoever had been told of it."""
    changed = [
        text_of(mail)
        for day, mail in sheffield.sent
        if day == date(2006, 4, 21) and mail["To"] in (DIRECTOR, LEADER)
    ]
    assert len(changed) == 2
    for text in changed:
        assert "- Setting-up meeting and briefing: 18 May 2006\n  Before: 15 May 2006." in text
        assert "- Self-assessment handed in: 13 June 2006\n  Before: 12 June 2006." in text


def test_nobody_hears_twice_on_a_day(sheffield: Replay) -> None:
    assert len(sheffield.sent) > 60
    assert sheffield.twice_a_day() == []


def test_the_whole_team_is_told_of_its_weeks_and_of_nothing_of_the_council(sheffield: Replay) -> None:
    people = {str(mail["To"]) for _day, mail in sheffield.sent}
    assert people == {DIRECTOR, CHIEF, OFSTED, "operations@office.example", LEADER, *MEMBERS}
    for member in MEMBERS:
        assert sheffield.told(member, "4 to 15 September 2006")
        assert not sheffield.told(member, "comments on accuracy")


WIGHT, ASSESSMENT = "921-jar", "921-ca"
BEGUN, MEETING, PUBLISHED, APPROVED = (
    date(2006, 1, 23),
    date(2006, 8, 9),
    date(2006, 8, 14),
    date(2006, 11, 7),
)


def bring_forward(opened: Session, word: Word) -> None:
    """The report on the review is to be out with that on the assessment, before the counted days."""
    agrees(WIGHT, "discussion", MEETING)(opened, word)
    for code in (WIGHT, ASSESSMENT):
        agrees(code, "publication", PUBLISHED)(opened, word)


@pytest.fixture(scope="module")
def wight(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replay]:
    """2006: analysis from 24 April, both teams on site from 15 May, both reports out on 14 August."""
    files = one_area("921", BEGUN, date(2006, 12, 31))
    files["past_reviews.csv"] = [
        *as_published("921", "jar", {"analysis": date(2006, 4, 24), "fieldwork": date(2006, 5, 15)}),
        *as_published("921", "ca", {"on_site": date(2006, 5, 15)}),
    ]
    files["past_teams.csv"] = a_team("921", *PLACES)
    replay = imported(
        migrated_file,
        tmp_path_factory.mktemp("wight"),
        files,
        BEGUN,
        happened={f"{WIGHT} action_statement": APPROVED},
        deeds={date(2006, 6, 12): bring_forward},
    )
    replay.run(BEGUN, date(2006, 2, 3)).run_weekly(date(2006, 2, 6), date(2006, 2, 27))
    replay.run(date(2006, 3, 1), date(2006, 3, 10)).run_weekly(date(2006, 3, 13), date(2006, 4, 17))
    replay.run(date(2006, 5, 8), date(2006, 6, 16)).run_weekly(date(2006, 6, 19), date(2006, 7, 31))
    replay.run(date(2006, 8, 4), date(2006, 8, 18)).run_weekly(date(2006, 8, 21), date(2006, 10, 30))
    yield replay.run(date(2006, 11, 1), date(2006, 11, 24))
    replay.engine.dispose()


def test_review_and_assessment_of_one_area_are_published_on_one_day_r035_r053(wight: Replay) -> None:
    for code in (WIGHT, ASSESSMENT):
        step = wight.step(code, "publication")
        assert (step.due_on, step.actual_on, step.state, step.waiver_needed) == (
            PUBLISHED,
            PUBLISHED,
            "done",
            "",
        )
    on_site = wight.step(WIGHT, "fieldwork"), wight.step(ASSESSMENT, "on_site")
    assert {(step.start_on, step.actual_on) for step in on_site} == {(date(2006, 5, 15), date(2006, 5, 26))}


def test_what_counts_from_the_report_counts_from_the_day_on_which_it_was_out_r089(wight: Replay) -> None:
    """Thirty working days to its circulation, seventy to the statement, which was approved in time."""
    assert wight.days(WIGHT, "circulation", "action_statement") == [date(2006, 9, 26), date(2006, 11, 21)]
    statement = wight.step(WIGHT, "action_statement")
    assert (statement.actual_on, statement.state, statement.waiver_needed) == (APPROVED, "done", "")
    assert wight.told(OFSTED, "statement of proposed action is done") == [date(2006, 11, 8)]


def test_what_is_agreed_earlier_breaks_no_rule_and_moves_nothing_that_is_done_r094(wight: Replay) -> None:
    with session(wight.engine, read_only=True) as opened:
        assert to_waive(opened, date(2006, 11, 24)) == []
        steps = opened.exec(select(Step)).all()
    assert [step.step_id for step in steps if step.waiver_needed] == []
    assert wight.days(WIGHT, "draft_report", "accuracy_comments", "discussion") == [
        date(2006, 7, 21),
        date(2006, 8, 4),
        MEETING,
    ]


def test_the_area_is_asked_once_for_both_r041_r120(wight: Replay) -> None:
    """The assessment's two items are those that the review has asked for; it has no day of its own for them."""
    with session(wight.engine, read_only=True) as opened:
        assert burden(opened, "921") == (12, 2)
    assert wight.step(ASSESSMENT, "self_assessment").state == "left_out"


def test_both_sides_of_the_council_hear_of_both_reports_in_one_message(wight: Replay) -> None:
    day = date(2006, 8, 15)
    for person in (DIRECTOR, CHIEF):
        (text,) = (text_of(mail) for on, mail in wight.sent if (on, mail["To"]) == (day, person))
        assert text.count("Report published") >= 2
        assert "oint area review" in text
        assert "orporate assessment" in text
    assert wight.twice_a_day() == []


def test_the_authority_has_two_notices_each_from_its_own_inspectorate_r064(wight: Replay) -> None:
    """The review's of 30 January goes to the director, the assessment's of 6 March to the chief executive."""
    assert wight.told(DIRECTOR, "notice of the joint area review") == [date(2006, 1, 31)]
    assert wight.told(CHIEF, "notice of the corporate assessment") == [date(2006, 3, 7)]
    assert min(day for day, mail in wight.sent if mail["To"] in (DIRECTOR, CHIEF)) == date(2006, 1, 31)


def test_the_days_that_were_brought_forward_are_told_with_the_old_ones(wight: Replay) -> None:
    (text,) = (text_of(m) for day, m in wight.sent if (day, m["To"]) == (date(2006, 6, 13), DIRECTOR))
    assert "14 August 2006\n  Before: 6 October 2006." in text
