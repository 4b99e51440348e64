"""Meetings of preparation groups: each member is reminded five working days before, and nobody else (R166, C17)."""

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session, col, select

from models import Area, PreparationGroup
from services.casework.contacts import Person
from services.messages.single_messages import SingleMessage
from services.messages.triggers import MEETING
from services.messages.values import Happened, Item, Review
from services.preparation.meetings import meetings_of, remind_on
from services.preparation.members import members_of

MEMBER = "member_of_the_preparation_group"


def about_meetings(session: Session, as_of: date) -> Iterator[SingleMessage]:
    """Of each group the meetings that are near; one that the notice of the inspection has cut is none."""
    query = select(PreparationGroup).order_by(col(PreparationGroup.area_code))
    for group in session.exec(query).all():
        for day in meetings_of(session, group, as_of):
            if remind_on(day) <= as_of < day:
                yield from _of_meeting(session, group, day)


def _of_meeting(session: Session, group: PreparationGroup, day: date) -> Iterator[SingleMessage]:
    """Without anybody to ask: who answers questions is of the inspectorate's side."""
    area = session.get(Area, group.area_code)
    review = Review("", area.name if area else group.area_code, "", precision="", lines=())
    item = Item(review, happened=Happened("meeting", day))
    for member in members_of(session, group.area_code):
        reader = Person(member.name, member.email, MEMBER)
        yield SingleMessage(MEETING, f"{group.area_code}|{day}", item, reader, "authority")
