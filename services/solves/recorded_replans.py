"""What was replanned before: the same event is one event, recorded once, with the drafts that were made for it."""

import json
from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, select

from models import AuditEntry
from reports.words import list_in_words
from scheduler.events import Event
from services import audit
from services.doors import Advice
from services.errors import AlreadySo, Refused
from services.plans import plan_store

REPLAN = "replan"
"""What the audit log calls a replan after an event."""


def earlier_drafts(session: Session, event: Event) -> tuple[int, ...]:
    """The drafts of the last replan after the same event, none if there was none since the last import.

    An import makes the facts equal to its files: what events told before may be out again.
    """
    wanted = event.model_dump(mode="json")
    query = select(AuditEntry).where(col(AuditEntry.action).in_((REPLAN, audit.IMPORT)))
    for entry in session.exec(query.order_by(col(AuditEntry.id).desc())):
        if entry.action == audit.IMPORT:
            return ()
        if entry.before is not None and json.loads(entry.before) == wanted:
            return _drafts(json.loads(entry.after or "{}"))
    return ()


def require_news(session: Session, event: Event) -> None:
    """Raise AlreadySo, with the drafts, if the same event was recorded by a replan before."""
    known = earlier_drafts(session, event)
    if known:
        named = list_in_words([str(number) for number in known])
        made = f"plans {named} were made" if len(known) > 1 else f"plan {named} was made"
        advice = Advice(
            "To search again, say --again; to look, --dry-run.",
            "To search again, search longer on its answer.",
        )
        raise AlreadySo.because("event", f"it is recorded, and {made} for it.", advice)


def require_recorded(session: Session, event: Event) -> tuple[int, ...]:
    """The drafts made for an event that was recorded before; Refused if there are none."""
    known = earlier_drafts(session, event)
    if not known:
        raise Refused.because(
            "event", "it is not recorded yet.", Advice("Leave out --again.", "Ask for it as a new one.")
        )
    return known


def are_outdated(session: Session, drafts: Sequence[int]) -> bool:
    """Whether facts have changed since these drafts were made."""
    return any(plan_store.find_version(session, number).is_stale for number in drafts)


def _drafts(after: dict[str, Any]) -> tuple[int, ...]:
    return tuple(after.get("drafts", ()))
