"""What a person says of messages: one arrived, came back or should go again, or all that failed for a reason."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from models import Delivery
from reports.words import plural
from services import audit
from services.doors import MESSAGES
from services.errors import NotFound, Refused
from services.messages import claims
from services.messages.deliveries import OF_OFFICE, STATE_WORDS, find_message

SEE = MESSAGES.advise("See the numbers")
REPEATED = ("failed", "bounced", "refused", "deferred")
"""States of messages that are known not to have arrived."""


class Fate(StrEnum):
    """What became of a message: it has arrived, it came back, or it has not arrived and should be sent again."""

    ARRIVED = "arrived"
    BOUNCED = "bounced"
    AGAIN = "again"


def settle(session: Session, delivery_id: int, fate: Fate, who: str, at: datetime, note: str) -> None:
    """A person has found out what became of a message.

    Raises
    ------
    Refused
        If nobody needs to decide, or if a bounce is recorded of what never went out, or without what it says.
    """
    row, place = find_message(session, delivery_id), f"message {delivery_id}"
    state = "unresolved" if claims.has_died(row) else row.state
    if fate is Fate.BOUNCED:
        _may_have_bounced(place, state, note)
    elif state not in ("unresolved", "failed", "bounced"):
        raise Refused.because(place, f"it is {STATE_WORDS[state]}; nobody needs to decide.", SEE)
    before = row.state
    if fate is Fate.AGAIN:
        _again(row)
    else:
        row.state, row.ended_at = ("sent" if fate is Fate.ARRIVED else "bounced"), at
        row.error = note if fate is Fate.BOUNCED else row.error
    audit.record(
        session, who, at, "resolve delivery", row.message_id, before=before, after=row.state, why=note
    )


def send_again(session: Session, reason: str, who: str, at: datetime) -> int:
    """Send once more, with the next run, every message that failed for a reason; returns how many.

    Parameters
    ----------
    reason
        What the mail server said, or a part of it, in any case: 'relay access denied'.
    """
    rows = session.exec(
        select(Delivery).where(col(Delivery.state).in_(REPEATED), OF_OFFICE).with_for_update()
    ).all()
    chosen = [row for row in rows if reason.casefold() in row.error.casefold()]
    if not chosen or not reason.strip():
        known = sorted({row.error for row in rows if row.error})
        advice = f"Choose one of: {'; '.join(known)}" if known else "No message has failed."
        raise NotFound("reason", f"no message failed for '{reason}'.", advice)
    for row in chosen:
        _again(row)
    subject = plural(len(chosen), "message")
    audit.record(session, who, at, "send again", subject, before=None, after=len(chosen), why=reason)
    return len(chosen)


def _may_have_bounced(place: str, state: str, note: str) -> None:
    if state not in ("sent", "unresolved"):
        raise Refused.because(place, f"it is {STATE_WORDS[state]}, so it can't have come back.", SEE)
    if not note.strip():
        raise Refused.because(place, "a bounce needs its reason.", "Give what the returned message says.")


def _again(row: Delivery) -> None:
    row.state, row.ended_at, row.next_at, row.attempts, row.deferrals = "waiting", None, None, 0, 0
