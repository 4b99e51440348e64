"""Which stages a plan puts on another Monday than the plan that their activities follow."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from models import Activity, Area
from services.plans import plan_store


@dataclass(frozen=True)
class MovedStage:
    """A stage whose published Monday changed."""

    activity: str
    area: str
    kind: str
    stage: str
    precision: str
    before: date
    after: date


def stages_moved(session: Session, activities: list[Activity], after: int) -> list[MovedStage]:
    """The stages that start on another Monday in a plan than in the one that their activity follows, by area."""
    names = {area.code: area.name for area in session.exec(select(Area))}
    followed = {activity.plan_version for activity in activities if activity.plan_version is not None}
    mondays = {version: plan_store.mondays_by_activity(session, version) for version in {after, *followed}}
    found = []
    for activity in activities:
        version = activity.plan_version
        if version is None or version == after:
            continue
        old, new = (mondays[number].get(activity.code, {}) for number in (version, after))
        found += [
            MovedStage(
                activity=activity.code,
                area=names[activity.area_code],
                kind=activity.kind,
                stage=stage,
                precision=activity.precision or "",
                before=old[stage],
                after=new[stage],
            )
            for stage in new
            if stage in old and old[stage] != new[stage]
        ]
    return sorted(found, key=lambda stage: (stage.area, stage.activity, stage.after))
