"""`/plans`: every version of the plan with what is proven about it, and the solves under way or ended."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from console.context import context_of
from console.exports import version_number
from console.look_form import WHOLE
from console.moments import in_england
from console.own_part import is_number
from console.programme_page import area_address
from console.rendering import render
from console.timeline_part import chart_part
from models import PlanVersion, SolveRun, session
from reports.words import gap_in_words, plural
from scheduler.values.result import gap_if_known
from services.errors import ServiceError
from services.plans import plan_store
from services.plans.freshness import is_stale, stale_among
from services.plans.waived_rules import waivers_in_words
from services.programme import rules_of
from services.solves import solve_runs

router = APIRouter()

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


FILES = (("svg", "Picture"), ("html", "Page"), ("xlsx", "Excel"), ("csv", "CSV"), ("ics", "Calendar"))


@dataclass(frozen=True)
class PlanLine:
    """A version as the page shows it."""

    version: int
    option: str
    status: str
    is_stale: bool
    uncovered: int
    date_cost: int
    date_gap: str
    team_cost: int
    team_gap: str
    made: str


@dataclass(frozen=True)
class SolveLine:
    """A solve as the page shows it."""

    number: int
    option: str
    state: str
    news: str
    started: str
    message: str
    is_live: bool


@router.get("/plans", response_class=HTMLResponse)
def all_plans(request: Request, follow: str = "") -> HTMLResponse:
    """All versions, the newest first; with `follow` the page comes again by itself, while a
    solve is under way or has not begun yet: `follow=7` waits until solve 7 has ended."""
    context = context_of(request)
    with session(context.engine, read_only=True) as opened:
        rows = {row.version: row for row in plan_store.versions(opened)}
        stale = stale_among(opened, rows.values())
        lines = [plan_line(row, row.version in stale) for row in rows.values()]
        solves = [solve_line(row, rows.get(row.plan_version)) for row in solve_runs.latest(opened)]
    published = next((line.version for line in lines if line.status == "published"), None)
    finding = f"plan {published} is published" if published else "none is published"
    title = f"{plural(len(lines), 'plan').capitalize()}, {finding}" if lines else "No plans yet"
    values = {
        "title": title,
        "plans": lines,
        "solves": solves,
        "files": FILES,
        "follows": bool(follow) and is_under_way(solves, follow),
    }
    return render(request, "plans.html", values)


@router.get("/plans/{version}", response_class=HTMLResponse)
def one_plan(request: Request, version: str) -> HTMLResponse:
    """A version, or the `published` one, as a Gantt chart from its first week to its last."""
    context = context_of(request)
    with session(context.engine, read_only=True) as opened:
        number = version_number(opened, version)
        try:
            row = plan_store.find_version(opened, number)
            line = plan_line(row, is_stale(opened, row))
            waived = waivers_in_words(opened, number, rules_of(opened).policy.waivers.reasons)
        except ServiceError as error:
            raise HTTPException(404, str(error)) from error
    shown = chart_part(request, number, weeks=WHOLE, link=area_address)
    return render(request, "plan.html", {**shown, "plan": line, "waived": waived})


def is_under_way(solves: list[SolveLine], awaited: str) -> bool:
    """Whether a solve is under way, or one that was asked for (its number) has not begun yet."""
    newest = max((solve.number for solve in solves), default=0)
    return any(solve.is_live for solve in solves) or (is_number(awaited) and newest < int(awaited))


def plan_line(row: PlanVersion, is_outdated: bool) -> PlanLine:
    """What the page says of a version; `is_outdated` as `plans.freshness` says."""
    assert row.version is not None
    return PlanLine(
        version=row.version,
        option=row.option,
        status=row.status,
        is_stale=is_outdated,
        uncovered=row.uncovered_places,
        date_cost=row.date_cost,
        date_gap=_gap(row.date_cost, row.date_bound),
        team_cost=row.team_cost,
        team_gap=_gap(row.team_cost, row.team_bound),
        made=f"{in_england(row.created_at)} by {row.created_by}",
    )


def solve_line(row: SolveRun, stored: PlanVersion | None) -> SolveLine:
    """What the page says of a solve: while it runs its latest progress, afterwards what was stored."""
    assert row.id is not None
    return SolveLine(
        number=row.id,
        option=row.option,
        state=STATES.get(row.state, row.state),
        news=_progress(row) if row.ended_at is None else _result(stored),
        started=f"{in_england(row.started_at)} by {row.started_by}",
        message=row.message,
        is_live=row.ended_at is None,
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
