"""The daily tick: every published activity brought up to the day, its reminders planned, its stage runs arranged."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from prefect import State, flow, task, unmapped
from prefect.futures import PrefectFuture, wait
from prefect.states import Completed, Failed
from prefect.task_runners import ThreadPoolTaskRunner

from config.settings import runner_settings
from flows.artifacts.programme_artifacts import show_programme
from flows.horizon import arrange_stage_runs
from flows.names import TICK, named_by_day
from flows.stage_runs import Reconciled
from models import session
from reports.words import plural
from services import heartbeats
from services.audit import Word
from services.bootstrap import day_of, now, open_engine
from services.casework import advancing as casework
from services.casework import reminders
from services.casework.announcement import announced
from services.casework.plausible_days import refuse_earlier, refuse_implausible
from services.plans.concern_counts import count_again
from services.years.made import make_what_is_due

NOT_ANNOUNCED = "an activity that is not announced"


@flow(
    name=TICK,
    flow_run_name=named_by_day("Tick"),
    task_runner=ThreadPoolTaskRunner(max_workers=runner_settings().threads),  # type: ignore[arg-type]
)
def tick(as_of: date | None = None, force: bool = False) -> State[Any]:
    """Do everything that is due by a day and not yet done: also what was missed before, and nothing twice.

    Parameters
    ----------
    force
        Work for that day though it lies more than a year after all that has happened.
    """
    day = day_of(as_of)
    began_at = begin(day, force)
    count_concern(day)
    make_year(day)
    advances = advance.map(activities_due(day), unmapped(day), unmapped(began_at))
    wait(advances)
    planned = plan_reminders(day)
    runs = arrange_stage_runs(day)
    show_programme(day)
    return end(day, summary(advances, planned, runs), failures(advances))


@task
def begin(day: date, force: bool) -> datetime:
    """Note that the tick runs, and since when; a day that cannot be is refused."""
    began_at = now()
    with session(open_engine()) as opened:
        refuse_earlier(opened, day)
        if not force:
            refuse_implausible(opened, day)
        heartbeats.begin(opened, heartbeats.TICK, day, began_at)
    return began_at


@task
def count_concern(day: date) -> int:
    """Count again how grave the concern about each area is; how many indices are others (R027)."""
    with session(open_engine()) as opened:
        return len(count_again(opened, day, TICK, now()))


@task
def make_year(day: date) -> int:
    """Give every area its assessment of the year from its day on; how many areas got one (R107, R111)."""
    with session(open_engine()) as opened:
        made = make_what_is_due(opened, Word(TICK, now(), day))
    return 0 if made is None else made.added


class Due(NamedTuple):
    """An activity by its code, and what Prefect calls the run for it: not its code before it is announced (R068)."""

    code: str
    name: str


@task
def activities_due(day: date) -> list[Due]:
    """The activities that have something to look at."""
    with session(open_engine(), read_only=True) as opened:
        codes = casework.codes_due(opened, day)
        known = announced(opened, codes)
    return [Due(code, code if code in known else NOT_ANNOUNCED) for code in codes]


@task(task_run_name="{due.name}")
def advance(due: Due, day: date, began_at: datetime) -> int:
    """Bring one activity up to the day, in a transaction of its own; the number of changes."""
    with session(open_engine()) as opened:
        done = casework.advance_activity(opened, due.code, day, Word(TICK, began_at, day))
    return len(done.opened) + len(done.done) + len(done.awaiting) + len(done.overdue) + done.requests


@task
def plan_reminders(day: date) -> int:
    """Plan the reminders that are now due; how many are new."""
    with session(open_engine()) as opened:
        return reminders.plan_reminders(opened, day)


def end(day: date, said: str, failed: Sequence[str]) -> State[Any]:
    """Note that the tick ended; one that could not bring everything up to date has failed, and says what."""
    if failed:
        return Failed(message=f"{said} Not brought up to date: {', '.join(failed)}.")
    with session(open_engine()) as opened:
        heartbeats.end(opened, heartbeats.TICK, day, said, now())
    return Completed(message=said)


def summary(advances: Sequence[PrefectFuture[int]], planned: int, runs: Reconciled) -> str:
    """What the tick did, in one line."""
    changes = sum(done.result() for done in advances if done.state.is_completed())
    parts = (
        plural(changes, "change"),
        plural(planned, "new reminder"),
        plural(len(runs.created), "stage run") + " arranged",
        plural(len(runs.deleted), "stage run") + " superseded",
    )
    return f"{', '.join(parts)}.".capitalize()


def failures(advances: Sequence[PrefectFuture[int]]) -> list[str]:
    """Why activities could not be brought up to date."""
    return [str(done.state.message) for done in advances if not done.state.is_completed()]
