"""The audit log: who changed published facts, when, from what to what, and why."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session, col, select

from models import AuditEntry


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
        What it was done to: 'plan 3', '380-jar publication'.
    before, after
        Values that JSON can hold, dates included; None where there is nothing to say.
    """
    session.add(
        AuditEntry(
            at=at, who=who, action=action, subject=subject, before=_text(before), after=_text(after), why=why
        )
    )


def entries(
    session: Session, subject: str | None = None, action: str | None = None, limit: int = 200
) -> list[AuditEntry]:
    """The newest entries first, all or those about one subject or action."""
    query = select(AuditEntry).order_by(col(AuditEntry.id).desc()).limit(limit)
    if subject is not None:
        query = query.where(AuditEntry.subject == subject)
    if action is not None:
        query = query.where(AuditEntry.action == action)
    return list(session.exec(query))


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
