"""The audit log: who changed published facts, when, from what to what, and why."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select

from models import Activity, AuditEntry
from services import audit_chain
from services.naming.named import Named, find_named

PUBLISH = "publish"
PUBLISHED = (PUBLISH, "adopt")
"""Actions after which a plan is the published one; their entries say which."""

IMPORT = "import"
"""The action that makes the facts equal to its files."""


@dataclass(frozen=True)
class Word:
    """A person's word: who says it, when, on which day of the programme, and with what remark or evidence.

    `on_behalf_of` is the role or the person for whom they say it, where that is not theirs to say.
    """

    who: str
    at: datetime
    as_of: date
    note: str = ""
    on_behalf_of: str = ""

    def reason(self, why: str | None = None) -> str:
        """Why it was said (None: its remark), and on whose behalf, for the log."""
        whom = f"(on behalf of {self.on_behalf_of})" if self.on_behalf_of else ""
        return f"{self.note if why is None else why} {whom}".strip()


def record(
    session: Session,
    who: str,
    at: datetime,
    action: str,
    subject: str,
    *,
    before: Any = None,
    after: Any = None,
    why: str = "",
) -> None:
    """Add an entry to the log, in the transaction of the change it tells of.

    Parameters
    ----------
    action
        What was done, in one or two words: 'publish', 'sign off'.
    subject
        What it was done to: 'plan 3', '380-visit publication'.
    before, after
        Values that JSON can hold, dates included; None where there is nothing to say.
    """
    audit_chain.will_be_sealed(session)
    session.add(
        AuditEntry(
            at=at, who=who, action=action, subject=subject, before=_text(before), after=_text(after), why=why
        )
    )


def record_word(
    session: Session, word: Word, action: str, subject: str, *, before: Any = None, after: Any = None
) -> None:
    """Add an entry that tells of a person's word; its remark is the reason."""
    record(session, word.who, word.at, action, subject, before=before, after=after, why=word.reason())


def last_entry(session: Session, action: str) -> AuditEntry | None:
    """The newest entry of an action; None before the first."""
    query = select(AuditEntry).where(AuditEntry.action == action).order_by(col(AuditEntry.id).desc())
    return session.exec(query.limit(1)).first()


def entries(session: Session, subject: str) -> list[AuditEntry]:
    """All entries about one subject, the newest first."""
    query = select(AuditEntry).where(AuditEntry.subject == subject).order_by(col(AuditEntry.id).desc())
    return list(session.exec(query))


def published_versions(session: Session) -> list[int]:
    """The plan versions that were published or adopted, in that order; one may be there again."""
    query = select(AuditEntry.action, AuditEntry.after).where(col(AuditEntry.action).in_(PUBLISHED))
    after = [json.loads(text) for _action, text in session.exec(query.order_by(col(AuditEntry.id))) if text]
    return [value["plan"] for value in after if isinstance(value.get("plan"), int)]


def last_changes(session: Session) -> dict[str, datetime]:
    """When the log last spoke of something, by the first word of its subjects: a code, 'plan', 'programme'."""
    found: dict[str, datetime] = {}
    for subject, at in session.exec(select(AuditEntry.subject, AuditEntry.at)):
        word = subject.partition(" ")[0]
        found[word] = max(found.get(word, at), at)
    return found


@dataclass(frozen=True)
class LogFilter:
    """Which entries of the log are wanted; None is no limit.

    Parameters
    ----------
    area
        Code of an area: what was done to its activities, steps and evidence, plans that moved them included.
    person
        Who did it, as in the log; capital letters don't matter.
    first, last
        Days in UTC, both included.
    action
        What was done, as in the log.
    """

    area: str | None = None
    person: str | None = None
    first: date | None = None
    last: date | None = None
    action: str | None = None


def log(session: Session, wanted: LogFilter, most: int | None = None, after: int = 0) -> list[AuditEntry]:
    """The audit log, the newest entry first; NotFound if nobody of that name is in it.

    Parameters
    ----------
    most, after
        At most so many entries, after so many newer ones; None: all.
    """
    query = select(AuditEntry).where(*_conditions(session, wanted)).order_by(col(AuditEntry.id).desc())
    return list(session.exec(query.offset(after) if most is None else query.offset(after).limit(most)))


def length(session: Session, wanted: LogFilter) -> int:
    """How many entries `log` would give."""
    query = select(func.count()).select_from(AuditEntry).where(*_conditions(session, wanted))
    return session.exec(query).one()


def people_in_log(session: Session) -> list[str]:
    """Everybody of whom the log tells, by name."""
    return list(session.exec(select(AuditEntry.who).distinct().order_by(AuditEntry.who)))


def actions_in_log(session: Session) -> list[str]:
    """Everything that was done at some time, as the log calls it."""
    return list(session.exec(select(AuditEntry.action).distinct().order_by(AuditEntry.action)))


def _conditions(session: Session, wanted: LogFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.person is not None:
        names = people_in_log(session)
        known = [Named(name, name) for name in names]
        otherwise = f"Those in the log are: {', '.join(names) or 'nobody'}."
        yield col(AuditEntry.who) == find_named("person", wanted.person, known, otherwise).code
    if wanted.action is not None:
        yield col(AuditEntry.action) == wanted.action
    if wanted.first is not None:
        yield col(AuditEntry.at) >= _midnight(wanted.first)
    if wanted.last is not None:
        yield col(AuditEntry.at) < _midnight(wanted.last + timedelta(days=1))
    if wanted.area is not None:
        yield or_(*_about_area(session, wanted.area))


def _about_area(session: Session, area: str) -> Iterator[ColumnElement[bool]]:
    """By the subjects that are made of codes, and by the codes among the values before and after."""
    codes = session.exec(select(Activity.code).where(Activity.area_code == area)).all()
    for code in (area, *codes):
        yield col(AuditEntry.subject) == code
        yield col(AuditEntry.subject).startswith(f"{code} ", autoescape=True)
    for code in codes:
        for column in (AuditEntry.before, AuditEntry.after):
            yield col(column).contains(f'"{code} ', autoescape=True)
            yield col(column).contains(f'"{code}"', autoescape=True)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _text(value: Any) -> str | None:
    return None if value is None else json.dumps(_plain(value), ensure_ascii=False, sort_keys=True)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(item) for item in value]
    return value
