"""`judge`: grades are recorded, shown and refused."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from cli.shown.exit_codes import ExitCode
from models import Activity, PlannedStage, session
from services.casework.steps import date_steps
from services.programme import rules_of
from tests.commands import Run
from tests.framework_texts import TEN_DAYS

MONDAY = date(2006, 6, 5)
ON = ("--on", "2006-06-16", "--as-of", "2006-06-19", "--as", "Ann", "--by", "Lead Office")
CODE = "sheffield-ten"


@pytest.fixture
def inspected(published: Engine, home: Path) -> Engine:
    """A ten-day inspection in Sheffield from Monday 5 June 2006."""
    (home / "frameworks").mkdir(exist_ok=True)
    (home / "frameworks" / "ten-2009.toml").write_text(TEN_DAYS)
    with session(published) as opened:
        row = Activity(code=CODE, area_code="sheffield", kind="ten", framework_id="ten-2009", plan_version=1)
        row.precision = "final"
        end = MONDAY + timedelta(weeks=2)
        stage = PlannedStage(
            plan_version=1, activity_code=CODE, stage="inspection", start_on=MONDAY, end_on=end
        )
        opened.add_all([row, stage])
        opened.flush()
        date_steps(opened, row, rules_of(opened).of(row), date(2006, 1, 2))
    return published


def test_grades_are_recorded_and_shown_with_the_overall_one_r147(run: Run, inspected: Engine) -> None:
    grades = ("safeguarding=1", "looked_after=3", "provision=3", "leadership=3", "overall=1")
    said = run("judge", CODE, *grades, *ON)
    assert said.code == ExitCode.DONE
    assert "Overall: 1; Safeguarding is 1, so it is at most 1 (R147)." in said.err
    assert "Monitoring visit is now on 15 January 2007." in said.err
    shown = run("judge", CODE)
    assert "Quality of provision" in shown.out
    document = run("judge", CODE, "--json").document
    assert (document["decided_on"], document["overall"]["grade"]) == ("2006-06-16", "1")
    assert "judge" in run("log", "--area", "sheffield").out


def test_who_does_not_judge_says_on_whose_behalf_and_why_r012(run: Run, inspected: Engine) -> None:
    said = run("judge", CODE, "provision=3", *ON[:-2])
    assert said.code == ExitCode.INVALID_INPUT
    assert "Ann does not hold the role that judges it: Ofsted (Lead Office)." in said.err
    behalf = ("--on-behalf-of", "lead_inspectorate", "--why", "the office is closed")
    assert run("judge", CODE, "provision=3", *ON[:-2], *behalf).code == ExitCode.DONE
    assert "Ann on behalf of Ofsted (the office is closed)" in " ".join(run("judge", CODE).out.split())
    assert "not judged" in run("judge", CODE).out


def test_a_dry_run_records_nothing(run: Run, inspected: Engine) -> None:
    said = run("judge", CODE, "provision=3", *ON, "--dry-run")
    assert (said.code, "Nothing is stored." in said.err) == (ExitCode.DONE, True)
    assert f"Nothing of {CODE} has been judged yet." in run("judge", CODE).err


def test_a_wrong_grade_is_refused_with_its_scale(run: Run, inspected: Engine) -> None:
    said = run("judge", CODE, "provision=2.5", *ON)
    assert said.code == ExitCode.INVALID_INPUT
    assert "its scale has no grade '2.5'. (R146) Choose one of: 1, 2, 3, 4." in said.err


@pytest.mark.parametrize(
    ("grades", "message"),
    [
        (["provision"], "'provision' is no grade. Write it like safeguarding=3."),
        (["provision=3", "provision=4"], "'provision' is graded twice"),
    ],
)
def test_what_is_no_grade_is_wrong_usage(
    run: Run, inspected: Engine, grades: list[str], message: str
) -> None:
    said = run("judge", CODE, *grades)
    assert said.code == ExitCode.USAGE
    assert message in said.err


def test_an_area_with_several_activities_needs_a_code(run: Run, inspected: Engine) -> None:
    said = run("judge", "sheffield")
    assert said.code == ExitCode.INVALID_INPUT
    assert "Name one of them: sheffield-ca, sheffield-jar, sheffield-ten." in said.err


def test_a_framework_without_judgements_says_so(run: Run, inspected: Engine) -> None:
    assert "corporate-assessment-2002 makes no judgements." in run("judge", "sheffield-ca").err


def test_a_timeline_says_on_what_a_step_depends(run: Run, inspected: Engine) -> None:
    said = run("timeline", "ten-2009", "--start", "2006-06-05")
    assert "Monitoring visit is there only if The whole inspection is 1." in said.err
    shown = " ".join(run("framework", "show", "ten-2009").out.split())
    assert "only if the last" in shown
