"""What people are told of York's review: its dates are published, notice is given, dates move, mail is sent."""

from collections.abc import Collection
from datetime import date
from email.message import EmailMessage

from icalendar import Calendar
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models import Activity, Step, session
from services.audit import Word
from services.casework.advancing import advance, finish
from services.casework.contacts import Contacts
from services.messages.outbox import SendSummary, send_due
from services.plans.publication import publish
from services.programme import rules_of
from tests.fakes import FakeTransport
from tests.kept import kept
from tests.known import known
from tests.tables import AT, PLANNED_ON, WHO, fill, store
from tests.tables import at as nine_o_clock

YORK = "sheffield"
"""The area of the small database that has York's dates in the example."""

ANALYSIS, NOTICE = date(2006, 4, 24), date(2006, 2, 10)
DIRECTOR, CHIEF = "director@sheffield.example", "chief_executive@sheffield.example"
LEADER, INSPECTOR = "sheffield-0@inspectors.example", "sheffield-1@inspectors.example"
LEAD = "lead@ofsted.example"


@kept
def publish_york(engine: Engine) -> None:
    """York's dates are published."""
    with session(engine) as opened:
        fill(opened, num_areas=1)
        publish(opened, store(opened, {YORK: ANALYSIS}), "confirmed", Word(WHO, AT, PLANNED_ON))


def send(engine: Engine, day: date, transport: FakeTransport | None = None) -> dict[str, EmailMessage]:
    """What a day sends, by recipient: nobody gets two messages."""
    chosen = transport or FakeTransport()
    summary: SendSummary = send_due(
        engine, day, lambda: nine_o_clock(day), chosen, address="https://reviews.example.org"
    )
    found = {str(message["To"]): message for message in chosen.messages}
    assert len(found) == summary.sent or transport
    return found


def text_of(message: EmailMessage) -> str:
    """The plain text of a message."""
    return str(known(message.get_body(("plain",))).get_content())


def events_of(message: EmailMessage) -> dict[str, tuple[date, date, str]]:
    """First day, day after the last and status of each event that is attached, by its identity."""
    [attached] = message.iter_attachments()
    assert (attached.get_content_type(), attached.get_filename()) == ("text/calendar", "dates.ics")
    events = Calendar.from_ical(str(attached.get_content())).walk("VEVENT")
    return {
        str(event["uid"]): (event["dtstart"].dt, event["dtend"].dt, str(event["status"])) for event in events
    }


def step_of(opened: Session, step_id: str) -> Step:
    """A step of the review."""
    query = select(Step).join(Activity, col(Activity.id) == col(Step.activity_id))
    return opened.exec(query.where(Activity.code == f"{YORK}-jar", Step.step_id == step_id)).one()


def done(opened: Session, step_id: str, day: date) -> None:
    """A step of the review is done on a day."""
    step = step_of(opened, step_id)
    activity = opened.get_one(Activity, step.activity_id)
    finish(opened, activity, step, day, day, Contacts(opened, rules_of(opened)))


def give_notice(engine: Engine) -> None:
    """The notice is signed off."""
    with session(engine) as opened:
        done(opened, "notification", NOTICE)
        advance(opened, NOTICE)


def move(
    engine: Engine,
    monday: date,
    day: date,
    why: str = "the director has fallen ill",
    moving: Collection[str] = (),
) -> None:
    """Publish a plan with another analysis week; `moving` names what moves although its notice was given."""
    with session(engine) as opened:
        version = store(opened, {YORK: monday})
        publish(opened, version, "confirmed", Word(WHO, nine_o_clock(day), day, why), moving=moving)
