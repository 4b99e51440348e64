"""The log of a group's space: apart from the audit log, which the inspectorate's side reads."""

import json
from typing import Any

from sqlmodel import Session, col, select

from models import PreparationEntry
from services.audit import Word


def note(
    session: Session, area: str, word: Word, action: str, about: str, *, before: Any = None, after: Any = None
) -> None:
    """Add an entry, in the transaction of the change that it tells of; days are kept in ISO form."""
    session.add(
        PreparationEntry(
            area_code=area,
            at=word.at,
            who=word.who,
            action=action,
            about=about,
            before=_text(before),
            after=_text(after),
        )
    )


def entries_of(session: Session, area: str, most: int = 20) -> list[PreparationEntry]:
    """The newest entries of an area, the newest first."""
    query = select(PreparationEntry).where(PreparationEntry.area_code == area)
    return list(session.exec(query.order_by(col(PreparationEntry.id).desc()).limit(most)))


def _text(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
