"""The chain of the audit log: every entry is sealed with the one before it, so that a change of any shows.

Entries are sealed when their transaction commits, one transaction after the other (SQLite has one writer, PostgreSQL
takes a lock that ends with the transaction). Whoever could rewrite the whole chain could hide a change: keep the last
seal elsewhere from time to time, and compare.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from itertools import pairwise

from sqlalchemy import event, text
from sqlmodel import Session, col, select

from models import AuditEntry

LOCK = 7_203_041_852
"""Number of the lock on PostgreSQL under which one transaction after the other seals its entries."""

PENDING = "unsealed"


def will_be_sealed(session: Session) -> None:
    """Say that this transaction has added an entry."""
    session.info[PENDING] = True


@event.listens_for(Session, "before_commit")
def _seal(session: Session) -> None:
    """Give the new entries their places in the chain."""
    if not session.info.pop(PENDING, False):
        return
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    last = session.exec(
        select(AuditEntry.position, AuditEntry.seal)
        .where(col(AuditEntry.position).is_not(None))
        .order_by(col(AuditEntry.position).desc())
    ).first()
    position, before = last if last is not None else (0, "")
    # Those of others that are not sealed yet are not committed, and can't be seen here.
    query = select(AuditEntry).where(col(AuditEntry.position).is_(None)).order_by(col(AuditEntry.id))
    for entry in session.exec(query).all():
        position = (position or 0) + 1
        entry.position, entry.seal = position, seal_of(entry, position, before)
        before = entry.seal


def seal_of(entry: AuditEntry, position: int, before: str) -> str:
    """SHA-256 over the seal before it, its place, and everything that it says."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    said = [position, at, entry.who, entry.action, entry.subject, entry.before, entry.after, entry.why]
    content = json.dumps([before, *said], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


@dataclass(frozen=True)
class Checked:
    """What a look at the whole chain found: how many entries, the last seal, and what is wrong, in words."""

    entries: int
    last_seal: str
    faults: tuple[str, ...]


def check_chain(session: Session, known_seal: str = "") -> Checked:
    """Recompute every seal.

    Parameters
    ----------
    known_seal
        One that was the last at some time; it must still be there, or entries were taken from the end.
    """
    rows = list(session.exec(select(AuditEntry).order_by(col(AuditEntry.position), col(AuditEntry.id))))
    sealed = [row for row in rows if row.position is not None]
    faults = [*_unsealed(rows), *_gaps(sealed), *_changed(sealed)]
    if known_seal and not any(row.seal.startswith(known_seal) for row in sealed):
        faults.append(
            f"no entry has the seal {known_seal}: entries were taken from the end, or all were rewritten"
        )
    return Checked(len(rows), sealed[-1].seal if sealed else "", tuple(faults))


def _unsealed(rows: Sequence[AuditEntry]) -> Iterator[str]:
    for row in rows:
        if row.position is None:
            yield f"entry {row.id} was added without a seal"


def _gaps(sealed: Sequence[AuditEntry]) -> Iterator[str]:
    places = [0, *(row.position or 0 for row in sealed)]
    for before, after in pairwise(places):
        if after != before + 1:
            yield f"entries are missing between the places {before} and {after} of the chain"


def _changed(sealed: Sequence[AuditEntry]) -> Iterator[str]:
    """An entry whose seal does not fit; of what follows a gap nothing can be said."""
    place, seal = 0, ""
    for row in sealed:
        if row.position == place + 1 and row.seal != seal_of(row, row.position, seal):
            yield f"entry {row.id} of {row.at:%Y-%m-%d %H:%M}, {row.action} {row.subject}, is not as it was written"
        place, seal = row.position or 0, row.seal
