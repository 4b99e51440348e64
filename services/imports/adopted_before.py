"""A past that was adopted before adds nothing if it is the same, and is refused if it differs."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from models import Activity, PlannedStage, PlanVersion, Step, TeamPlace
from services.doors import SIGN_OFF
from services.imports.past import PastActivity
from services.imports.problems import ImportProblem, ImportRefused
from services.plans import plan_store

ADOPTED = "adopted with the programme"
"""Reason of the version that holds what an import brought: by it the version is found again."""

Known = tuple[set[tuple[str, str, date]], set[tuple[str, str, str | None]]]
"""First days of stages as (activity, stage, day), and seats as (activity, skill, inspector)."""


def is_known(session: Session, past: Sequence[PastActivity]) -> bool:
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
    before, wanted = _stored(session, adopted.version), _wanted(past)
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


def _wanted(past: Sequence[PastActivity]) -> Known:
    return (
        {(activity.code, row.stage, row.first_day) for activity in past for row in activity.rows},
        {(activity.code, seat.skill, seat.inspector) for activity in past for seat in activity.team},
    )


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
    advice = SIGN_OFF.advise("Sign it off with that day")
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
