"""What is served: the flows as deployments, when they run by themselves, and how they appear in Prefect."""

from typing import Any, cast

from prefect import Flow
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Schedule
from prefect.types.entrypoint import EntrypointType

from flows.options_flow import options
from flows.publish_flow import publish
from flows.remind_flow import remind
from flows.replan_flow import replan
from flows.solve_flow import solve
from flows.stage_flow import stage
from flows.tick_flow import tick
from flows.watch_flow import watch
from services.bootstrap import clock

ZONE = "Europe/London"
TICK_AT, REMIND_AT, WATCH_AT = "0 7", "30 7,8,10,12,14,16", "0 9,13,17"
"""Minute and hours of cron. Each acts on what is due and not done, and does nothing where nothing is.

The reminders look again during the day: for words that came up, and for what a mail server put off.
"""

MONDAY_TO_FRIDAY, EVERY_DAY = "1-5", "*"
"""Bank holidays are no exception; a demo's working days fall on any day of ours."""

TAG = "jarcycle"


def deployments(tick_schedule: Schedule | None = None) -> list[RunnerDeployment]:
    """All deployments; `tick_schedule` takes the place of the tick's usual schedule (tests don't wait until seven)."""
    return [
        _deployment(tick, tick_schedule or _cron(TICK_AT)),
        _deployment(remind, _cron(REMIND_AT)),
        _deployment(watch, _cron(WATCH_AT)),
        _deployment(stage),
        _deployment(solve),
        _deployment(options),
        _deployment(replan),
        _deployment(publish),
    ]


def _cron(at: str) -> Schedule:
    days = MONDAY_TO_FRIDAY if clock().is_real else EVERY_DAY
    return Cron(f"{at} * * {days}", timezone=ZONE)


def _deployment(flow: Flow[Any, Any], schedule: Schedule | None = None) -> RunnerDeployment:
    # A module path: the run's process imports the installed package, wherever it was started.
    deployment = flow.to_deployment(
        name=flow.name,
        description=flow.description,
        schedule=schedule,
        paused=False,
        tags=[TAG],
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    return cast(RunnerDeployment, deployment)  # outside a loop it answers at once
