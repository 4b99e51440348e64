"""A past that was adopted before adds nothing if it is the same, and is refused if it differs; its rows and steps."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlmodel import Session, col, select

from config.framework import Framework
from models import Activity, PlannedStage, PlanVersion, Step, TeamPlace
from services.casework.advancing import settle, unfinished_before
from services.casework.steps import date_steps, first_day, last_day, steps_of
from services.imports.past import PastActivity
from services.imports.problems import ImportProblem, ImportRefused
from services.imports.reading import Batch
from services.plans import plan_store

ADOPTED = "adopted with the programme"
"""Reason of the version that holds what an import brought: by it the version is found again."""

Known = tuple[set[tuple[str, str, date]], set[tuple[str, str, str | None]]]
"""First days of stages as (activity, stage, day), and seats as (activity, skill, inspector)."""


def is_known(session: Session, past: Sequence[PastActivity], batch: Batch) -> bool:
    """Whether exactly this was adopted before; what was left out since then changes nothing.

    Raises
    ------
    ImportRefused
        If something else was adopted before, or another plan is published already.
    """
    adopted = session.exec(select(PlanVersion).where(PlanVersion.reason == ADOPTED)).one_or_none()
    if adopted is None:
        if plan_store.published_version(session) is not None:
            message = "a plan is already published; what has happened since is known from its sign-offs."
            advice = "Take the file out of the folder."
            raise ImportRefused([ImportProblem("past_reviews.csv", None, "", "", message, advice)])
        return False
    assert adopted.version is not None
    before, wanted = _stored(session, adopted.version), _wanted(past, batch)
    problems = [
        *_other_days(past, before, adopted.version),
        *_other_ends(session, past),
        *_other_people(wanted, before, adopted.version),
    ]
    if problems:
        raise ImportRefused(problems)
    return True


def _stored(session: Session, version: int) -> Known:
    stages = session.exec(select(PlannedStage).where(PlannedStage.plan_version == version))
    seats = session.exec(select(TeamPlace).where(TeamPlace.plan_version == version))
    return (
        {(stage.activity_code, stage.stage, stage.start_on) for stage in stages},
        {(seat.activity_code, seat.skill, seat.inspector_code) for seat in seats},
    )


def _wanted(past: Sequence[PastActivity], batch: Batch) -> Known:
    stages = {(activity.code, row.stage, row.first_day) for activity in past for row in activity.rows}
    return stages, {
        (seat.activity_code, seat.skill, seat.inspector_code) for seat in seat_rows(past, batch, 0)
    }


def _other_days(past: Sequence[PastActivity], before: Known, version: int) -> list[ImportProblem]:
    advice = "Correct it by signing off, or adopt the programme again in an empty home."
    return [
        ImportProblem(
            "past_reviews.csv",
            row.row,
            "first_day",
            row.first_day.isoformat(),
            f"{activity.code} {row.stage} was not adopted with this day in plan {version}.",
            advice,
        )
        for activity in past
        for row in activity.rows
        if (activity.code, row.stage, row.first_day) not in before[0]
    ]


def _other_ends(session: Session, past: Sequence[PastActivity]) -> list[ImportProblem]:
    """A stage that ended on another day than is known by now."""
    query = select(Activity, Step).join(Step, col(Step.activity_id) == col(Activity.id))
    known = {(activity.code, step.step_id): step.actual_on for activity, step in session.exec(query)}
    advice = "Sign it off with that day: jarcycle sign-off."
    return [
        ImportProblem(
            "past_reviews.csv",
            row.row,
            "last_day",
            row.last_day.isoformat(),
            f"{activity.code} {row.stage} is not known to have ended on this day.",
            advice,
        )
        for activity in past
        for row in activity.rows
        if row.last_day is not None and known.get((activity.code, row.stage)) != row.last_day
    ]


def _other_people(wanted: Known, before: Known, version: int) -> list[ImportProblem]:
    advice = "Adopt the programme again in an empty home."
    return [
        ImportProblem(
            "past_teams.csv",
            None,
            "inspector",
            person or "",
            f"{code} was not adopted with this person as {skill} in plan {version}.",
            advice,
        )
        for code, skill, person in sorted(wanted[1] - before[1], key=str)
    ]


def stage_rows(past: Sequence[PastActivity], version: int) -> list[PlannedStage]:
    """A row for each stage, as long as planned; when it really ended is in its step."""
    return [
        PlannedStage(
            plan_version=version,
            activity_code=activity.code,
            stage=row.stage,
            start_on=row.first_day,
            end_on=row.first_day + timedelta(weeks=activity.framework.stage(row.stage).duration_weeks),
        )
        for activity in past
        for row in activity.rows
    ]


def seat_rows(past: Sequence[PastActivity], batch: Batch, version: int) -> list[TeamPlace]:
    """A row for each person who is named."""
    codes = {(activity.rows[0].area, activity.rows[0].kind): activity.code for activity in past}
    return [
        TeamPlace(
            plan_version=version,
            activity_code=codes[row.area, row.kind],
            skill=row.skill,
            inspector_code=row.inspector,
        )
        for row in batch.past_teams
        if (row.area, row.kind) in codes
    ]


def carry_steps(session: Session, activity: Activity, past: PastActivity, today: date) -> None:
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
        are_behind = _carry(steps, past.framework, today)
        session.flush()
    activity.revision = 1
    for step in steps:
        step.revision = 1
    settle(activity, steps)


def _carry(steps: list[Step], framework: Framework, today: date) -> bool:
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
    return last_day(step) + timedelta(days=1) <= today and not unfinished_before(framework, step, steps)
