"""Mail to operations when something is in trouble: a run failed, is late, a place in a team was declined."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from models import Contact, Delivery

SUBJECTS = {
    "failed": "A run failed: {subject}",
    "late": "A run is late: {subject}",
    "attention": "Needs attention: {subject}",
    "no_tick": "The daily tick has not run",
    "declined": "A place in a team was declined: {subject}",
}
ADVICE = {
    "failed": "What was committed is kept; the next tick does what is due and not yet done. Its log says why.",
    "late": "The runner is down or has more to do than it can manage. Check that jarcycle is up.",
    "attention": "Start with the page What is due of the console.",
    "declined": "The next solve gives the place to somebody else: jarcycle solve.",
    "no_tick": "No tick has ended for more than a weekend. Start jarcycle: the first tick catches up.",
}


@dataclass(frozen=True)
class Alert:
    """What happened: `kind` is a key of `SUBJECTS`; `event` names the occasion, so that it is told once.

    `details` are lines that say more of it.
    """

    kind: str
    subject: str
    address: str
    event: str
    details: tuple[str, ...] = ()


def tell_operations(session: Session, alert: Alert, as_of: date, at: datetime) -> int:
    """Queue a mail to each contact of role operations; returns how many are new (the same event again: none)."""
    contacts = session.exec(select(Contact).where(Contact.role == "operations").order_by(col(Contact.email)))
    queued = 0
    for email in dict.fromkeys(contact.email for contact in contacts):
        message_id = _message_id(alert, email)
        if session.exec(select(Delivery.id).where(Delivery.message_id == message_id)).first() is None:
            session.add(_delivery(alert, email, message_id, as_of, at))
            queued += 1
    return queued


def _delivery(alert: Alert, email: str, message_id: str, as_of: date, at: datetime) -> Delivery:
    # A header may hold one line only, and what an automation quotes can hold anything.
    subject = " ".join(SUBJECTS[alert.kind].format(subject=alert.subject).split())
    lines = [subject + ".", "", *alert.details, *([""] if alert.details else []), ADVICE[alert.kind]]
    if alert.address:
        lines += ["", alert.address]
    lines += ["", f"Noted on {at:%Y-%m-%d} at {at:%H:%M} UTC."]
    return Delivery(
        message_id=message_id,
        as_of=as_of,
        channel="mail",
        recipient=email,
        subject=subject,
        body="\n".join(lines),
    )


def _message_id(alert: Alert, email: str) -> str:
    digest = hashlib.sha256(f"{alert.kind}|{alert.event}|{email}".encode()).hexdigest()
    return f"<alert-{digest[:32]}@jarcycle>"
