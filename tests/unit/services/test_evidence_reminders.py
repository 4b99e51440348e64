"""Who is told of evidence: asked, served elsewhere, reminded, and ever higher while it is late (R064, R065, R116)."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Contact, Delivery, Reminder, session
from services.casework.advancing import advance
from services.casework.evidence import answers
from services.casework.evidence.kept_files import Receipt
from services.casework.evidence.reminding import ASKED, SERVED
from services.messages.digests import collect
from tests.york import CA, CA_NOTICE, JAR, NOTICE, needs, sign, word, york

DIRECTOR, CHIEF, LEAD = (
    "director@sheffield.example",
    "chief_executive@sheffield.example",
    "lead@ofsted.example",
)
DUE = date(2006, 4, 21)


@pytest.fixture
def opened(engine: Engine) -> Iterator[Session]:
    """York on the day of its notice, with a desk of the Audit Commission."""
    york(engine)
    with session(engine) as opened:
        opened.add(Contact(role="audit_commission", name="Desk", email="desk@ac.example"))
        sign(opened, JAR, "notification", NOTICE)
        yield opened


def told(opened: Session, rule: str) -> set[tuple[str, date]]:
    query = select(Reminder).where(Reminder.rule == rule, Reminder.state == "planned")
    return {(row.recipient, row.due_on) for row in opened.exec(query)}


def body_to(opened: Session, recipient: str, day: date) -> str:
    collect(opened, day)
    query = select(Delivery.body).where(Delivery.recipient == recipient, Delivery.as_of == day)
    return opened.exec(query).one()


def test_whoever_is_asked_is_told_on_the_day_of_the_notice(opened: Session) -> None:
    """R065: the director gets the list with its two due days, the lead inspectorate its part."""
    assert told(opened, ASKED) == {(DIRECTOR, date(2006, 3, 27)), (DIRECTOR, DUE), (LEAD, DUE)}
    body = body_to(opened, DIRECTOR, NOTICE)
    assert "- Performance data: by 21 April 2006, from you\n" in body
    assert "- Self-assessment by the council and its partners: by 27 March 2006, from you\n" in body
    assert "- Previous inspections and reviews: by 21 April 2006, from Lead inspectorate (Ofsted)\n" in body


def test_the_chief_executive_and_the_body_are_told_and_not_asked(opened: Session) -> None:
    """R041, R065: York's assessment uses what its review asked for."""
    sign(opened, CA, "notification", CA_NOTICE)
    assert {recipient for recipient, _day in told(opened, SERVED)} == {CHIEF, "desk@ac.example"}
    body = body_to(opened, CHIEF, CA_NOTICE)
    assert "you need not send anything:" in body
    assert "already asked for on 10 february 2006 for sheffield-jar" in body.lower()


def test_what_is_due_is_spoken_of_before_on_its_day_and_ever_higher_while_it_is_late(opened: Session) -> None:
    days = [DUE - timedelta(days=28), DUE, date(2006, 4, 26), date(2006, 5, 2)]
    for day in days:
        advance(opened, day)
    rows = [
        row for row in opened.exec(select(Reminder)) if row.rule.startswith("evidence_") and row.due_on == DUE
    ]
    of_director = {(row.rule, row.occurrence): row.recipient for row in rows if row.recipient == DIRECTOR}
    assert {("evidence_before", 20), ("evidence_on_the_day", 0), ("evidence_overdue", 1)} <= set(of_director)
    second = {row.recipient for row in rows if (row.rule, row.occurrence) == ("evidence_overdue", 2)}
    assert {DIRECTOR, CHIEF} <= second


def test_the_self_assessment_is_spoken_of_by_its_own_step(opened: Session) -> None:
    """R120: not twice to the same person."""
    advance(opened, date(2006, 3, 27))
    rows = opened.exec(select(Reminder).where(Reminder.due_on == date(2006, 3, 27))).all()
    rules = {row.rule for row in rows if row.recipient == DIRECTOR}
    assert "on_the_day" in rules
    assert not rules & {"evidence_before", "evidence_on_the_day"}


def test_who_hands_everything_in_hears_nothing_more(opened: Session) -> None:
    advance(opened, DUE)
    assert (DIRECTOR, DUE) in told(opened, "evidence_on_the_day")
    for item, (_need, evidence) in needs(opened, JAR).items():
        if evidence.asked_of == "director":
            answers.receive(opened, JAR, item, Receipt(DUE), word(DUE))
    assert (DIRECTOR, DUE) not in told(opened, "evidence_on_the_day")
    assert (LEAD, DUE) in told(opened, "evidence_on_the_day")


def test_nothing_is_told_twice(opened: Session) -> None:
    advance(opened, DUE)
    before = len(opened.exec(select(Reminder)).all())
    assert advance(opened, DUE).reminders == 0
    assert len(opened.exec(select(Reminder)).all()) == before
