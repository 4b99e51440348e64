"""From due reminders to delivered messages: one digest a person and day, sent at most once, the rest in plain sight.

A message is a row before it is anything else. It is claimed in a committed transaction, tried once, and how the
attempt ended is written down. What died in between is tried again only where that leaves one message (the
mailbox folder); otherwise it is unresolved, and a person decides. What was refused or put off is tried again later;
each message fails alone, but a server that takes none ends the run.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from sqlalchemy import Engine, func, or_, update
from sqlmodel import Session, col, select

from config.addresses import parse_address
from config.findings import InvalidText
from models import Delivery, session
from reports.mail_page import mail_html
from services import heartbeats
from services.messages import claims, digests
from services.messages.deliveries import STATE_WORDS, STOP_AFTER, is_turned_away
from services.messages.transports import Attempt, Ending, Line, Transport
from services.messages.triggers import BY_ID

REFUSED_AGAIN = (timedelta(hours=1), timedelta(hours=4), timedelta(days=1), timedelta(days=2))
"""How long to wait after each refusal; after one more the message is given up."""

DEFERRED_AGAIN = (
    timedelta(minutes=15),
    timedelta(minutes=30),
    timedelta(hours=1),
    timedelta(hours=2),
    timedelta(hours=4),
)
"""How long to wait each time the server asks to come again; the last one over and over."""

MAX_ATTEMPTS = len(REFUSED_AGAIN) + 1
MAX_DEFERRALS = 30
"""So often a server may ask to come again, which takes about a week, before a message is given up."""

CUT_SHORT = (
    "The sender stopped before it could say whether this was sent. Search the mail server for the Message-ID."
)
"""Said of a message whose sender died while it was being sent."""

SENDER = "jarcycle@localhost"
SENDABLE = ("waiting", "refused", "deferred")

Clock = Callable[[], datetime]
"""Tells the present instant in UTC; asked anew for each message, as a run may last."""


@dataclass(frozen=True)
class SendSummary:
    """What a run did, in messages; `reminders` are those in new messages, `trouble` is why it stopped early.

    `refused` and `deferred` ones are tried again later, `failed` ones were given up, `left` ones were not tried;
    `later` counts those that an earlier run could not send and whose time has not come yet.
    """

    reminders: int = 0
    messages: int = 0
    sent: int = 0
    refused: int = 0
    deferred: int = 0
    failed: int = 0
    unresolved: int = 0
    left: int = 0
    later: int = 0
    trouble: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether everything that this run wanted to send has been sent."""
        unsent = (self.refused, self.deferred, self.failed, self.unresolved, self.left, self.later)
        return not (self.trouble or any(unsent))

    def __str__(self) -> str:
        said = (
            f"{self.reminders} reminder{'s' * (self.reminders != 1)} in "
            f"{self.messages} new message{'s' * (self.messages != 1)}"
        )
        parts = [said, f"{self.sent} sent"]
        for name in ("refused", "deferred", "failed", "unresolved", "left"):
            count = getattr(self, name)
            parts += [f"{count} {STATE_WORDS.get(name, 'not tried')}"] if count else []
        parts += [f"{self.later} tried again later"] if self.later else []
        return ", ".join(parts) + (f". {self.trouble}" if self.trouble else ".")


def send_due(
    engine: Engine, as_of: date, now: Clock, transport: Transport, sender: str = SENDER, address: str = ""
) -> SendSummary:
    """Send everything that is due by a day and has not gone out; safe to repeat, and to be killed at any point.

    Parameters
    ----------
    now
        Tells the present instant in UTC, for claims and the messages' dates.
    address
        Where people find the console, named in each digest.
    """
    with session(engine) as opened:
        heartbeats.begin(opened, heartbeats.REMIND, as_of, now())
        abandoned = _settle_abandoned(opened, transport, now())
        messages, reminders = digests.collect(opened, as_of, address)
    summary = SendSummary(reminders=reminders, messages=messages, unresolved=abandoned)
    summary = _Run(engine, now, transport, sender, summary).send()
    with session(engine) as opened:
        if not summary.trouble:  # what could not go out is a silence, and somebody should hear of it
            heartbeats.end(opened, heartbeats.REMIND, as_of, str(summary), now())
    return summary


def send_waiting(engine: Engine, now: Clock, transport: Transport, sender: str = SENDER) -> SendSummary:
    """Send the messages that are there already: for a word that cannot wait until the next reminders."""
    return _Run(engine, now, transport, sender, SendSummary()).send()


def message_of(row: Delivery, sender: str, now: datetime) -> EmailMessage:
    """The row as a message; its Message-ID is the row's, however often it is made."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, row.recipient, row.subject
    message["Message-ID"], message["Date"] = row.message_id, format_datetime(now)
    message["Auto-Submitted"] = "auto-generated"
    if row.occasions and not any(BY_ID[name].is_statutory for name in row.occasions.split()):
        message["List-Unsubscribe"] = f"<mailto:{parseaddr(sender)[1]}?subject=unsubscribe>"
    message.set_content(row.body, cte="quoted-printable")
    message.add_alternative(mail_html(row.body), subtype="html", cte="quoted-printable")
    if row.calendar:
        message.add_attachment(
            row.calendar,
            subtype="calendar",
            filename="dates.ics",
            cte="quoted-printable",
            params={"method": "PUBLISH"},
        )
    return message


def _settle_abandoned(session: Session, transport: Transport, now: datetime) -> int:
    """Claims whose process died: again where that is harmless, unresolved where it is not; returns how many are."""
    unresolved = 0
    for row in session.exec(select(Delivery).where(Delivery.state == "claimed").with_for_update()):
        if transport.is_repeatable and claims.is_by(row, transport.name):
            row.state = "waiting"
        elif claims.is_abandoned(row, now):
            row.state, row.ended_at, row.error = "unresolved", now, CUT_SHORT
            unresolved += 1
    return unresolved


@dataclass
class _Run:
    """One run of the sender: a message after the other, over one line."""

    engine: Engine
    now: Clock
    transport: Transport
    sender: str
    summary: SendSummary
    in_vain: int = 0

    def send(self) -> SendSummary:
        """Everything whose time has come. Where lately nothing went out, the first message is a test."""
        with session(self.engine, read_only=True) as opened:
            ids = self._sendable(opened)
            later = self._not_yet(opened)
            self.in_vain = STOP_AFTER - 1 if is_turned_away(opened) else 0
        self.summary = replace(self.summary, left=len(ids), later=later)
        with self.transport.line() as line:
            for delivery_id in ids:
                self._send(line, delivery_id)
                if self.summary.trouble:
                    break
        return self.summary

    def _sendable(self, opened: Session) -> list[int]:
        query = (
            select(Delivery.id)
            .where(col(Delivery.state).in_(SENDABLE), Delivery.channel == "mail")
            .where(or_(col(Delivery.next_at).is_(None), col(Delivery.next_at) <= self.now()))
        )
        return [number for number in opened.exec(query.order_by(col(Delivery.id))) if number is not None]

    def _not_yet(self, opened: Session) -> int:
        query = select(func.count()).where(col(Delivery.state).in_(SENDABLE), Delivery.channel == "mail")
        return opened.exec(query.where(col(Delivery.next_at) > self.now())).one()

    def _send(self, line: Line, delivery_id: int) -> None:
        with session(self.engine) as opened:
            row = self._claim(opened, delivery_id)
        if row is None:
            self._count("left", -1)  # another sender has it, or it is no longer true
            return
        try:
            parse_address(row.recipient, in_office=True)
        except InvalidText as fault:
            self._record(row, _unwritable(row, fault, self.now()))
            return
        attempt = line.deliver(message_of(row, self.sender, self.now()))
        self._record(row, _outcome(row, attempt, self.now()))
        if attempt.ending in (Ending.REFUSED, Ending.UNCLEAR):
            self.in_vain += 1
        elif attempt.ending is Ending.SENT:
            self.in_vain = 0
        if attempt.is_last or attempt.ending is Ending.UNREACHABLE:
            self.summary = replace(self.summary, trouble=attempt.message)
        elif self.in_vain >= STOP_AFTER:
            words = (
                f"The mail server takes no message, so no more were tried. Its last answer: {attempt.message}"
            )
            self.summary = replace(self.summary, trouble=words)

    def _claim(self, opened: Session, delivery_id: int) -> Delivery | None:
        """The message, if it is still to be sent and still says what is so; else it is put together anew."""
        result = opened.exec(
            update(Delivery)
            .where(col(Delivery.id) == delivery_id, col(Delivery.state).in_(SENDABLE))
            .values(
                state="claimed",
                claimed_at=self.now(),
                claimed_by=claims.claimer(self.transport.name),
                attempts=col(Delivery.attempts) + 1,
            )
        )
        if result.rowcount != 1:
            return None
        row = opened.get_one(Delivery, delivery_id)
        if not digests.still_holds(opened, row):
            digests.take_apart(opened, row)
            return None
        return row

    def _record(self, row: Delivery, outcome: Mapping[str, object]) -> None:
        """How the attempt ended."""
        with session(self.engine) as opened:
            opened.exec(
                update(Delivery)
                .where(col(Delivery.id) == row.id, col(Delivery.state) == "claimed")
                .values(**outcome)
            )
        state = str(outcome["state"])
        if state != "waiting":
            self._count("left", -1)
            self._count(state, 1)

    def _count(self, name: str, change: int) -> None:
        self.summary = replace(self.summary, **{name: getattr(self.summary, name) + change})


def _unwritable(row: Delivery, fault: InvalidText, now: datetime) -> Mapping[str, object]:
    message = f"'{row.recipient}': {fault.message} Correct it, and import it again."
    # No server was asked, so this says nothing about it: no instant of a claim is left.
    return {
        "state": "failed",
        "attempts": row.attempts - 1,
        "error": message,
        "ended_at": now,
        "claimed_at": None,
    }


def _outcome(row: Delivery, attempt: Attempt, now: datetime) -> Mapping[str, object]:
    """What an attempt makes of a message: its state, what is counted, and when it is tried again."""
    said: dict[str, object] = {"error": attempt.message, "next_at": None}
    if attempt.ending is Ending.SENT:
        return {**said, "state": "sent", "ended_at": now}
    if attempt.ending is Ending.UNCLEAR:
        return {**said, "state": "unresolved", "ended_at": now}
    if attempt.ending is Ending.REFUSED:
        if row.attempts >= MAX_ATTEMPTS:
            return {**said, "state": "failed", "ended_at": now}
        return {**said, "state": "refused", "next_at": now + REFUSED_AGAIN[row.attempts - 1]}
    said["attempts"] = row.attempts - 1
    if attempt.ending is Ending.UNREACHABLE:
        return {**said, "state": "waiting"}
    if row.deferrals + 1 >= MAX_DEFERRALS:
        return {**said, "state": "failed", "ended_at": now, "deferrals": row.deferrals + 1}
    wait = DEFERRED_AGAIN[min(row.deferrals, len(DEFERRED_AGAIN) - 1)]
    return {**said, "state": "deferred", "deferrals": row.deferrals + 1, "next_at": now + wait}
