"""A special review as after a request of 12 November 2008, and the small database in which it is made."""

from datetime import date
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from config.special_terms import SpecialTerms, read_terms
from models import Programme, session
from scheduler.replanning.result import ReplanParams
from services.audit import Word
from services.events.deciding import Decided, Verdict, decide
from services.events.event_log import NewEvent, add_event
from services.events.replans import event_to_replan
from services.plans import plan_store
from services.plans.publication import publish
from services.solves.replanning import Keeping, replan_stored
from services.solves.solving import Asker
from tests.tables import AT, PLANNED_ON, WHO, at, fill, store

AREA = "sheffield"
REQUEST_ON = date(2008, 11, 12)
SPECIAL = "sheffield-special"

TERMS = """
framework = "jar-2005"
approved_by = "The Secretary of State"
scope = ["stay_safe"]
bodies = ["ofsted", "csci"]
extent = "light"
left_out = ["self_assessment", "set_up", "consultation", "analysis", "discussion"]
why = "requested after the trial"

[stages.fieldwork]
starts_on = 2008-11-13
working_days = 10

[deadlines]
notification = 2008-11-12
draft_report = 2008-11-27
accuracy_comments = 2008-11-28
publication = 2008-12-01
"""


def terms(folder: Path, *changes: tuple[str, str]) -> SpecialTerms:
    """The terms, read from a file as a planner writes it, with some texts changed."""
    text = TERMS
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "terms.toml"
    path.write_text(text, encoding="utf-8")
    return read_terms(path)


def published_to_2008(engine: Engine) -> None:
    """Three areas with reviews of 2006 published, in a programme that runs to the end of 2008."""
    with session(engine) as opened:
        fill(opened)
        opened.get_one(Programme, 1).last_start_on = date(2008, 12, 31)
        opened.flush()
        publish(opened, store(opened), "final", Word(WHO, AT, PLANNED_ON))


def on(day: date, note: str = "") -> Word:
    """A planner's word on a day."""
    return Word(WHO, at(day), day, note)


def requested(opened: Session, day: date = REQUEST_ON, kind: str = "ministers_request") -> int:
    """The event of that request; its number."""
    event = add_event(opened, NewEvent(AREA, kind, day, "Letter of the minister", "grave"), on(day))
    return event.id or 0


def special(engine: Engine, folder: Path, *changes: tuple[str, str], takes_place: bool = False) -> Decided:
    """Decide on a special review after the request of 12 November 2008."""
    verdict = Verdict("special_review", "Ofsted", terms=terms(folder, *changes), takes_place=takes_place)
    with session(engine) as opened:
        return decide(opened, requested(opened), verdict, on(REQUEST_ON, "requested"))


def planned(engine: Engine, number: int = 1, day: date = REQUEST_ON) -> tuple[int, ...]:
    """Replan the published plan for an event; the drafts."""
    with session(engine, read_only=True) as opened:
        event = event_to_replan(opened, number, 1, day)
        weeks = (day - plan_store.load_plan(opened, 1).problem.first_monday).days // 7
    params = ReplanParams(now_week=weeks, num_workers=1, with_alternatives=False)
    asker = Asker(WHO, lambda: at(day), day=day)
    return replan_stored(engine, 1, event, params, asker, keeping=Keeping(recorded=number)).versions


def with_dates(engine: Engine, folder: Path) -> None:
    """The special review planned and published on the day of the request."""
    special(engine, folder)
    (draft,) = planned(engine)
    with session(engine) as opened:
        publish(opened, draft, "final", on(REQUEST_ON, "requested"))
