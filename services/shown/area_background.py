"""What stands behind the timeline of an area: who is told, what is pinned there, and what was done last."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session, col, select

from config.framework import role_in_words
from models import Activity, Area, Contact
from services import audit
from services.audit import LogFilter
from services.plans.pinning import all_pins
from services.programme import rules_of
from services.shown.history import HistoryLine, in_lines

LATEST = 10
"""Entries of the log that the page of an area shows; the history has them all."""


@dataclass(frozen=True)
class Told:
    """A contact of an area, with the role in words."""

    role: str
    name: str
    email: str
    telephone: str


@dataclass(frozen=True)
class AreaBackground:
    """Contacts by role, pins in words, and the newest entries of the log."""

    contacts: tuple[Told, ...]
    pins: tuple[str, ...]
    history: tuple[HistoryLine, ...]


def background_of_area(session: Session, code: str) -> AreaBackground:
    """For the page of an area, by its code."""
    return AreaBackground(
        contacts=tuple(_contacts(session, code)),
        pins=tuple(_pins(session, code)),
        history=in_lines(session, audit.log(session, LogFilter(area=code), LATEST, 0)),
    )


def _contacts(session: Session, code: str) -> Iterator[Told]:
    names = {
        role: name for known in rules_of(session).frameworks.values() for role, name in known.roles.items()
    }
    query = select(Contact).where(Contact.area_code == code).order_by(col(Contact.role), col(Contact.name))
    for row in session.exec(query):
        yield Told(names.get(row.role, role_in_words(row.role)), row.name, row.email, row.telephone)


def _pins(session: Session, code: str) -> Iterator[str]:
    area = session.exec(select(Area).where(Area.code == code)).one()
    there = {
        f"{area.name} ({area.code})",
        *session.exec(select(Activity.code).where(Activity.area_code == code)),
    }
    yield from (str(pin) for pin in all_pins(session) if pin.subject in there)
