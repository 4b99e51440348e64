"""Critical events of the demonstration: one for each decision, among them a special review.

Everybody of the example is busy or away in its weeks: it waits for a planner who finds people for it and replans.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from cli.examples import EXAMPLES
from config.special_terms import read_terms
from models import Activity, Area, CriticalEvent, session
from services.audit import Word
from services.casework.steps import LIVING, steps_of
from services.events.deciding import Decision, Verdict, decide, last_decision
from services.events.event_log import NewEvent, add_event
from services.naming.areas import find_area
from services.problem.standing import Standing, standing_of
from services.programme import policy_of, rules_of

HAPPENED_ON = date(2006, 2, 14)
"""All of them happen on that day and are decided on the day after: the terms of the special review suit it."""
DECIDED_ON = date(2006, 2, 15)
TERMS = EXAMPLES / "special-review.toml"
WHY = "demonstration"


@dataclass(frozen=True)
class Shown:
    """An event of the demonstration: where it happens, of what kind, how grave, and what is decided."""

    area: str
    kind: str
    seriousness: str
    decision: Decision


SPECIAL = Shown("Haringey", "serious_case_review", "grave", Decision.SPECIAL_REVIEW)
ELSEWHERE = (
    Shown("York", "special_measures", "serious", Decision.WATCH),
    Shown("Leeds", "death", "concern", Decision.NONE),
)
PULLED = ("serious_case_review", "serious")
"""Kind and seriousness of the event that pulls forward a review still to come: the last of all."""


def show_events(engine: Engine, who: str) -> None:
    """Record the events and decide about them; nothing is done twice."""
    word = Word(who, datetime.combine(DECIDED_ON, time(9), UTC), DECIDED_ON, WHY)
    with session(engine) as opened:
        for shown in (SPECIAL, *ELSEWHERE, *_pulled(opened)):
            _decided(opened, shown, word)


def _decided(opened: Session, shown: Shown, word: Word) -> CriticalEvent:
    event = _known(opened, shown) or add_event(
        opened,
        NewEvent(shown.area, shown.kind, HAPPENED_ON, "Notification by the council", shown.seriousness),
        word,
    )
    if last_decision(opened, event) is None:
        terms = read_terms(TERMS) if shown.decision is Decision.SPECIAL_REVIEW else None
        decide(opened, event.id or 0, Verdict(shown.decision, "Lead inspectorate", terms=terms), word)
    return event


def _known(opened: Session, shown: Shown) -> CriticalEvent | None:
    query = select(CriticalEvent).where(
        CriticalEvent.area_code == find_area(opened, shown.area).code,
        CriticalEvent.kind == shown.kind,
        CriticalEvent.happened_on == HAPPENED_ON,
    )
    return opened.exec(query).first()


def _pulled(opened: Session) -> list[Shown]:
    """The area whose review of the main kind begins last, if it has not begun."""
    kind, rules = policy_of(opened).main_kind, rules_of(opened)
    query = (
        select(Activity, Area.name)
        .join(Area, col(Area.code) == col(Activity.area_code))
        .where(Activity.kind == kind, col(Activity.state).in_(LIVING))
        .order_by(col(Area.name).desc())
    )
    taken = {shown.area for shown in (SPECIAL, *ELSEWHERE)}
    for activity, name in opened.exec(query):
        standing = standing_of(activity, steps_of(opened, activity), rules.of(activity))
        if name not in taken and standing is Standing.OPEN:
            return [Shown(name, *PULLED, Decision.PULL_FORWARD)]
    return []
