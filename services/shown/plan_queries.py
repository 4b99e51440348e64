"""What a view of plans reads: stages, seats, and steps, all of them or only those that tell how areas stand."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from sqlalchemy import or_
from sqlmodel import Session, col, select

from models import Activity, Area, Inspector, PlannedStage, Step, TeamPlace
from services.casework.steps import FINISHED


def steps_by_activity(
    session: Session, areas: Collection[str] | None, region: str | None, pressing_on: date | None
) -> dict[int, list[Step]]:
    """The steps of the selected areas by the row of their activity, in the order of each timetable.

    Parameters
    ----------
    areas, region
        As of a `Selection`; None for all.
    pressing_on
        Only steps that have begun or should have on a day, or that need a waiver, and are not finished; None for all.
    """
    query = select(Step).order_by(col(Step.activity_id), col(Step.position))
    if areas is not None or region is not None:
        query = query.join(Activity, col(Activity.id) == col(Step.activity_id))
        query = query.join(Area, col(Area.code) == col(Activity.area_code))
    if areas is not None:
        query = query.where(col(Area.code).in_(areas))
    if region is not None:
        query = query.where(Area.region == region)
    if pressing_on is not None:
        is_pressing = or_(
            col(Step.state) != "planned",
            col(Step.start_on) < pressing_on,
            col(Step.due_on) < pressing_on,
            col(Step.waiver_needed) != "",
        )
        query = query.where(col(Step.state).not_in(FINISHED), is_pressing)
    found: dict[int, list[Step]] = defaultdict(list)
    for step in session.exec(query):
        found[step.activity_id].append(step)
    return found


def planned_stages(session: Session, versions: Iterable[int | None]) -> Iterator[tuple[str, str, date, date]]:
    """Activity, stage, first day and end (not included) of every stage in some versions."""
    query = select(
        col(PlannedStage.activity_code),
        col(PlannedStage.stage),
        col(PlannedStage.start_on),
        col(PlannedStage.end_on),
    )
    for row in session.exec(query.where(col(PlannedStage.plan_version).in_(list(versions)))):
        yield row[0], row[1], row[2], row[3]


def seats_of_plans(
    session: Session, versions: Iterable[int | None]
) -> Iterator[tuple[int, str, str, Inspector | None]]:
    """Version, activity, skill and person (None if uncovered) of every seat in some versions, in the order made."""
    query = (
        select(col(TeamPlace.plan_version), col(TeamPlace.activity_code), col(TeamPlace.skill), Inspector)
        .join(Inspector, col(Inspector.code) == col(TeamPlace.inspector_code), isouter=True)
        .where(col(TeamPlace.plan_version).in_(list(versions)))
        .order_by(col(TeamPlace.id))
    )
    for row in session.exec(query):
        yield row[0], row[1], row[2], row[3]
