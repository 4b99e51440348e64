"""Judgements: scales, limits by date, corrections, and the steps that depend on a grade (C11, C20)."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from config.applying import applied
from config.conditions import Circumstances
from config.framework import Framework
from config.framework_files import load_framework
from models import Activity, ActivityGrade, AuditEntry, PlannedStage, session
from services.audit import Word
from services.casework.actions import RequiredAction, required_actions
from services.casework.cases import published_cases
from services.casework.judging import Judged, judge, judgements_of
from services.casework.overall import overall_grade
from services.casework.rule_words import step_in_words
from services.casework.signers import Signer
from services.casework.step_turns import Action
from services.casework.steps import date_steps, steps_of
from services.errors import AlreadySo, Refused
from services.plans.freshness import freshness_of, is_stale
from services.plans.judged import JUDGED, judge_and_mark
from services.plans.plan_store import find_version
from services.problem.build import build_problem
from services.programme import rules_of
from services.shown.judgements import judgement_lines
from tests.framework_texts import TEN_DAYS, write_visit
from tests.tables import at, published

MONDAY = date(2006, 6, 5)
LAST_DAY = date(2006, 6, 16)
DAY_2010 = date(2010, 6, 18)
SLOTS = ("safeguarding", "looked_after", "provision", "leadership")


@pytest.fixture
def framework(tmp_path: Path) -> Framework:
    path = tmp_path / "ten-2009.toml"
    path.write_text(TEN_DAYS)
    return load_framework(path)


def graded(text: str, overall: str = "") -> dict[str, str]:
    """'1333' for the four judgements, in their order."""
    grades = dict(zip(SLOTS, text, strict=True))
    return {**grades, "overall": overall} if overall else grades


def test_an_inadequate_grade_of_safeguarding_makes_the_whole_inadequate_r147(framework: Framework) -> None:
    """C11: 1, 3, 3, 3."""
    found = overall_grade(framework, graded("1333"), DAY_2010)
    assert (found.grade, found.reason) == ("1", "Safeguarding is 1, so it is at most 1 (R147)")
    assert overall_grade(framework, graded("1333", overall="3"), DAY_2010).grade == "1"


def test_an_inadequate_grade_of_another_judgement_limits_nothing_r147(framework: Framework) -> None:
    """C11: 2, 1, 3, 3 is not limited by this rule."""
    found = overall_grade(framework, graded("2133", overall="2"), DAY_2010)
    assert (found.grade, found.at_most, found.reason) == ("2", None, "no rule limits it")
    assert overall_grade(framework, graded("2133"), DAY_2010).grade is None


def test_from_1_april_2026_there_are_four_judgements_and_no_overall_one(framework: Framework) -> None:
    """C20, ILACS."""
    assert len(framework.judgements_on(date(2026, 3, 31))) == 5
    assert [judgement.id for judgement in framework.judgements_on(date(2026, 4, 1))] == list(SLOTS)
    found = overall_grade(framework, graded("1333"), date(2026, 4, 1))
    assert (found.grade, found.reason) == (None, "no overall judgement is made on 1 April 2026")


def test_a_limit_holds_from_its_day_on(framework: Framework) -> None:
    limit = framework.grade_limits[0].model_copy(update={"valid_from": DAY_2010})
    later = framework.model_copy(update={"grade_limits": (limit,)})
    assert overall_grade(later, graded("1333"), DAY_2010).grade == "1"
    assert overall_grade(later, graded("1333"), DAY_2010 - timedelta(days=1)).grade is None


def test_a_limit_above_the_worst_grade_bounds_the_given_one(framework: Framework) -> None:
    limit = framework.grade_limits[0].model_copy(update={"at_most": "2", "overall_at_most": "2"})
    softer = framework.model_copy(update={"grade_limits": (limit,)})
    found = overall_grade(softer, graded("1333", overall="2"), DAY_2010)
    assert (found.grade, found.at_most) == ("2", "2")
    assert overall_grade(softer, graded("1333"), DAY_2010).grade is None


# --- Recorded --------------------------------------------------------------------------------------------------


@pytest.fixture
def programme(engine: Engine, home: Path) -> Engine:
    """A published programme, with a ten-day inspection in Sheffield from Monday 5 June 2006."""
    (home / "frameworks").mkdir()
    (home / "frameworks" / "ten-2009.toml").write_text(TEN_DAYS)
    published(engine, num_areas=1)
    with session(engine) as opened:
        add_inspection(opened, "sheffield-ten", MONDAY)
    return engine


def add_inspection(opened: Session, code: str, monday: date) -> Activity:
    activity = Activity(code=code, area_code="sheffield", kind="ten", framework_id="ten-2009", plan_version=1)
    activity.precision = "final"
    end = monday + timedelta(weeks=2)
    opened.add(activity)
    opened.add(
        PlannedStage(plan_version=1, activity_code=code, stage="inspection", start_on=monday, end_on=end)
    )
    opened.flush()
    date_steps(opened, activity, rules_of(opened).of(activity), date(2006, 1, 2))
    return activity


def find(opened: Session, code: str = "sheffield-ten") -> Activity:
    return opened.exec(select(Activity).where(Activity.code == code)).one()


def say(opened: Session, grades: dict[str, str], day: date = LAST_DAY, note: str = "") -> Judged:
    return judge(opened, find(opened).id or 0, grades, day, Word("Lead Office", at(day), day, note))


def names(opened: Session, code: str = "sheffield-ten") -> list[str]:
    return [step.step_id for step in steps_of(opened, find(opened, code))]


def refused(opened: Session, grades: dict[str, str], day: date = LAST_DAY, note: str = "") -> list[str]:
    with pytest.raises(Refused) as caught:
        say(opened, grades, day, note)
    return [str(finding) for finding in caught.value.findings]


def test_grades_are_kept_with_an_entry_in_the_log(programme: Engine) -> None:
    with session(programme) as opened:
        done = say(opened, graded("3334"))
        say(opened, {"overall": "3"})
        assert done.overall.grade is None
        assert judgements_of(opened, find(opened)).overall.grade == "3"
        assert judgements_of(opened, find(opened)).decided_on == LAST_DAY
        entries = opened.exec(select(AuditEntry).where(AuditEntry.action == "judge")).all()
        assert len(entries) == 2
        assert '"safeguarding": "3"' in (entries[0].after or "")
        assert '"leadership": "4"' in (entries[1].before or "")


def test_nothing_judged_is_said_so(programme: Engine) -> None:
    with session(programme) as opened:
        assert judgements_of(opened, find(opened)).grades == {}


def test_a_step_comes_with_the_grade_it_depends_on_and_goes_with_its_correction(programme: Engine) -> None:
    """Six months after the report of 14 July 2006, 15 January 2007 is a Monday."""
    with session(programme) as opened:
        assert names(opened) == ["inspection", "report"]
        done = say(opened, graded("1333", overall="1"))
        assert [(step.step_id, step.after) for step in done.moved] == [("monitoring", date(2007, 1, 15))]
        assert names(opened) == ["inspection", "report", "monitoring"]
        say(opened, {"safeguarding": "2", "overall": "2"}, note="the evidence was misread")
        assert names(opened) == ["inspection", "report"]


def test_calendars_take_a_step_that_goes_and_comes_again_under_a_higher_number(programme: Engine) -> None:
    """A cancellation under the number of the event before it is not taken, nor is the event after it."""
    with session(programme) as opened:
        say(opened, graded("1333", overall="1"))
        numbers = [find(opened).revision]
        for overall in ("2", "2", "1"):
            note = f"the evidence was read again: {len(numbers)}"
            say(
                opened,
                {"safeguarding": overall, "overall": overall, "provision": str(len(numbers))},
                note=note,
            )
            numbers.append(find(opened).revision)
        assert [number - numbers[0] for number in numbers] == [0, 1, 1, 2]


def test_a_step_may_depend_on_the_last_activity_of_the_kind(programme: Engine) -> None:
    with session(programme) as opened:
        add_inspection(opened, "sheffield-ten-2", date(2006, 9, 4))
        assert names(opened, "sheffield-ten-2") == ["inspection", "report"]
        say(opened, graded("1333", overall="1"))
        again = find(opened, "sheffield-ten-2")
        date_steps(opened, again, rules_of(opened).of(again), LAST_DAY)
        assert names(opened, "sheffield-ten-2") == ["letter_about_last", "inspection", "report"]


def test_a_plan_is_made_with_activities_whose_steps_depend_on_a_grade(programme: Engine) -> None:
    with session(programme) as opened:
        problem = build_problem(opened, 3)
    stages = {activity.id: activity.stages for activity in problem.activities}
    assert [(stage.id, stage.duration_weeks) for stage in stages["sheffield-ten"]] == [("inspection", 2)]


REVISIT = TEN_DAYS.replace(
    "[[steps]]",
    '[[stages]]\nid = "revisit"\nduration_weeks = 1\nmax_clear_weeks = 4\n\n'
    '[[steps]]\nid = "revisit"\nname = "Second visit"\nkind = "stage"\nbinding = "hard"\n'
    'who = ["lead_inspectorate"]\nonly_if = { judgement = "overall", grades = ["1"], of_last = true }\n\n[[steps]]',
    1,
)


@pytest.mark.parametrize("overall", ["1", "2"])
def test_a_grade_on_which_the_next_activity_depends_makes_plans_stale(
    programme: Engine, home: Path, overall: str
) -> None:
    with session(programme) as opened:
        add_inspection(opened, "sheffield-ten-2", date(2006, 9, 4))
    (home / "frameworks" / "ten-2009.toml").write_text(REVISIT)
    with session(programme) as opened:
        row = find_version(opened, 1)
        row.rules = ""  # only the grade is to matter
        assert not is_stale(opened, row)
        grades = graded("1333", overall) if overall == "1" else graded("3333", overall)
        judge_and_mark(
            opened, find(opened).id or 0, grades, LAST_DAY, Word("Lead Office", at(LAST_DAY), LAST_DAY)
        )
        told = freshness_of(opened, row)
        assert (told.is_stale, told.why) == ((True, JUDGED) if overall == "1" else (False, ""))


def test_a_planned_stage_may_depend_on_the_last_activity_of_the_kind(programme: Engine, home: Path) -> None:
    """A second stage is planned only where the last inspection was inadequate."""
    with session(programme) as opened:
        say(opened, graded("1333", overall="1"))
        add_inspection(opened, "sheffield-ten-2", date(2006, 9, 4))
    (home / "frameworks" / "ten-2009.toml").write_text(REVISIT)
    with session(programme) as opened:
        problem = build_problem(opened, 3)
        stages = {activity.id: [stage.id for stage in activity.stages] for activity in problem.activities}
        assert stages["sheffield-ten-2"] == ["inspection", "revisit"]
        assert stages["sheffield-ten"] == ["inspection"]


def test_a_step_may_depend_on_the_extent_of_fieldwork(tmp_path: Path) -> None:
    call = ('name = "Follow-up call"', 'name = "Follow-up call"\nonly_if = { extents = ["usual"] }')
    visit = load_framework(write_visit(tmp_path, call))
    assert [step.id for step in applied(visit, Circumstances("usual")).steps] == [
        *("preparation", "visit", "letter", "follow_up")
    ]
    assert [step.id for step in applied(visit, Circumstances("full")).steps] == [
        "preparation",
        "visit",
        "letter",
    ]
    assert step_in_words(visit, visit.step("follow_up")).endswith("only if the extent is usual")


@pytest.mark.parametrize("grade", ["0", "5", "2.5"])
def test_a_grade_that_the_scale_has_not_is_refused_r146(programme: Engine, grade: str) -> None:
    with session(programme) as opened:
        assert refused(opened, {"safeguarding": grade}) == [
            f"sheffield-ten safeguarding: its scale has no grade '{grade}'. (R146) Choose one of: 1, 2, 3, 4."
        ]


def test_everything_wrong_with_grades_is_told_together(programme: Engine) -> None:
    with session(programme) as opened:
        told = refused(opened, {"safeguard": "1", "provision": "6"})
        assert len(told) == 2
        assert told[0].endswith("Try 'safeguarding'.")
        assert opened.exec(select(ActivityGrade)).all() == []


def test_an_overall_grade_beyond_its_limit_is_refused_r147(programme: Engine) -> None:
    with session(programme) as opened:
        (told,) = refused(opened, graded("1333", overall="3"))
        assert told == (
            "sheffield-ten overall: it can't be 3: Safeguarding is 1, so it is at most 1 (R147). "
            "Grade it 1, or correct the other grade."
        )


def test_a_later_grade_may_not_leave_the_overall_one_beyond_its_limit_r147(programme: Engine) -> None:
    with session(programme) as opened:
        say(opened, graded("3333", overall="3"))
        (told,) = refused(opened, {"safeguarding": "1"}, note="seen again")
        assert "overall: it can't be 3" in told


def test_a_correction_needs_a_reason(programme: Engine) -> None:
    with session(programme) as opened:
        say(opened, {"provision": "3"})
        (told,) = refused(opened, {"provision": "4"})
        assert (
            told
            == "sheffield-ten provision: it was graded 3; a correction needs a reason. Say what was wrong."
        )
        with pytest.raises(AlreadySo, match="it was graded so"):
            say(opened, {"provision": "3"})
        assert say(opened, {"provision": "4"}, note="a slip").grades == {"provision": "4"}


def test_nothing_is_judged_before_the_inspection_or_in_the_future(programme: Engine) -> None:
    with session(programme) as opened:
        (told,) = refused(opened, {"provision": "3"}, day=MONDAY - timedelta(days=1))
        assert "4 June 2006 is earlier than 'Inspection on site', which begins on 5 June 2006" in told
        with pytest.raises(Refused, match="is later than today"):
            judge(
                opened,
                find(opened).id or 0,
                {"provision": "3"},
                LAST_DAY,
                Word("Lead Office", at(MONDAY), MONDAY),
            )


# --- Whose word it is -----------------------------------------------------------------------------------------


def signed(opened: Session, signer: Signer) -> str:
    """What is refused of this signer's grade; blank for nothing."""
    word = Word("clerk", at(LAST_DAY), LAST_DAY)
    try:
        judge(opened, find(opened).id or 0, {"provision": "3"}, LAST_DAY, word, signer)
    except Refused as refusal:
        return str(refusal)
    return ""


def test_whoever_signs_the_step_off_judges_at_it_r012(programme: Engine) -> None:
    with session(programme) as opened:
        told = signed(opened, Signer("Bea"))
        assert "Bea does not hold the role that judges it: Ofsted (Lead Office)." in told
        assert "--on-behalf-of lead_inspectorate and --why" in told
        assert signed(opened, Signer("lead@ofsted.example")) == ""
        assert opened.exec(select(ActivityGrade.said_by)).all() == ["lead@ofsted.example"]


def test_judging_on_behalf_of_the_role_needs_a_reason_that_is_kept_r012(programme: Engine) -> None:
    with session(programme) as opened:
        assert "needs a reason" in signed(opened, Signer("Bea", "lead_inspectorate"))
        assert "neither is nor holds the role" in signed(opened, Signer("Bea", "director", "away"))
        assert signed(opened, Signer("Bea", "lead_inspectorate", "the office is closed")) == ""
        (row,) = opened.exec(select(ActivityGrade)).all()
        assert (row.said_by, row.on_behalf_of, row.on_behalf_why) == (
            *("Bea", "lead_inspectorate", "the office is closed"),
        )
        line = next(line for line in judgement_lines(opened, find(opened)) if line.id == "provision")
        assert str(line.said) == "Bea on behalf of Ofsted (the office is closed)"


# --- When it is due -------------------------------------------------------------------------------------------


def due(opened: Session, day: date) -> list[RequiredAction]:
    (case,) = [case for case in published_cases(opened, "sheffield") if case.activity.code == "sheffield-ten"]
    return [action for action in required_actions(case, day) if action.action is Action.JUDGE]


def begin(opened: Session) -> None:
    next(step for step in steps_of(opened, find(opened)) if step.step_id == "inspection").state = "open"


def test_what_is_not_judged_is_asked_for_once_its_step_is_over_r012(programme: Engine) -> None:
    with session(programme) as opened:
        assert due(opened, LAST_DAY) == []  # nobody has begun it
        begin(opened)
        assert due(opened, LAST_DAY - timedelta(days=1)) == []
        asked = due(opened, LAST_DAY)
        assert [action.in_words() for action in asked][:2] == [
            "Judge: Safeguarding",
            "Judge: Looked-after children",
        ]
        assert {(action.role, action.due, action.is_late) for action in asked} == {
            ("lead_inspectorate", date(2006, 6, 19), False)
        }
        assert all(action.is_late for action in due(opened, date(2006, 6, 20)))


def test_what_is_judged_follows_or_lies_outside_the_scope_is_not_asked_for_r008_r147(
    programme: Engine,
) -> None:
    with session(programme) as opened:
        begin(opened)
        assert len(due(opened, LAST_DAY)) == 5
        say(opened, graded("1333"))
        assert due(opened, LAST_DAY) == []  # the overall grade follows from the worst one


def test_a_framework_without_judgements_is_not_judged(programme: Engine) -> None:
    with session(programme) as opened:
        review = find(opened, "sheffield-ca")
        with pytest.raises(Refused, match="corporate-assessment-2002 makes no judgements"):
            judge(
                opened,
                review.id or 0,
                {"overall": "3"},
                LAST_DAY,
                Word("Lead Office", at(LAST_DAY), LAST_DAY),
            )
