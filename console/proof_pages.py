"""`/plans/{version}/proof` and `robustness`: what is proven of a plan, and how it bears what happens."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from console.context import context_of
from console.exports import version_number
from console.keeping import kept
from console.rendering import render
from models import session
from reports.table import Table, in_words
from reports.words import capitalised, plural
from services.errors import NotFound
from services.plans.plan_store import find_version
from services.shown.plan_proof import PlanProof, proof_of
from services.shown.plan_robustness import robustness_of

router = APIRouter()


@dataclass(frozen=True)
class Part:
    """A heading with lines of text or a table below it."""

    title: str
    lines: tuple[str, ...] = ()
    table: Table | None = None

    @property
    def rows(self) -> list[list[str]]:
        """The cells of the table in words."""
        return [] if self.table is None else [[in_words(cell) for cell in row] for row in self.table.rows]


@router.get("/plans/{version}/proof", response_class=HTMLResponse)
def proof(request: Request, version: str) -> HTMLResponse:
    """Rules, costs and bounds, recomputed by code that shares nothing with the solver."""
    found = kept(request, proof_of, _number(request, version))
    title = f"Plan {found.version} {_verdict(found)}"
    return render(
        request, "parts.html", {"title": title, "plan": found.version, "parts": _proof_parts(found)}
    )


@router.get("/plans/{version}/robustness", response_class=HTMLResponse)
def robustness(request: Request, version: str) -> HTMLResponse:
    """How often its dates are kept in simulated years of absences, incidents and late stages."""
    found = kept(request, robustness_of, _number(request, version))
    parts = [Part("What it says", (found.finding, found.assumptions))]
    parts += [Part(table.name, table=table) for table in found.tables]
    title = f"Robustness of plan {found.version}"
    return render(request, "parts.html", {"title": title, "plan": found.version, "parts": parts})


def _verdict(found: PlanProof) -> str:
    if found.broken:
        return f"breaks {plural(len(found.broken), 'rule')}"
    if not found.verdict.is_accepted:
        return "claims more than is proven"
    return "is verified"


def _proof_parts(found: PlanProof) -> list[Part]:
    broken = tuple(f"{item.place}: {item.message} {item.requirement}".strip() for item in found.broken)
    uncovered = tuple(capitalised(f"{activity} lacks {skill}.") for activity, skill in found.uncovered)
    parts = (
        Part("Rules that it breaks", broken),
        Part("Proofs", table=found.sentences),
        Part("Uncovered places", uncovered),
        Part("Short notice", tuple(str(notice) for notice in found.short_notice)),
        Part("What one more would save, at the price of the bound", found.savings),
    )
    return [part for part in parts if part.lines or part.table is not None]


def _number(request: Request, version: str) -> int:
    """The number of a version that there is; 404 otherwise."""
    with session(context_of(request).engine, read_only=True) as opened:
        number = version_number(opened, version)
        try:
            find_version(opened, number)
        except NotFound as error:
            raise HTTPException(404, str(error)) from error
    return number
