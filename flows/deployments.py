"""What is served: the flows as deployments, when they run by themselves, and with which words they appear in Prefect."""

from typing import Any

from prefect import Flow
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Schedule
from prefect.types.entrypoint import EntrypointType

from flows.publish import publish
from flows.remind import remind
from flows.solve import solve
from flows.stage import stage
from flows.tick import tick
from flows.watch import watch

ZONE = "Europe/London"
TICK_CRON = "0 7 * * 1-5"
REMIND_CRON = "30 7 * * 1-5"
WATCH_CRON = "0 9,13,17 * * 1-5"
"""Monday to Friday, bank holidays too: each acts on what is due and not done, and does nothing where nothing is."""

TAG = "jarcycle"


def deployments(tick_schedule: Schedule | None = None) -> list[RunnerDeployment]:
    """All deployments; `tick_schedule` takes the place of the tick's usual schedule (tests don't wait until seven)."""
    return [
        _deployment(tick, tick_schedule or Cron(TICK_CRON, timezone=ZONE)),
        _deployment(remind, Cron(REMIND_CRON, timezone=ZONE)),
        _deployment(watch, Cron(WATCH_CRON, timezone=ZONE)),
        _deployment(stage),
        _deployment(solve),
        _deployment(publish),
    ]


def _deployment(flow: Flow[Any, Any], schedule: Schedule | None = None) -> RunnerDeployment:
    # A module path: the run's process imports the installed package, wherever it was started.
    return flow.to_deployment(
        name=flow.name,
        description=flow.description,
        schedule=schedule,
        paused=False,
        tags=[TAG],
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
