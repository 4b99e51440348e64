"""`/plans`: every version of the plan with what is proven about it; `/plans/{version}`: one of them as a chart."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from console.context import context_of
from console.exports import version_number
from console.frames import frame
from console.keeping import kept
from console.listing import Column, Filter, Listing, Words, add_file, asked_of
from console.look_form import WHOLE
from console.missing import or_404
from console.moments import in_england
from console.programme_page import area_address
from console.rendering import render
from console.solves_part import solves_shown
from console.timeline_part import chart_part
from models import session
from reports.words import capitalised, gap_in_words, number_in_words, plural
from services.shown.plan_background import background_of
from services.shown.version_lines import VersionLine, all_lines

router = APIRouter()

FILES = (("svg", "Picture"), ("html", "Page"), ("xlsx", "Excel"), ("csv", "CSV"), ("ics", "Calendar"))
FRESH = {
    False: ("fresh", "Facts and rules of now"),
    True: ("stale", "Made from facts or rules that have changed"),
}


def plan_address(version: int) -> str:
    """Address of a version's page."""
    return f"/plans/{version}"


def _status(line: VersionLine) -> Words:
    outdated = (Words(FRESH[True][1], is_late=True),) if line.is_stale else ()
    return Words(capitalised(line.status), more=outdated)


def _cost(cost: int, gap: float | None) -> Words:
    return Words(number_in_words(cost), more=(Words(capitalised(gap_in_words(gap))),))


def _origin(line: VersionLine) -> Words:
    if line.made_from is None:
        return Words("")
    return Words(
        f"Plan {line.made_from}",
        plan_address(line.made_from),
        more=(Words(line.reason),) if line.reason else (),
    )


PLANS: Listing[VersionLine] = Listing(
    path="/plans",
    name="Plans",
    noun=("plan", "plans"),
    columns=(
        Column(
            "plan",
            "Plan",
            lambda line: Words(f"Plan {line.version}", plan_address(line.version)),
            lambda line: line.version,
        ),
        Column("option", "Option", lambda line: Words(line.option)),
        Column("status", "Status", _status),
        Column(
            "dates",
            "Cost of dates",
            lambda line: _cost(line.date_cost, line.date_gap),
            lambda line: line.date_cost,
        ),
        Column(
            "teams",
            "Cost of teams",
            lambda line: _cost(line.team_cost, line.team_gap),
            lambda line: line.team_cost,
        ),
        Column(
            "open",
            "Uncovered places",
            lambda line: Words(number_in_words(line.uncovered_places)),
            lambda line: line.uncovered_places,
            is_number=True,
        ),
        Column(
            "made",
            "Made",
            lambda line: Words(in_england(line.made_at), more=(Words(f"by {line.made_by}"),)),
            lambda line: line.made_at.isoformat(),
        ),
        Column("from", "Changed from", _origin),
    ),
    filters=(
        Filter("option", "Option", "All options", lambda line: [(line.option, line.option)]),
        Filter("status", "Status", "Any status", lambda line: [(line.status, capitalised(line.status))]),
        Filter("facts", "Made from", "Any facts and rules", lambda line: [FRESH[line.is_stale]]),
        Filter("by", "Made by", "Anybody", lambda line: [(line.made_by, line.made_by)]),
    ),
    found_by=lambda line: f"plan {line.version} {line.made_by} {line.reason}",
    order="-plan",
    search_label="Number or purpose",
)


@router.get("/plans", response_class=HTMLResponse)
def all_plans(request: Request, follow: str = "") -> HTMLResponse:
    """All versions, searched and filtered as the address says, and the latest solves; with `follow` these come again
    by themselves, while one is under way or has not begun yet: `follow=7` waits until solve 7 has ended."""
    return render(request, "plans.html", _shown(request, follow))


@router.get("/plans/solves", response_class=HTMLResponse)
def solves(request: Request, follow: str = "") -> HTMLResponse:
    """What changes on the page while a solve is followed, for whoever follows it: the solves and the table."""
    return render(request, "solves.html", _shown(request, follow))


def _shown(request: Request, follow: str) -> dict[str, Any]:
    lines = kept(request, all_lines)
    published = next((line.version for line in lines if line.status == "published"), None)
    finding = f"plan {published} is published" if published else "none is published"
    title = f"{plural(len(lines), 'plan').capitalize()}, {finding}" if lines else "No plans yet"
    return {
        "title": title,
        "frame": frame(PLANS, asked_of(request, PLANS), lines),
        "num_rows": len(lines),
        **solves_shown(request, follow),
    }


add_file(router, PLANS, lambda request: kept(request, all_lines))


@router.get("/plans/{version}", response_class=HTMLResponse)
def one_plan(request: Request, version: str) -> HTMLResponse:
    """A version, or the `published` one, as a Gantt chart from its first week to its last."""
    with session(context_of(request).engine, read_only=True) as opened:
        number = version_number(opened, version)
    with or_404():
        background = kept(request, background_of, number)
    shown = chart_part(request, number, weeks=WHOLE, link=area_address)
    values = {
        **shown,
        "plan": background.line,
        "made": in_england(background.line.made_at),
        "waived": background.waived,
        "source": background.line.made_from,
        "before": background.before,
        "prices": background.prices,
        "short_notice": background.short_notice,
        "files": FILES,
    }
    return render(request, "plan.html", values)
