"""Days that are other than the calendar says: a bank holiday of one year only, or one on which people work after all.

They are facts of a programme's database, and known from the first question of a session to its end, so that counting
days needs no session: `working_days` asks here.
"""

from contextvars import ContextVar
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, event
from sqlmodel import Session, col, select

from models import OneOffDay


class OneOff(NamedTuple):
    """A day, what it is called, and whether people work on it."""

    day: date
    name: str
    is_working: bool


_KNOWN: ContextVar[frozenset[OneOff]] = ContextVar("one_off_days", default=frozenset())
BEFORE = "one_off_days_before"


def one_off_days() -> frozenset[OneOff]:
    """Those of the programme whose session is open; none outside."""
    return _KNOWN.get()


def read_again(session: Session) -> bool:
    """Know what an import has written within its transaction; whether anything is different."""
    before = _KNOWN.get()
    session.flush()
    _KNOWN.set(_read(session.connection()))
    return _KNOWN.get() != before


@event.listens_for(Session, "after_begin")
def _know(session: Session, _transaction: Any, connection: Connection) -> None:
    session.info.setdefault(BEFORE, _KNOWN.get())
    _KNOWN.set(_read(connection))


@event.listens_for(Session, "after_transaction_end")
def _forget(session: Session, transaction: Any) -> None:
    if transaction.parent is None and BEFORE in session.info:
        _KNOWN.set(session.info.pop(BEFORE))


def _read(connection: Connection) -> frozenset[OneOff]:
    query = select(col(OneOffDay.day), col(OneOffDay.name), col(OneOffDay.is_working))
    return frozenset(OneOff(*row) for row in connection.execute(query))
