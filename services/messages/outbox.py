"""From due reminders to delivered messages: one digest a person and day, sent at most once, the rest in plain sight.

A message is a row before it is anything else. It is claimed in a committed transaction, tried once, and how the
attempt ended is written down. What died in between is tried again only where that leaves one message (the
mailbox folder); otherwise it is unresolved, and a person decides. Only definite refusals are tried again.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from sqlalchemy import Engine, update
from sqlmodel import Session, col, select

from models import Delivery, session
from services import audit, heartbeats
from services.errors import NotFound, Refused
from services.messages.digests import collect, take_back
from services.messages.transports import Attempt, Ending, Transport

MAX_ATTEMPTS = 5
"""Definite refusals after which a message is given up."""

LEASE = timedelta(minutes=15)
"""After this long a claim without an end belongs to a process that died: longer than any mail server is waited for."""

CUT_SHORT = (
    "The sender stopped before it could say whether this was sent. Search the mail server for the Message-ID."
)
"""Said of a message whose sender died while it was being sent."""

SENDER = "jarcycle@localhost"
SENDABLE = ("waiting", "refused")


@dataclass(frozen=True)
class SendSummary:
    """What a run did, in messages; `reminders` are those in new messages, `trouble` is why it stopped early."""

    reminders: int = 0
    messages: int = 0
    sent: int = 0
    refused: int = 0
    failed: int = 0
    unresolved: int = 0
    left: int = 0
    trouble: str = ""

    def __str__(self) -> str:
        parts = [f"{self.reminders} reminders in {self.messages} new messages", f"{self.sent} sent"]
        for name in ("refused", "failed", "unresolved", "left"):
            count = getattr(self, name)
            parts += [f"{count} {name}"] if count else []
        return ", ".join(parts) + (f". {self.trouble}" if self.trouble else ".")


def send_due(
    engine: Engine, as_of: date, now: datetime, transport: Transport, sender: str = SENDER, address: str = ""
) -> SendSummary:
    """Send everything that is due by a day and has not gone out; safe to repeat, and to be killed at any point.

    Parameters
    ----------
    now
        The present instant in UTC, for claims and the messages' dates.
    address
        Where people find the console, named in each digest.
    """
    with session(engine) as opened:
        heartbeats.begin(opened, heartbeats.REMIND, as_of, now)
        _settle_abandoned(opened, transport, now)
        take_back(opened, as_of)
        messages, reminders = collect(opened, as_of, address)
        waiting = _waiting(opened)
    summary = SendSummary(reminders=reminders, messages=messages)
    summary = _send_all(engine, waiting, now, transport, sender, summary)
    with session(engine) as opened:
        summary = replace(summary, unresolved=count_unresolved(opened))
        if not summary.trouble:  # what could not go out is a silence, and somebody should hear of it
            heartbeats.end(opened, heartbeats.REMIND, as_of, str(summary), now)
    return summary


def send_waiting(engine: Engine, now: datetime, transport: Transport, sender: str = SENDER) -> SendSummary:
    """Send the messages that are there already: for a word that cannot wait until the next reminders."""
    with session(engine, read_only=True) as opened:
        waiting = _waiting(opened)
    return _send_all(engine, waiting, now, transport, sender, SendSummary())


def resolve(session: Session, delivery_id: int, has_arrived: bool, who: str, at: datetime, note: str) -> None:
    """A person has found out what became of an unresolved message: it arrived, or it should be sent again."""
    row = session.get(Delivery, delivery_id)
    if row is None:
        raise NotFound(
            f"message {delivery_id}", "there is no such message.", "See the numbers: jarcycle messages."
        )
    if row.state not in ("unresolved", "failed"):
        message = f"it is {row.state}; nobody needs to decide."
        raise Refused.because(f"message {delivery_id}", message, "See the numbers: jarcycle messages.")
    before, row.state = row.state, "sent" if has_arrived else "waiting"
    row.ended_at, row.attempts = (at, row.attempts) if has_arrived else (None, 0)
    audit.record(
        session, who, at, "resolve delivery", row.message_id, before=before, after=row.state, why=note
    )


def count_unresolved(session: Session) -> int:
    """Messages of which nobody knows whether they arrived."""
    return len(session.exec(select(Delivery.id).where(Delivery.state == "unresolved")).all())


def message_of(row: Delivery, sender: str, now: datetime) -> EmailMessage:
    """The row as a message; its Message-ID is the row's, however often it is made."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, row.recipient, row.subject
    message["Message-ID"], message["Date"] = row.message_id, format_datetime(now)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(row.body, cte="quoted-printable")
    return message


def _waiting(session: Session) -> list[int]:
    query = select(Delivery.id).where(col(Delivery.state).in_(SENDABLE), Delivery.channel == "mail")
    return [number for number in session.exec(query.order_by(col(Delivery.id))) if number is not None]


def _send_all(
    engine: Engine, ids: list[int], now: datetime, transport: Transport, sender: str, summary: SendSummary
) -> SendSummary:
    summary = replace(summary, left=len(ids))
    for delivery_id in ids:
        summary = _send(engine, delivery_id, now, transport, sender, summary)
        if summary.trouble:
            break
    return summary


def _settle_abandoned(session: Session, transport: Transport, now: datetime) -> None:
    """Claims whose process died: again where that is harmless, unresolved where it is not."""
    for row in session.exec(select(Delivery).where(Delivery.state == "claimed").with_for_update()):
        if transport.is_repeatable and row.claimed_by == transport.name:
            row.state = "waiting"
        elif row.claimed_at is None or row.claimed_at <= now - LEASE:
            row.state, row.ended_at = "unresolved", now
            row.error = CUT_SHORT


def _send(
    engine: Engine, delivery_id: int, now: datetime, transport: Transport, sender: str, summary: SendSummary
) -> SendSummary:
    with session(engine) as opened:
        row = _claim(opened, delivery_id, now, transport)
    if row is None:
        return replace(summary, left=summary.left - 1)  # another sender has it
    attempt = transport.deliver(message_of(row, sender, now))
    with session(engine) as opened:
        state = _record(opened, row, attempt, now)
    if state == "waiting":
        return replace(summary, trouble=attempt.message)
    counted = {state: getattr(summary, state) + 1} if state != "unresolved" else {}
    return replace(summary, left=summary.left - 1, **counted)


def _claim(session: Session, delivery_id: int, now: datetime, transport: Transport) -> Delivery | None:
    result = session.exec(
        update(Delivery)
        .where(col(Delivery.id) == delivery_id, col(Delivery.state).in_(SENDABLE))
        .values(
            state="claimed", claimed_at=now, claimed_by=transport.name, attempts=col(Delivery.attempts) + 1
        )
    )
    return session.get_one(Delivery, delivery_id) if result.rowcount == 1 else None


def _record(session: Session, row: Delivery, attempt: Attempt, now: datetime) -> str:
    """How the attempt ended; returns the new state."""
    gave_up = row.attempts >= MAX_ATTEMPTS
    state = {
        Ending.SENT: "sent",
        Ending.REFUSED: "failed" if gave_up else "refused",
        Ending.UNREACHABLE: "waiting",
        Ending.UNCLEAR: "unresolved",
    }[attempt.ending]
    attempts = row.attempts - (attempt.ending is Ending.UNREACHABLE)
    ended_at = None if state in SENDABLE else now
    session.exec(
        update(Delivery)
        .where(col(Delivery.id) == row.id, col(Delivery.state) == "claimed")
        .values(state=state, attempts=attempts, error=attempt.message, ended_at=ended_at)
    )
    return state
