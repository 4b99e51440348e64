"""`/plans/compare`: stored plans side by side, as pictures and as a table."""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from console.context import context_of
from console.exports import version_number
from console.missing import or_404
from console.rendering import markup, render
from models import session
from reports.columns import columns_svg
from reports.cost_bars import cost_bars_svg
from reports.dots import dots_svg
from reports.table import in_words
from services.plans.plan_store import versions
from services.shown.option_charts import AXES, HEIGHTS, Across, Up
from services.shown.plan_comparison import compare_plans, newest_of_options

router = APIRouter()

FEWEST, MOST = 2, 6
MOST_OFFERED = 12


@dataclass(frozen=True)
class Offered:
    """A version that may be chosen, and whether it is."""

    version: int
    words: str
    is_chosen: bool


@router.get("/plans/compare", response_class=HTMLResponse)
def compare(request: Request) -> HTMLResponse:
    """The plans that the address names (`plan`, several times), else the newest of each option."""
    asked = request.query_params.getlist("plan")
    across, up = _axes(request)
    is_simulated = request.query_params.get("simulated", "") == "yes"
    with session(context_of(request).engine, read_only=True) as opened:
        chosen = list(dict.fromkeys(version_number(opened, text) for text in asked))
        chosen = chosen or newest_of_options(opened)[:MOST]
        values: dict[str, Any] = {
            "title": "Plans side by side",
            "offered": _offered(opened, chosen),
            "across": [
                (code.value, words, code is across)
                for code, (words, _) in AXES.items()
                if code is not Across.KEPT
            ],
            "up": [(code.value, words, code is up) for code, (words, _) in HEIGHTS.items()],
            "problem": _too_many_or_few(len(chosen)) if asked else "",
            "is_simulated": is_simulated,
        }
        if FEWEST <= len(chosen) <= MOST:
            with or_404():
                found = compare_plans(opened, chosen, across=across, up=up, is_simulated=is_simulated)
            values |= {
                "costs": markup(cost_bars_svg(found.costs)),
                "trade_off": markup(dots_svg(found.trade_off, is_file=False)),
                "robustness": markup(dots_svg(found.robustness, is_file=False)) if found.robustness else "",
                "columns": found.table.columns,
                "rows": [(str(row[0]), [in_words(cell) for cell in row[1:]]) for row in found.table.rows],
                "remarks": found.remarks,
                "first": chosen[0],
                "shifts": [(version, markup(columns_svg(chart))) for version, chart in found.shifts],
                "simulating": request.url.include_query_params(simulated="yes").query,
            }
    return render(request, "compare.html", values)


def _axes(request: Request) -> tuple[Across, Up]:
    across, up = request.query_params.get("across", Across.MONTHS), request.query_params.get("up", Up.COST)
    problems = [
        f"There is no picture of '{text}'. Choose one of: {', '.join(known)}."
        for text, known in ((across, Across), (up, Up))
        if text not in list(known)
    ]
    if problems:
        raise HTTPException(400, " ".join(problems))
    return Across(across), Up(up)


def _offered(opened: Session, chosen: list[int]) -> list[Offered]:
    """The newest versions, and whatever was asked for."""
    rows = [row for row in versions(opened) if row.version is not None]
    shown = rows[:MOST_OFFERED] + [row for row in rows[MOST_OFFERED:] if row.version in chosen]
    return [
        Offered(
            row.version or 0, f"Plan {row.version}, option {row.option}, {row.status}", row.version in chosen
        )
        for row in shown
    ]


def _too_many_or_few(count: int) -> str:
    if FEWEST <= count <= MOST:
        return ""
    words = "One plan is" if count == 1 else f"{count} plans are"
    return f"{words} chosen. Choose {FEWEST} to {MOST}."
