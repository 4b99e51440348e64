"""`/due`: what is late, under way or awaiting a sign-off, and what comes next; searched, filtered and sorted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse

from console.context import context_of
from console.frames import frame
from console.keeping import kept
from console.listing import Asked, Column, Filter, Listing, Words, add_file, asked_of, on_page, selected
from console.programme_page import FORESEEN, area_address, standing
from console.rendering import render
from reports.words import plural
from services.casework.contacts import Person
from services.messages import deliveries
from services.shown import outlook
from services.shown.outlook import StepLine

router = APIRouter()

GROUPS = {"late": "Late", "in_hand": "Under way or awaiting sign-off", "ahead": "Within four weeks"}


@dataclass(frozen=True)
class DueLine:
    """A step with the group in which it is due, and, once they were looked up, the people who act."""

    step: StepLine
    group: str
    people: tuple[Person, ...] = ()


def _what(line: DueLine) -> Words:
    step = line.step
    is_deadline = step.is_hard and step.step_kind == "deadline"
    return Words(f"{step.kind.upper()}: {step.name}{' (deadline)' if is_deadline else ''}")


def _who(line: DueLine) -> Words:
    people = tuple(
        Words(f"{person.name}, {person.email}", f"mailto:{person.email}") for person in line.people
    )
    return Words("; ".join(line.step.acts), more=people)


def _acts(line: DueLine) -> list[tuple[str, str]]:
    return [(role, role) for role in line.step.acts]


DUE: Listing[DueLine] = Listing(
    path="/due",
    name="What is due",
    noun=("step", "steps"),
    columns=(
        Column(
            "area",
            "Area",
            lambda line: Words(line.step.area, area_address(line.step.area_code)),
            lambda line: line.step.area,
        ),
        Column("when", "When", lambda line: Words(line.step.when), lambda line: line.step.last_on),
        Column("step", "Step", _what),
        Column("state", "State", lambda line: Words(line.step.status, is_late=line.step.is_late)),
        Column("who", "Who acts", _who, lambda line: "; ".join(line.step.acts)),
    ),
    filters=(
        Filter("group", "Due", "All", lambda line: [(line.group, GROUPS[line.group])]),
        Filter("region", "Region", "All regions", lambda line: [(line.step.region, line.step.region)]),
        Filter(
            "kind", "Activity", "All activities", lambda line: [(line.step.kind, line.step.activity_name)]
        ),
        Filter("role", "Who acts", "Everybody", _acts),
    ),
    found_by=lambda line: f"{line.step.area} {line.step.area_code} {line.step.name}",
    search_label="Area or step",
)


@router.get("/due", response_class=HTMLResponse)
def due(request: Request) -> HTMLResponse:
    """Everything that waits for somebody, late first."""
    lines, asked = _lines(request), asked_of(request, DUE)
    late, in_hand = (sum(line.group == group for line in lines) for group in ("late", "in_hand"))
    values = {
        "title": f"{plural(late, 'step').capitalize()} late, {plural(in_hand, 'step')} in hand",
        "frame": frame(DUE, asked, _with_people(request, lines, asked)),
        "is_empty": not lines,
        "trouble": len(kept(request, _troubled)),
    }
    return render(request, "due.html", values)


add_file(router, DUE, lambda request: _lines(request))


def _lines(request: Request) -> list[DueLine]:
    """Late ones first, then those in hand, then those ahead, each by day."""
    today, lines = context_of(request).today(), kept(request, standing).lines
    action = [DueLine(line, "late" if line.is_late else "in_hand") for line in outlook.needs_action(lines)]
    return [*action, *(DueLine(line, "ahead") for line in outlook.ahead(lines, today, today + FORESEEN))]


def _with_people(request: Request, lines: Sequence[DueLine], asked: Asked) -> list[DueLine]:
    """The lines, those on the page that is asked for with the people who act."""
    shown = tuple(line.step.step for line in on_page(selected(DUE, asked, lines), asked.page))
    people = kept(request, _people, shown)
    return [replace(line, people=people.get(line.step.step, ())) for line in lines]


def _people(opened: Session, _as_of: date, steps: tuple[int, ...]) -> dict[int, tuple[Person, ...]]:
    return outlook.people_acting(opened, steps)


def _troubled(opened: Session, _as_of: date) -> list[object]:
    return list(deliveries.troubled(opened))
