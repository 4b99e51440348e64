"""Stages that will begin soon, for whoever arranges that something happens on that day."""

from datetime import date, timedelta
from typing import NamedTuple

from sqlmodel import Session, col, select

from config.framework import Framework
from models import Activity, Area, Programme, Step
from services.casework.announcement import is_announced
from services.programme import rules_of

HORIZON = timedelta(weeks=6)
"""So far ahead a run waits in Prefect for each stage."""

WAITING_RUNS = f"/runs?type=span&seconds={int(HORIZON.total_seconds())}"
"""Prefect's page of these runs: it hides the future unless it is asked for."""


class StageAhead(NamedTuple):
    """A stage that has not begun; `step` is its row, `revision` that of the activity's dates."""

    step: int
    activity: int
    stage: str
    name: str
    kind: str
    area_code: str
    area: str
    region: str
    programme: str
    start_on: date
    revision: int


def stages_ahead(session: Session, first: date, end: date) -> list[StageAhead]:
    """Stages that begin from `first` up to, not including, `end` and wait for it, by date.

    An activity that is not announced yet is left out: its date must show in no name of a run (R068).
    """
    rules = rules_of(session)
    programme = session.get(Programme, 1)
    query = (
        select(Step, Activity, Area)
        .join(Activity, col(Activity.id) == col(Step.activity_id))
        .join(Area, col(Area.code) == col(Activity.area_code))
        .where(
            Step.kind == "stage", Step.state == "planned", col(Activity.state).in_(("planned", "under_way"))
        )
        .where(col(Step.start_on) >= first, col(Step.start_on) < end)
        .order_by(col(Step.start_on), col(Area.name), col(Step.position))
    )
    name = programme.name if programme else ""
    return [
        _ahead(step, activity, area, rules.of(activity), name)
        for step, activity, area in session.exec(query).all()
        if is_announced(session, activity, rules.of(activity))
    ]


def _ahead(step: Step, activity: Activity, area: Area, framework: Framework, programme: str) -> StageAhead:
    assert step.id is not None
    assert activity.id is not None
    assert step.start_on is not None
    return StageAhead(
        step=step.id,
        activity=activity.id,
        stage=step.step_id,
        name=framework.step(step.step_id).in_words(),
        kind=activity.kind,
        area_code=area.code,
        area=area.name,
        region=area.region,
        programme=programme,
        start_on=step.start_on,
        revision=step.revision,
    )
