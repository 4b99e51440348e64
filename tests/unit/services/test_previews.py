"""What a use case would change, told without changing it."""

from datetime import date

import pytest
from sqlalchemy import Engine, update
from sqlmodel import Session, select

from models import Announcement, AuditEntry, Delivery, Reminder, Step, session
from services.audit import Word
from services.casework.precision import confirm_year
from services.casework.sign_offs import agree_date
from services.errors import Refused
from services.messages.digests import collect
from services.naming.steps import find_step_of
from services.plans.publication import Publication, publish
from services.previews import Preview, preview
from tests.people import sign as signs
from tests.tables import PLANNED_ON, WHO, at, fill, published, store

LATER = {"wigan": date(2006, 6, 12)}
NOTICE = date(2005, 10, 17)


def publish_now(opened: Session, version: int) -> Publication:
    return publish(opened, version, "confirmed", Word(WHO, at(PLANNED_ON), PLANNED_ON, "agreed"))


def everything(engine: Engine) -> list[object]:
    """All rows that a change of dates touches."""
    with session(engine, read_only=True) as opened:
        return [
            row.model_dump() for table in (Step, Reminder, AuditEntry) for row in opened.exec(select(table))
        ]


def test_a_publication_that_is_only_looked_at_says_what_the_real_one_does(engine: Engine) -> None:
    """R019."""
    published(engine, precision="confirmed")
    with session(engine) as opened:
        collect(opened, PLANNED_ON)
        opened.exec(update(Delivery).values(state="sent"))  # who is in a team has been told
        version = store(opened, LATER)
    before = everything(engine)
    with session(engine) as opened:
        would, seen = preview(opened, lambda opened: publish_now(opened, version))
    assert everything(engine) == before
    with session(engine) as opened:
        done = publish_now(opened, version)
        days = {(own.activity, own.step): own.after for own in seen.moved}
        for (activity, name), day in days.items():
            row = find_step_of(opened, activity, name)
            assert day in (row.start_on, row.due_on)
        collect(opened, date(2005, 8, 2))
        told = set(opened.exec(select(Announcement.recipient).where(Announcement.occasion == "changed")))
    assert would == done
    stages = {(own.activity, own.stage) for own in done.moved}
    assert stages <= days.keys()
    assert {own.area_code for own in seen.moved} == {"wigan"}
    assert {own.address for own in seen.told} == told
    assert {"changed"} == {own.rule for own in seen.told}
    assert everything(engine) != before


def test_a_first_publication_counts_its_steps_and_moves_none(engine: Engine) -> None:
    with session(engine) as opened:
        fill(opened)
        version = store(opened)
    with session(engine) as opened:
        _, seen = preview(opened, lambda opened: publish_now(opened, version))
    with session(engine) as opened:
        assert opened.exec(select(Step)).all() == []
        publish_now(opened, version)
        num_steps = len(opened.exec(select(Step)).all())
    assert (seen.moved, seen.new) == ((), num_steps)
    assert {(own.before, own.after) for own in seen.raised} == {(None, "confirmed")}


def test_a_confirmation_raises_and_tells_nobody(engine: Engine) -> None:
    """R016."""
    published(engine, precision="indicative")
    with session(engine) as opened:
        raised, seen = preview(
            opened, lambda opened: confirm_year(opened, "FY2006-07", Word(WHO, at(PLANNED_ON), PLANNED_ON))
        )
    assert {own.activity for own in seen.raised} == set(raised.activities) != set()
    assert seen == Preview(raised=seen.raised)


def test_a_sign_off_names_those_who_would_hear_of_it(engine: Engine) -> None:
    published(engine, num_areas=1)

    def done(opened: Session) -> object:
        number = find_step_of(opened, "sheffield-jar", "notification").id or 0
        return signs(opened, number, NOTICE, Word(WHO, at(NOTICE), NOTICE))

    with session(engine) as opened:
        _, seen = preview(opened, done)
    assert {own.rule for own in seen.told} == {"notice"}
    assert "director of sheffield" in {own.name for own in seen.told}


def test_what_would_be_refused_is_refused(engine: Engine) -> None:
    """R094."""
    published(engine, num_areas=1)

    def late(opened: Session) -> object:
        number = find_step_of(opened, "sheffield-jar", "draft_report").id or 0
        return agree_date(opened, number, date(2006, 5, 2), Word(WHO, at(NOTICE), NOTICE))

    with pytest.raises(Refused, match="needs a waiver"), session(engine) as opened:
        preview(opened, late)
