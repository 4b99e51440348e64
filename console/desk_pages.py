"""`/plans/{version}/activity` and `place`: every week with its price, every person for a place, and pins."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from console.context import context_of
from console.desk import activity_address, assign_address, place_address, word_of
from console.exports import version_number
from console.forms import Form, Wrong, change, form_page, posted
from console.missing import or_404
from models import session
from reports.words import capitalised, date_in_words
from scheduler.candidates.values import PersonCandidate, PlaceCandidates, WeekCandidate
from scheduler.values.problem import Activity
from services.days.weeks import week_monday
from services.doors import DECIDE_AGAIN
from services.errors import Objection, Refused, ServiceError
from services.naming.names import Names, area_of
from services.naming.people import names_of_inspectors
from services.plans import plan_store
from services.plans.candidates import people_for, weeks_for
from services.plans.pinning import all_pins, pin_week, unpin_week
from services.problem.people_today import with_people_of_today
from services.problem.present import Present, as_it_stands
from services.shown.reasons import candidate_rows
from services.shown.reasons.standing_words import only_week_line, settled_words, standing_lines
from services.shown.reasons.why_this_week import why_lines

router = APIRouter()

SHOWN_WEEKS = 20
"""The cheapest, and where it is now; the others on demand."""

SEEN = "seen"
"""The hidden field that says to which week an activity was pinned when the page was made."""


@dataclass(frozen=True)
class Standing:
    """A version as it stands today, the names in it, those of inspectors by code, and of which it is a copy."""

    version: int
    present: Present
    names: Names
    people: dict[str, str]
    made_from: int | None

    def activity(self, text: str) -> Activity:
        """The activity of a code, or that of an area with a team; 404 if the plan has none."""
        problem = self.present.problem
        found = next((known for known in problem.activities if known.id == text.strip()), None)
        if found is not None:
            return found
        try:
            area = area_of(problem, text)
        except ServiceError as error:
            raise HTTPException(404, f"Plan {self.version}: {error.on_page()}") from error
        there = [known for known in problem.activities if known.area == area.id]
        if not there:
            raise HTTPException(404, f"Plan {self.version} has no dates for {area.name}. Go to the plan.")
        return next((known for known in there if known.team is not None), there[0])

    def is_open(self, code: str, today: date) -> bool:
        """Whether people of an activity may still change: it has not begun, nor would it have by this plan."""
        begins = week_monday(self.present.problem.first_monday, self.present.plan.starts()[code][0])
        known = self.present.standing.get(code)
        return begins >= today and not (known is not None and known.is_begun)


@router.get("/plans/{version}/activity")
def activity_page(request: Request, version: str, code: str = "", weeks: str = "") -> Response:
    """Weeks for an activity with their price and what they take (`weeks=all`: every one), its team, and its pin."""
    return _activity_page(request, version, code, shows_all=weeks == "all")


@router.get("/plans/{version}/place")
def place_page(request: Request, version: str, code: str = "", place: str = "") -> Response:
    """Every person for a place, the cheapest first, and why the others can't have it."""
    standing = _standing(request, version)
    activity = standing.activity(code)
    with or_404():
        found = people_for(context_of(request).prepared, standing.present, code, place, standing.people)
    is_open = standing.is_open(activity.id, context_of(request).today())
    rows = [
        (
            candidate_rows.person_row(standing.names, candidate),
            _assign_address(standing, candidate, found) if is_open else "",
        )
        for candidate in found.people
        if candidate.why_not is None or candidate.why_not.why != "no_skill"
    ]
    skill = standing.names.skill(found.skill)
    values = {
        "title": f"Who can have the {skill} place in {standing.names.activity(code)}",
        "version": standing.version,
        "activity": activity.id,
        "back": activity_address(standing.version, code),
        "name": standing.names.activity(code),
        "weeks": standing.names.weeks(found.weeks),
        "is_open": is_open,
        "leaving": standing.names.person(found.leaving) if found.leaving else "",
        "rows": rows,
    }
    return form_page(request, "desk_place.html", values, Form())


@router.post("/plans/{version}/pin")
def pin(request: Request, version: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Let an activity begin in its week of this plan and in no other, or take that back."""
    standing, code = _standing(request, version), form.text("code")
    standing.activity(code)
    week = standing.present.plan.starts()[code][0]
    monday = week_monday(standing.present.problem.first_monday, week)

    def do(opened: Session) -> str:
        _require_seen(opened, code, form)
        if form.text("undo"):
            unpin_week(opened, code, word_of(request, form))
            return f"{capitalised(standing.names.activity(code))} is pinned no more."
        return f"{pin_week(opened, code, monday, word_of(request, form))}."

    def again(wrong: list[Wrong]) -> Response:
        return _activity_page(request, version, code, form, wrong)

    return change(request, do, activity_address(standing.version, code), again)


def _activity_page(
    request: Request,
    version: str,
    text: str,
    form: Form | None = None,
    wrong: list[Wrong] | None = None,
    shows_all: bool = False,
) -> Response:
    standing = _standing(request, version)
    activity = standing.activity(text)
    code = activity.id
    found = weeks_for(context_of(request).prepared, standing.present, code)
    names, fixed = standing.names, ""
    if found.fixed_by is not None:
        week = next(candidate.week for candidate in found.weeks if candidate.is_present)
        is_settled = settled_words(code, standing.present) is not None
        fixed = only_week_line(names, code, week, found.fixed_by, is_settled)
    shown = [
        candidate
        for number, candidate in enumerate(found.weeks)
        if shows_all or number < SHOWN_WEEKS or candidate.is_present
    ]
    with session(context_of(request).engine, read_only=True) as opened:
        pinned_on = _pinned_on(opened, code)
    rows = [
        (
            candidate_rows.week_row(names, candidate),
            "" if pinned_on else _move_address(standing, code, candidate),
        )
        for candidate in shown
    ]
    values = {
        "title": f"{capitalised(names.activity(code))} in plan {standing.version}",
        "version": standing.version,
        "code": code,
        "area": activity.area,
        "area_name": names.area(activity.area),
        "standing": list(standing_lines(names, code, standing.present)),
        "fixed": fixed,
        "why": fixed or " ".join(why_lines(names, found)),
        "rows": rows,
        "more": len(found.weeks) - len(shown),
        "team": _team(standing, activity),
        "is_open": standing.is_open(code, context_of(request).today()),
        "pinned_on": pinned_on,
        "source": standing.made_from,
        "source_address": activity_address(standing.made_from, code) if standing.made_from else "",
    }
    return form_page(request, "desk_activity.html", values, form or Form(), wrong)


def _team(standing: Standing, activity: Activity) -> list[tuple[str, str, str]]:
    """Each place of a team, who has it (blank: nobody), and where it can be given to somebody else."""
    if activity.team is None:
        return []
    members = [member for member in standing.present.plan.members if member.activity == activity.id]
    rows = []
    for skill, seats in activity.team.seats_by_skill().items():
        holders = [member.inspector for member in members if member.skill == skill]
        for number in range(max(seats, len(holders))):
            holder = holders[number] if number < len(holders) else ""
            address = place_address(standing.version, activity.id, holder or skill)
            rows.append(
                (standing.names.skill(skill), standing.names.person(holder) if holder else "", address)
            )
    return rows


def _pinned_on(opened: Session, code: str) -> str:
    """The Monday to which an activity is pinned, as a hidden field has it; blank: to none."""
    mondays = (pin.monday for pin in all_pins(opened) if pin.subject == code)
    return next((monday.isoformat() for monday in mondays if monday is not None), "")


def _require_seen(opened: Session, code: str, form: Form) -> None:
    """Refused if its pin is another one than on the page that asks: nobody changes unseen what another pinned."""
    now = _pinned_on(opened, code)
    if form.values.get(SEEN, now) != now:
        week = f"it was pinned to the week of {date_in_words(date.fromisoformat(now))}" if now else ""
        message = week or "its pin was taken away"
        raise Refused([Objection(code, f"{message} since you opened this page.", DECIDE_AGAIN)])


def _standing(request: Request, version: str) -> Standing:
    """A version as it stands today, with the people there are now."""
    context = context_of(request)
    with session(context.engine, read_only=True) as opened:
        number = version_number(opened, version)
        with or_404():
            stored = plan_store.load_plan(opened, number)
            source = plan_store.find_version(opened, number).made_from
        present = as_it_stands(opened, stored.problem, stored.plan, context.today())
        present = with_people_of_today(opened, present)
        people = names_of_inspectors(opened)
    return Standing(number, present, Names(present.problem, people), people, source)


def _move_address(standing: Standing, code: str, candidate: WeekCandidate) -> str:
    """Where a move to a week, with the swap that makes room, is looked at; blank where it can't be had or is so.

    People may still be found for open places; units and limits stay short unless another area makes room.
    """
    if candidate.is_present or candidate.alone is None:
        return ""
    if candidate.alone.num_short and candidate.swap is None:
        return ""
    first = standing.present.problem.first_monday
    asked = {"code": code, "week": week_monday(first, candidate.week).isoformat()}
    if not candidate.alone.fits and candidate.swap is not None:
        moved = candidate.swap.moved
        begins = {dates.activity: dates.starts[0] for dates in candidate.swap.change.dates}
        other = next((name for name in moved.activities if begins[name] == moved.after), moved.activities[0])
        asked |= {"other": other, "to": week_monday(first, moved.after).isoformat()}
    return f"/plans/{standing.version}/move?{urlencode(asked)}"


def _assign_address(standing: Standing, candidate: PersonCandidate, answer: PlaceCandidates) -> str:
    """Where it is looked at that somebody gets a place; blank where they can't, or have it."""
    if candidate.rise is None or candidate.is_present:
        return ""
    person, leaving = candidate.inspector, answer.leaving or ""
    return assign_address(standing.version, answer.activity, answer.skill, person, leaving)
