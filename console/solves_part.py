"""The solves under way or ended, as the page of plans shows them and asks for them again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from console.context import context_of
from console.moments import in_england
from console.own_part import is_number
from models import PlanVersion, SolveRun, session
from reports.words import gap_in_words, plural
from scheduler.values.result import gap_if_known
from services.plans import plan_store
from services.solves import solve_runs

STATES = {
    "waiting": "Waiting",
    "running": "Running",
    "done": "Done",
    "stopped": "Stopped",
    "impossible": "Proven impossible",
    "out_of_time": "No plan found in time",
    "killed": "Killed, best plan kept",
    "failed": "Failed",
}


@dataclass(frozen=True)
class SolveLine:
    """A solve as the page shows it; `plan` is the version that it stored."""

    number: int
    option: str
    state: str
    news: str
    started: str
    message: str
    is_live: bool
    plan: int | None


def solves_shown(request: Request, follow: str) -> dict[str, Any]:
    """What `_solves.html` shows: the latest solves, in a sentence and as rows, and whether it is to be asked for again.

    Parameters
    ----------
    follow
        What the address says: blank for no, a number to wait until the solve of that number has ended.
    """
    with session(context_of(request).engine, read_only=True) as opened:
        rows = solve_runs.latest(opened)
        numbers = [row.plan_version for row in rows if row.plan_version is not None]
        stored = {row.version: row for row in plan_store.figures(opened, numbers)}
        lines = [_line(row, stored.get(row.plan_version)) for row in rows]
    is_live = is_under_way(lines, follow)
    return {
        "solves": lines,
        "summary": _summary(lines, is_live),
        "is_live": is_live,
        "follow": follow,
        "follows": bool(follow) and is_live,
    }


def is_under_way(solves: Sequence[SolveLine], awaited: str) -> bool:
    """Whether a solve is under way, or one that was asked for (its number) has not begun yet."""
    newest = max((solve.number for solve in solves), default=0)
    return any(solve.is_live for solve in solves) or (is_number(awaited) and newest < int(awaited))


def _summary(solves: Sequence[SolveLine], is_live: bool) -> str:
    """How many are under way and which plan is the newest: this alone is read out as it changes."""
    live = sum(solve.is_live for solve in solves)
    if live:
        return f"{plural(live, 'solve').capitalize()} under way."
    if is_live:
        return "The next solve begins as soon as Prefect has taken it up."
    if not solves:
        return "There are no solves yet."
    newest = next((solve for solve in solves if solve.plan is not None), None)
    return "No solve is under way." + (
        f" The newest plan of a solve is plan {newest.plan}." if newest else ""
    )


def _line(row: SolveRun, stored: PlanVersion | None) -> SolveLine:
    """A solve: while it runs its latest progress, afterwards what was stored."""
    assert row.id is not None
    return SolveLine(
        number=row.id,
        option=row.option,
        state=STATES.get(row.state, row.state),
        news=_progress(row) if row.ended_at is None else _result(stored),
        started=f"{in_england(row.started_at)} by {row.started_by}",
        message=row.message,
        is_live=row.ended_at is None,
        plan=None if stored is None else stored.version,
    )


def _progress(row: SolveRun) -> str:
    if row.incumbent is None:
        return "No plan yet"
    return f"So far, {row.phase}: cost {row.incumbent:,}, {_gap(row.incumbent, row.bound)}"


def _result(stored: PlanVersion | None) -> str:
    """The figures of the stored plan; the last progress is of a moment before it was finished."""
    if stored is None:
        return "No plan was stored."
    return (
        f"Plan {stored.version}: dates cost {stored.date_cost:,}, {_gap(stored.date_cost, stored.date_bound)}; "
        f"teams cost {stored.team_cost:,}, {_gap(stored.team_cost, stored.team_bound)}; "
        f"{plural(stored.uncovered_places, 'uncovered place')}"
    )


def _gap(cost: int, bound: int | None) -> str:
    return gap_in_words(gap_if_known(cost, bound))
