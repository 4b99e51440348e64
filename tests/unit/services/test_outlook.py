"""Where the programme stands: late first, who acts, what comes next, and what others may not see."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from models import Activity, Step, session
from services.casework import advancing
from services.casework.seen_steps import SeenStep, steps_by_activity
from services.casework.stages_to_come import stages_ahead
from services.casework.step_turns import Action
from services.days.working_days import add_working_days
from services.shown import outlook
from services.shown.shown_plan import Audience
from tests.known import known
from tests.people import sign_what_is_due
from tests.tables import MONDAYS, published

ANALYSIS = MONDAYS["sheffield"]


@pytest.fixture
def programme(engine: Engine) -> Engine:
    published(engine)
    return engine


def lines(engine: Engine, day: object = ANALYSIS, **choices: object) -> dict[str, outlook.StepLine]:
    with session(engine, read_only=True) as opened:
        found = outlook.step_lines(opened, day, area_code="sheffield", **choices)  # type: ignore[arg-type]
    return {f"{line.kind} {line.step_id}": line for line in found}


def test_a_deadline_is_late_from_the_day_after_it_until_it_is_signed_off(programme: Engine) -> None:
    due = lines(programme)["jar notification"].last_on
    assert not lines(programme, due)["jar notification"].is_late
    assert lines(programme, add_working_days(due, 1))["jar notification"].is_late
    sign_what_is_due(programme, due)
    assert not lines(programme)["jar notification"].is_late
    assert lines(programme)["jar notification"].status == "Done"


def test_a_stage_that_could_not_begin_says_what_it_waits_for(programme: Engine) -> None:
    line = lines(programme, ANALYSIS + timedelta(days=1))["jar analysis"]
    assert line.is_late
    assert line.status.startswith("Late: waits for Self-assessment handed in, Setting-up meeting")


def test_people_are_looked_up_only_where_they_are_asked_for(programme: Engine) -> None:
    assert lines(programme)["jar self_assessment"].people == ()
    people = lines(programme, with_people=True)["jar self_assessment"].people
    assert [person.email for person in people] == ["director@sheffield.example"]
    assert lines(programme)["jar self_assessment"].acts[0].startswith("Director of children's services")


def test_what_needs_action_is_late_first_then_by_date(programme: Engine) -> None:
    with session(programme) as opened:
        advancing.advance(opened, ANALYSIS)
        found = outlook.needs_action(outlook.step_lines(opened, ANALYSIS))
    assert found
    assert [line.is_late for line in found] == sorted((line.is_late for line in found), reverse=True)
    late = [line.last_on for line in found if line.is_late]
    assert late == sorted(late)


def test_what_comes_next_excludes_the_end_of_the_span(programme: Engine) -> None:
    with session(programme, read_only=True) as opened:
        all_lines = outlook.step_lines(opened, ANALYSIS)
    day = next(
        line for line in all_lines if line.step_id == "fieldwork" and line.area_code == "sheffield"
    ).first_on
    assert any(
        line.step_id == "fieldwork" for line in outlook.ahead(all_lines, ANALYSIS, day + timedelta(days=1))
    )
    assert not any(line.step_id == "fieldwork" for line in outlook.ahead(all_lines, ANALYSIS, day))


@pytest.mark.parametrize("weeks", [-30, 0, 1, 8, 30])
def test_what_is_near_is_told_the_same_whether_all_steps_are_read_or_the_near_ones(
    programme: Engine, weeks: int
) -> None:
    day = ANALYSIS + timedelta(weeks=weeks)
    until = day + timedelta(weeks=4)
    with session(programme) as opened:
        advancing.advance(opened, day)
    with session(programme, read_only=True) as opened:
        every, near = outlook.step_lines(opened, day), outlook.step_lines(opened, day, until=until)
    assert outlook.needs_action(near) == outlook.needs_action(every)
    assert outlook.ahead(near, day, until) == outlook.ahead(every, day, until)
    assert len(near) < len(every)


@pytest.mark.parametrize("weeks", [-30, 0, 1, 8, 30])
def test_a_step_is_in_hand_where_it_is_required_that_somebody_moves_it_on_now(
    programme: Engine, weeks: int
) -> None:
    day = ANALYSIS + timedelta(weeks=weeks)
    with session(programme) as opened:
        advancing.advance(opened, day)
        found = outlook.step_lines(opened, day, with_required=True)
    moves = {Action.BEGIN, Action.CARRY_OUT, Action.SIGN_OFF}
    for line in found:
        due = any(action.action in moves and not action.is_ahead for action in line.required)
        assert line.is_in_hand == due, line.step_id


def test_a_step_that_was_only_read_says_what_its_row_says(programme: Engine) -> None:
    with session(programme, read_only=True) as opened:
        rows = opened.exec(select(Step).order_by(col(Step.activity_id), col(Step.position))).all()
        found = [step for steps in steps_by_activity(opened).values() for step in steps]
        assert [step._asdict() for step in found] == [
            {name: getattr(row, name) for name in SeenStep._fields} for row in rows
        ]


def test_the_next_step_is_the_first_that_is_not_done(programme: Engine) -> None:
    found = lines(programme)
    first = known(outlook.next_step(found.values()))
    assert first.first_on == min(line.first_on for line in found.values())
    assert outlook.next_step([]) is None


@pytest.fixture
def quiet_review(programme: Engine, home: Path) -> Engine:
    """Sheffield's review follows a framework whose dates are not announced (R068)."""
    text = Path("config/frameworks/jar-2005.toml").read_text()
    (home / "frameworks").mkdir()
    quiet = text.replace('id = "jar-2005"', 'id = "quiet"', 1).replace('kind = "jar"', 'kind = "quiet"', 1)
    (home / "frameworks" / "quiet.toml").write_text(f"announce_from = 'never'\n{quiet}")
    with session(programme) as opened:
        activity = opened.exec(select(Activity).where(Activity.code == "sheffield-jar")).one()
        activity.framework_id, activity.kind = "quiet", "quiet"
    return programme


def test_an_authority_sees_nothing_of_what_is_not_announced(quiet_review: Engine) -> None:
    """R068, with its twin: the inspectorate does."""
    assert {line.kind for line in lines(quiet_review, audience=Audience.AUTHORITY).values()} == {"ca"}
    assert {line.kind for line in lines(quiet_review).values()} == {"ca", "quiet"}


def test_a_stage_that_is_not_announced_gets_no_run(quiet_review: Engine) -> None:
    """R068: names of runs are read by everybody who may open Prefect."""
    with session(quiet_review, read_only=True) as opened:
        found = stages_ahead(opened, ANALYSIS, ANALYSIS + timedelta(weeks=6))
    assert [stage.kind for stage in found if stage.area_code == "sheffield"] == ["ca"]


def test_stages_ahead_are_those_that_wait_within_the_span(programme: Engine) -> None:
    with session(programme, read_only=True) as opened:
        found = stages_ahead(opened, ANALYSIS, ANALYSIS + timedelta(weeks=3))
        wider = stages_ahead(opened, ANALYSIS, ANALYSIS + timedelta(weeks=3, days=1))
    assert [(stage.kind, stage.name) for stage in found if stage.area_code == "sheffield"] == [
        ("jar", "analysis")
    ]
    assert ("jar", "fieldwork") in [
        (stage.kind, stage.name) for stage in wider if stage.area_code == "sheffield"
    ]


def test_a_stage_that_has_begun_is_not_ahead(programme: Engine) -> None:
    with session(programme) as opened:
        step = known(opened.exec(select(Step).join(Activity).where(Step.step_id == "analysis")).first())
        step.state = "open"
        opened.flush()
        assert step.id not in {
            stage.step for stage in stages_ahead(opened, ANALYSIS, ANALYSIS + timedelta(weeks=60))
        }
