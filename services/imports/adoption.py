"""Adopting a programme half-way: past reviews become a published plan version, steps on their days, and teams.

That is done once, before anything else was published; afterwards jarcycle itself knows how the reviews go on.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from config.framework import Framework
from models import Activity, PlanVersion
from services import audit, plans
from services.imports.adopted_before import ADOPTED, is_known
from services.imports.adopted_plan import fill_documents
from services.imports.adopted_rows import seat_rows, stage_rows
from services.imports.adopted_steps import carry_steps
from services.imports.batch import Batch
from services.imports.past import past_activities
from services.imports.replace import Change


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
    if not past or is_known(session, past, batch):
        return ()
    plans.mark_stale(session, ADOPTED, who, at)
    version = _version(session, batch, who, at)
    stages, seats = stage_rows(past, version), seat_rows(past, batch, version)
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
