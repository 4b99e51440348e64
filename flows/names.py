"""Words that people read in Prefect's pages: names of runs, tags and events."""

from collections.abc import Callable
from datetime import date

from prefect.runtime import flow_run

from reports.words import date_in_words
from services.bootstrap import day_of

ATTENTION = "jarcycle.attention"
"""Event that the watch flow emits when a person should look."""

MOST_LETTERS = 200

TICK, REMIND = "tick", "remind"
"""Names of flows under which their heartbeats are kept as well."""


def stage_run_name(area: str, kind: str, stage: str, start_on: date) -> str:
    """'Sheffield - VISIT - fieldwork, 4 September 2006'."""
    return f"{area} - {kind} - {stage.lower().removeprefix('the ')}, {date_in_words(start_on)}"[:MOST_LETTERS]


def day_run_name(work: str, as_of: date) -> str:
    """'Tick of 9 January 2006'."""
    return f"{work} of {date_in_words(as_of)}"


def named_by_day(work: str) -> Callable[[], str]:
    """What Prefect asks for the name of a run that works for one day."""
    return lambda: day_run_name(work, day_of(flow_run.parameters.get("as_of")))


def tag(kind: str, value: str) -> str:
    """'area: Sheffield'."""
    return f"{kind}: {value}"
