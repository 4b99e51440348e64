"""Adopting a programme half-way: past reviews become a published plan version, steps on their days, and teams.

That is done once, before anything else was published; afterwards jarcycle itself knows how the reviews go on.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from config.framework import Framework
from models import Activity, PlannedStage, PlanVersion, TeamPlace
from services import audit, plans
from services.imports.adopted_plan import fill_documents
from services.imports.adopted_steps import carry_steps
from services.imports.batch import Batch
from services.imports.past import PastActivity, past_activities
from services.imports.problems import ImportProblem, ImportRefused
from services.imports.replace import Change

ADOPTED = "adopted with the programme"
"""Reason of the version that holds what an import brought: by it the version is found again."""

Known = tuple[set[tuple[str, str, date]], set[tuple[str, str, str | None]]]
"""First days of stages as (activity, stage, day), and seats as (activity, skill, inspector)."""


def adopt(
    session: Session, batch: Batch, known: Mapping[str, Framework], who: str, at: datetime
) -> tuple[Change, ...]:
    """Store what the batch says of the past as a published plan version; nothing if it is there already.

    Raises
    ------
    ImportRefused
        If the files say anything else than what was adopted before, or if something is published already.
    """
    past = past_activities(batch.past_reviews, batch.programme, batch.inspections_due, known)
    if not past or _is_known(session, past, batch):
        return ()
    plans.mark_stale(session, ADOPTED, who, at)
    version = _version(session, batch, who, at)
    stages, seats = _stages(past, version), _seats(past, batch, version)
    session.add_all([*stages, *seats])
    session.flush()
    rows = session.exec(select(Activity).where(col(Activity.code).in_([own.code for own in past])))
    by_code = {row.code: row for row in rows}
    for own in past:
        row = by_code[own.code]
        row.plan_version, row.precision = version, own.precision
        carry_steps(session, row, own, batch.programme.planned_on)
    session.flush()
    fill_documents(session, version)
    states = {own.code: by_code[own.code].state for own in past}
    audit.record(session, who, at, "adopt", f"plan {version}", after=states, why=ADOPTED)
    return (
        Change("PlanVersion", added=1),
        Change("PlannedStage", added=len(stages)),
        Change("TeamPlace", added=len(seats)),
    )


def _is_known(session: Session, past: Sequence[PastActivity], batch: Batch) -> bool:
    """Whether exactly this was adopted before; what was left out since then changes nothing."""
    adopted = session.exec(select(PlanVersion).where(PlanVersion.reason == ADOPTED)).one_or_none()
    if adopted is None:
        if plans.published_version(session) is not None:
            message = "a plan is published already: what has happened since is known by its sign-offs."
            advice = "Maybe take the file out of the folder."
            raise ImportRefused([ImportProblem("past_reviews.csv", None, "", "", message, advice)])
        return False
    assert adopted.version is not None
    before, wanted = _stored(session, adopted.version), _wanted(past, batch)
    problems = [*_other_days(past, before, adopted.version), *_other_people(wanted, before, adopted.version)]
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
    return stages, {(own.activity_code, own.skill, own.inspector_code) for own in _seats(past, batch, 0)}


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


def _version(session: Session, batch: Batch, who: str, at: datetime) -> int:
    """A published version whose documents are written once its rows are there."""
    row = PlanVersion(
        option=str(batch.programme.default_option),
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


def _stages(past: Sequence[PastActivity], version: int) -> list[PlannedStage]:
    return [
        PlannedStage(
            plan_version=version,
            activity_code=own.code,
            stage=row.stage,
            start_on=row.first_day,
            end_on=row.first_day + timedelta(weeks=own.framework.stage(row.stage).duration_weeks),
        )
        for own in past
        for row in own.rows
    ]


def _seats(past: Sequence[PastActivity], batch: Batch, version: int) -> list[TeamPlace]:
    codes = {(own.rows[0].area, own.rows[0].kind): own.code for own in past}
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
