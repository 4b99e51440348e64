"""The stage runs that wait in Prefect: one for each stage that begins within the next six weeks."""

from datetime import date, time

from prefect import task
from sqlalchemy import Engine

from config.clock import Clock
from flows.names import stage_run_name, tag
from flows.stage_runs import Reconciled, WantedRun, reconcile
from models import session
from services.bootstrap import clock, open_engine
from services.casework.stages_to_come import HORIZON, StageAhead, stages_ahead

STAGE_AT = time(6, 0)
"""In England, before the tick: the tick then finds what a stage run could not do."""


@task
def arrange_stage_runs(day: date) -> Reconciled:
    """One waiting run for each stage that begins within six weeks, and none that is superseded."""
    return reconcile(wanted_stage_runs(open_engine(), day, clock()))


def wanted_stage_runs(engine: Engine, as_of: date, kept: Clock) -> list[WantedRun]:
    """The runs that should wait, from `as_of` on."""
    with session(engine, read_only=True) as opened:
        return [_wanted(stage, kept) for stage in stages_ahead(opened, as_of, as_of + HORIZON)]


def _wanted(stage: StageAhead, kept: Clock) -> WantedRun:
    tags = {
        "area": stage.area,
        "region": stage.region,
        "kind": stage.kind.upper(),
        "stage": stage.stage,
        "programme": stage.programme,
    }
    return WantedRun(
        key=f"{stage.activity}-{stage.stage}-{stage.revision}",
        name=stage_run_name(stage.area, stage.kind.upper(), stage.name, stage.start_on),
        at=kept.instant(stage.start_on, STAGE_AT),
        tags=tuple(tag(kind, value) for kind, value in tags.items() if value),
        parameters={"step": stage.step, "revision": stage.revision},
    )
