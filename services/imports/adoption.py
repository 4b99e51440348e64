"""Adopting a programme half-way: past reviews become a published plan version, steps on their days, and teams.

That is done once, before anything else was published; afterwards jarcycle itself knows how the reviews go on.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from config.framework import Framework
from models import Activity, PlannedStage, PlanVersion, Step, TeamPlace
from services import audit
from services.casework.advancing import settle, unfinished_before
from services.casework.steps import date_steps, first_day, last_day, steps_of
from services.days.weeks import day_after
from services.imports.adopted_before import ADOPTED, is_known
from services.imports.adopted_documents import fill_documents
from services.imports.past import PastActivity, past_activities
from services.imports.reading import Batch
from services.imports.table_writing import Change
from services.kept_frameworks import follow_files
from services.plans import plan_store


def adopt(
    session: Session, batch: Batch, known: Mapping[str, Framework], who: str, at: datetime
) -> tuple[Change, ...]:
    """Store what the batch says of the past as a published plan version; nothing if it is there already.

    Raises
    ------
    ImportRefused
        If the files say anything else than what was adopted before, or if something is published already.
    """
    past = past_activities(
        batch.past_reviews, batch.past_teams, batch.programme, batch.inspections_due, known
    )
    if not past or is_known(session, past):
        return ()
    plan_store.mark_stale(session, ADOPTED, who, at)
    version = _version(session, batch.programme.default_option, who, at)
    stages, seats = _stage_rows(past, version), _seat_rows(past, version)
    session.add_all([*stages, *seats])
    session.flush()
    rows = session.exec(select(Activity).where(col(Activity.code).in_([activity.code for activity in past])))
    by_code = {row.code: row for row in rows}
    follow_files(session, by_code.values(), known, at)
    for activity in past:
        row = by_code[activity.code]
        row.plan_version, row.precision = version, activity.precision
        _carry_steps(session, row, activity, batch.programme.planned_on)
    session.flush()
    fill_documents(session, version)
    states = {activity.code: by_code[activity.code].state for activity in past}
    audit.record(session, who, at, "adopt", f"plan {version}", after={"plan": version, **states}, why=ADOPTED)
    return (
        Change("PlanVersion", added=1),
        Change("PlannedStage", added=len(stages)),
        Change("TeamPlace", added=len(seats)),
    )


def _version(session: Session, option: int, who: str, at: datetime) -> int:
    """A published version whose documents are written once its rows are there."""
    row = PlanVersion(
        option=str(option),
        status="published",
        problem_hash="",
        problem_json="",
        plan_json="",
        result_json="",
        uncovered_places=0,
        date_cost=0,
        team_cost=0,
        created_by=who,
        created_at=at,
        published_by=who,
        published_at=at,
        reason=ADOPTED,
    )
    session.add(row)
    session.flush()
    assert row.version is not None
    return row.version


def _stage_rows(past: Sequence[PastActivity], version: int) -> list[PlannedStage]:
    """A row for each stage, as long as planned; when it really ended is in its step."""
    return [
        PlannedStage(
            plan_version=version,
            activity_code=activity.code,
            stage=row.stage,
            start_on=row.first_day,
            end_on=row.first_day + timedelta(weeks=activity.framework.stage(row.stage).occupied_weeks()),
        )
        for activity in past
        for row in activity.rows
    ]


def _seat_rows(past: Sequence[PastActivity], version: int) -> list[TeamPlace]:
    """A row for each person who is named."""
    return [
        TeamPlace(
            plan_version=version,
            activity_code=activity.code,
            skill=seat.skill,
            inspector_code=seat.inspector,
        )
        for activity in past
        for seat in activity.team
    ]


def _carry_steps(session: Session, activity: Activity, past: PastActivity, today: date) -> None:
    """Date every step, and put it in the state that it has on the day of the adoption.

    A stage has ended when its row says so. Any other step, and a counted stage, is taken for done on its day once
    that is past and whatever comes before it is done; everything else is still to come, and the daily tick drives it.
    """
    actuals, mondays = past.actuals(), past.mondays()
    date_steps(session, activity, past.framework, today)
    steps = steps_of(session, activity)
    for step in steps:
        if step.step_id in actuals:
            step.state, step.actual_on = "done", actuals[step.step_id]
        elif step.step_id in mondays and past.state != "published" and first_day(step) <= today:
            step.state = "open"
    session.flush()
    are_behind = True
    while are_behind:
        date_steps(session, activity, past.framework, today)
        are_behind = _carry_on(steps, past.framework, today)
        session.flush()
    activity.revision = 1
    for step in steps:
        step.revision = 1
    settle(activity, steps)


def _carry_on(steps: list[Step], framework: Framework, today: date) -> bool:
    """Mark steps as done whose day is past; whether there were any."""
    planned = {stage.id for stage in framework.stages}
    ready = [
        step
        for step in steps
        if step.step_id not in planned and step.state != "done" and _is_behind(framework, step, steps, today)
    ]
    for step in ready:
        step.state, step.actual_on = "done", last_day(step)
    return bool(ready)


def _is_behind(framework: Framework, step: Step, steps: list[Step], today: date) -> bool:
    return day_after(last_day(step)) <= today and not unfinished_before(framework, step, steps)
