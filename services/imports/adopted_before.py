"""Whether a past was adopted before: the same adds nothing, another one is refused."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from models import Activity, PlannedStage, PlanVersion, Step, TeamPlace
from services import plans
from services.imports.adopted_rows import seat_rows
from services.imports.batch import Batch
from services.imports.past import PastActivity
from services.imports.problems import ImportProblem, ImportRefused

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
        if plans.published_version(session) is not None:
            message = "a plan is published already: what has happened since is known by its sign-offs."
            advice = "Maybe take the file out of the folder."
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
        {(own.activity_code, own.stage, own.start_on) for own in stages},
        {(own.activity_code, own.skill, own.inspector_code) for own in seats},
    )


def _wanted(past: Sequence[PastActivity], batch: Batch) -> Known:
    stages = {(own.code, row.stage, row.first_day) for own in past for row in own.rows}
    return stages, {(own.activity_code, own.skill, own.inspector_code) for own in seat_rows(past, batch, 0)}


def _other_days(past: Sequence[PastActivity], before: Known, version: int) -> list[ImportProblem]:
    advice = "Maybe correct it by signing off, or adopt the programme anew in an empty home."
    return [
        ImportProblem(
            "past_reviews.csv",
            row.row,
            "first_day",
            row.first_day.isoformat(),
            f"{own.code} {row.stage} was not adopted with this day in plan {version}.",
            advice,
        )
        for own in past
        for row in own.rows
        if (own.code, row.stage, row.first_day) not in before[0]
    ]


def _other_ends(session: Session, past: Sequence[PastActivity]) -> list[ImportProblem]:
    """A stage that ended on another day than is known by now."""
    query = select(Activity, Step).join(Step, col(Step.activity_id) == col(Activity.id))
    known = {(own.code, step.step_id): step.actual_on for own, step in session.exec(query)}
    advice = "Maybe sign it off with that day: jarcycle sign-off."
    return [
        ImportProblem(
            "past_reviews.csv",
            row.row,
            "last_day",
            row.last_day.isoformat(),
            f"{own.code} {row.stage} is not known to have ended on this day.",
            advice,
        )
        for own in past
        for row in own.rows
        if row.last_day is not None and known.get((own.code, row.stage)) != row.last_day
    ]


def _other_people(wanted: Known, before: Known, version: int) -> list[ImportProblem]:
    advice = "Maybe adopt the programme anew in an empty home."
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
