"""The planner's pins: a week in which an activity begins, and a person who is kept off an area.

People who are pinned to a place are in `pinned_places`.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlmodel import Session, col, select

from models import Activity, Area, Conflict, Inspector, PlacePin
from reports.words import date_in_words
from scheduler.validating.validation import validate
from scheduler.values.errors import InvalidProblem
from scheduler.values.problem import Activity as ProblemActivity
from scheduler.values.problem import Problem
from services import audit
from services.audit import Word
from services.days.weeks import monday_of
from services.doors import PINS, UNPIN_PLACE
from services.errors import AlreadySo, Objection, Refused, ServiceError
from services.naming.areas import find_area
from services.naming.people import find_inspector, names_of_inspectors
from services.naming.steps import find_activities
from services.option_words import MIXED, option_named
from services.plans.place_objections import objections_to_team
from services.plans.possible_weeks import objections_to_week
from services.plans.staleness import facts_may_change
from services.problem import build_problem
from services.problem.standing import Standing, standings

KEPT_OFF = "pin"
"""Kind of a conflict that is a planner's wish; the others are facts about the person."""


@dataclass(frozen=True)
class Pin:
    """What is pinned: an activity to the week of a Monday, an area without a person, or a place with one."""

    subject: str
    monday: date | None = None
    person: str | None = None
    name: str = ""
    place: str = ""

    def __str__(self) -> str:
        if self.monday is not None:
            return f"{self.subject} begins in the week of {date_in_words(self.monday)}"
        if self.place:
            place = self.place.replace("_", " ")
            return f"{self.name} ({self.person}) has the {place} place of {self.subject}"
        return f"{self.name} ({self.person}) is kept off {self.subject}"


def all_pins(session: Session) -> list[Pin]:
    """Everything that is pinned: weeks, places of what may still move, and people who are kept off areas."""
    pinned = select(Activity).where(col(Activity.pinned_on).is_not(None)).order_by(col(Activity.code))
    weeks = [Pin(row.code, row.pinned_on) for row in session.exec(pinned)]
    kept_off = (
        select(Conflict, Inspector.name, Area.name)
        .join(Inspector, col(Inspector.code) == col(Conflict.inspector_code))
        .join(Area, col(Area.code) == col(Conflict.area_code))
        .where(Conflict.kind == KEPT_OFF)
        .order_by(col(Conflict.area_code), col(Conflict.inspector_code))
    )
    people = [
        Pin(f"{area} ({row.area_code})", None, row.inspector_code, name)
        for row, name, area in session.exec(kept_off)
    ]
    return [*weeks, *_places(session), *people]


def _places(session: Session) -> list[Pin]:
    query = (
        select(PlacePin, Inspector.name)
        .join(Inspector, col(Inspector.code) == col(PlacePin.inspector_code))
        .order_by(col(PlacePin.activity_code), col(PlacePin.skill), col(PlacePin.inspector_code))
    )
    pinned = session.exec(query).all()
    open_ones = movable(session) if pinned else set()
    return [
        Pin(row.activity_code, None, row.inspector_code, name, row.skill)
        for row, name in pinned
        if row.activity_code in open_ones
    ]


def pin_week(session: Session, activity: str, day: date, word: Word) -> Pin:
    """Let an activity begin in the week of a day and in no other, from the next solve on.

    Raises
    ------
    AlreadySo
        If it is pinned to that week.
    Refused
        If it has begun or is done, or if the week is none in which it could be.
    """
    row = activity_to_pin(session, activity)
    before, monday = row.pinned_on, monday_of(day)
    if before == monday:
        raise AlreadySo.because(row.code, f"{Pin(row.code, monday)}.")
    if monday < word.as_of:
        message = f"the week of {date_in_words(monday)} has begun."
        raise Refused.because(row.code, message, "Name a day of a later week.")
    row.pinned_on = None
    if found := _objections(session, row, partial(objections_to_week, monday=monday)):
        raise Refused(found)
    row.pinned_on = before
    with changing_pins(session, word):
        row.pinned_on = monday
        if found := _objections(
            session, row, partial(objections_to_team, names=names_of_inspectors(session))
        ):
            raise Refused(found)
        record_pin(session, word, f"{row.code} week", before, monday)
    return Pin(row.code, monday)


def unpin_week(session: Session, activity: str, word: Word) -> Pin:
    """Let the solver choose the week of an activity again; Refused if it is not pinned."""
    row = activity_to_pin(session, activity)
    before = row.pinned_on
    if before is None:
        raise Refused.because(row.code, "its week is not pinned.", PINS.advise("See what is"))
    with changing_pins(session, word):
        row.pinned_on = None
        record_pin(session, word, f"{row.code} week", before, None)
    return Pin(row.code, before)


def pin_off(session: Session, person: str, area: str, word: Word) -> Pin:
    """Keep a person off an area from the next solve on.

    Raises
    ------
    AlreadySo
        If a pin keeps them off.
    Refused
        If they may not work there anyhow, or are pinned to a place there.
    """
    inspector, place = find_inspector(session, person), find_area(session, area)
    known, pin = _conflicts(session, inspector, place), _kept_off(inspector, place)
    if any(row.kind == KEPT_OFF for row in known):
        raise AlreadySo.because(f"{inspector.code} {place.code}", f"{pin}.")
    if known:
        message = f"{inspector.name} may not work there already ({known[0].kind})."
        raise Refused.because(f"{inspector.code} {place.code}", message, "Name another person or area.")
    there = set(session.exec(select(Activity.code).where(Activity.area_code == place.code)))
    pinned = [
        pin.subject for pin in _places(session) if pin.person == inspector.code and pin.subject in there
    ]
    if pinned:
        message = f"{inspector.name} is pinned to a place of {pinned[0]}."
        advice = UNPIN_PLACE.advise("Take that back first", code=pinned[0], person=inspector.code)
        raise Refused.because(f"{inspector.code} {place.code}", message, advice)
    with changing_pins(session, word):
        session.add(Conflict(inspector_code=inspector.code, area_code=place.code, kind=KEPT_OFF))
        record_pin(session, word, f"{place.code} without {inspector.code}", False, True)
    return pin


def unpin_off(session: Session, person: str, area: str, word: Word) -> Pin:
    """Let a person work in an area again; Refused if no pin keeps them off."""
    inspector, place = find_inspector(session, person), find_area(session, area)
    known = [row for row in _conflicts(session, inspector, place) if row.kind == KEPT_OFF]
    if not known:
        advice = PINS.advise("A conflict of interest is in conflicts.csv; see what is pinned")
        raise Refused.because(f"{inspector.code} {place.code}", "no pin keeps this person off.", advice)
    with changing_pins(session, word):
        for row in known:
            session.delete(row)
        record_pin(session, word, f"{place.code} without {inspector.code}", True, False)
    return _kept_off(inspector, place)


def _kept_off(inspector: Inspector, area: Area) -> Pin:
    return Pin(f"{area.name} ({area.code})", None, inspector.code, inspector.name)


def activity_to_pin(session: Session, text: str) -> Activity:
    """The one activity that a text names, which has not begun; Refused otherwise."""
    found = find_activities(session, text)
    if len(found) != 1:
        codes = ", ".join(row.code for row in found)
        raise Refused.because(text, f"{len(found)} activities have that area.", f"Name one of them: {codes}.")
    if found[0].code not in movable(session):
        state = "cancelled" if found[0].state == "cancelled" else "begun or done"
        message = f"it is {state}, so its week is settled."
        raise Refused.because(found[0].code, message, "Name an activity that has not begun.")
    return found[0]


def movable(session: Session) -> set[str]:
    """Codes of the activities that may still be put into another week (R019, R043)."""
    known = standings(session)
    rows = session.exec(select(Activity.code).where(Activity.state == "planned"))
    return {code for code in rows if known.get(code, Standing.OPEN) in (Standing.OPEN, Standing.NOTIFIED)}


def problem_of_pins(session: Session, as_of: date | None = None) -> Problem:
    """The problem in which weeks and people are pinned, with what is pinned so far.

    Raises
    ------
    InvalidProblem
        If the facts make no sense as weeks.
    """
    return build_problem(session, option_named(MIXED).for_problem, as_of)


def _objections(
    session: Session, row: Activity, find: Callable[[Problem, ProblemActivity], Iterable[Objection]]
) -> list[Objection]:
    """What speaks against an activity as the facts are now; nothing where they give no problem: a solve tells why."""
    try:
        problem = problem_of_pins(session)
    except InvalidProblem:
        return []
    return list(find(problem, next(known for known in problem.activities if known.id == row.code)))


def _conflicts(session: Session, inspector: Inspector, area: Area) -> list[Conflict]:
    query = select(Conflict).where(Conflict.inspector_code == inspector.code, Conflict.area_code == area.code)
    return list(session.exec(query))


@contextmanager
def changing_pins(session: Session, word: Word) -> Iterator[None]:
    """Pins change within this: plans made without them become stale, and what no plan could keep is refused."""
    known = set(_faults(session))
    with facts_may_change(session, "A pin was changed.", word.who, word.at):
        yield
        session.flush()
    if new := [fault for fault in _faults(session) if fault not in known]:
        raise Refused(new)


def record_pin(session: Session, word: Word, subject: str, before: object, after: object) -> None:
    """Write in the audit log what is pinned now, and what was."""
    action = "unpin" if after in (None, False) else "pin"
    audit.record_word(session, word, action, subject, before=before, after=after)


def _faults(session: Session) -> list[Objection]:
    """What makes no sense in the problem that the facts give now."""
    try:
        findings = validate(problem_of_pins(session))
    except InvalidProblem as fault:
        findings = fault.findings
    except ServiceError:
        return []  # there is no programme to speak of
    return [Objection(finding.place, finding.message, finding.advice) for finding in findings]
