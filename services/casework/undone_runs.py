"""Taking back a run of the daily work that was made for a wrong day, as long as nothing was sent because of it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, or_, select

from models import (
    Activity,
    Announcement,
    AuditEntry,
    Delivery,
    Heartbeat,
    Reminder,
    Step,
)
from reports.words import date_in_words
from services import audit
from services.audit import Word
from services.casework.advancing import ADVANCE, locked
from services.casework.evidence.taking_back import take_back_requests
from services.casework.steps import steps_of
from services.doors import HISTORY, UNDO
from services.errors import Objection, Refused

UNDO_RUN = "undo run"
UNSENT = ("waiting", "refused", "deferred")
"""States of a message that nobody has received."""


@dataclass(frozen=True)
class UndoneRun:
    """The run that was taken back: for which day it worked, and what of it is gone."""

    as_of: date
    steps: tuple[str, ...]
    reminders: int
    requests: int


@dataclass(frozen=True)
class LatestRun:
    """The run that would be taken back: for which day it worked, and the activities that it moved."""

    as_of: date
    activities: tuple[str, ...]


def latest_run(session: Session) -> LatestRun | None:
    """The latest run that moved steps and was not taken back; None if there is none."""
    entries = _latest(session, _undone(session))
    return LatestRun(_day_of(entries), tuple(entry.subject for entry in entries)) if entries else None


def undo_run(session: Session, word: Word) -> UndoneRun:
    """Put every step that the latest run moved back as it was, and forget what is not due by today.

    Once more takes back the run before it. What was due by today is made again by the next run.

    Parameters
    ----------
    word
        Whose word it is, with the reason; its day is the one that it really is.

    Raises
    ------
    Refused
        Without a reason, if no run has moved anything, if something happened to its reviews since, or if a message
        of that day has gone out.
    """
    if not word.note.strip():
        raise Refused.because(
            "run", "undoing a run needs a reason.", "Say what was wrong with it.", field="why"
        )
    undone = _undone(session)
    entries = _latest(session, undone)
    if not entries:
        raise Refused.because("run", "no run has moved any step.", HISTORY.advise("See what was done"))
    as_of = _day_of(entries)
    activities = {entry.subject: locked(session, col(Activity.code) == entry.subject) for entry in entries}
    objections = [*_happened_since(session, entries, undone), *_sent(session, activities, as_of)]
    if objections:
        raise Refused(objections)
    steps = [name for entry in entries for name in _restore(session, activities[entry.subject], entry)]
    reminders = _forget_reminders(session, activities, as_of, word.as_of)
    requests = sum(len(take_back_requests(session, activity)) for activity in activities.values())
    for beat in session.exec(select(Heartbeat).where(Heartbeat.as_of > word.as_of)):
        beat.as_of = word.as_of
    for entry in entries:
        before, after = json.loads(entry.after or "{}"), json.loads(entry.before or "{}")
        audit.record_word(
            session, word, UNDO_RUN, entry.subject, before=before, after={**after, "entry": entry.id}
        )
    session.flush()
    return UndoneRun(as_of, tuple(steps), reminders, requests)


def _undone(session: Session) -> set[int]:
    """Numbers of the entries whose runs were taken back."""
    query = select(AuditEntry.after).where(AuditEntry.action == UNDO_RUN)
    return {json.loads(after or "{}")["entry"] for after in session.exec(query)}


def _day_of(entries: Sequence[AuditEntry]) -> date:
    """For which day a run worked."""
    return date.fromisoformat(json.loads(entries[0].after or "{}")["as_of"])


def _latest(session: Session, undone: set[int]) -> list[AuditEntry]:
    """The entries of the latest run that was not taken back: one for each activity that it moved."""
    query = select(AuditEntry).where(AuditEntry.action == ADVANCE, col(AuditEntry.id).not_in(undone))
    newest = session.exec(query.order_by(col(AuditEntry.id).desc())).first()
    if newest is None:
        return []
    same = query.where(AuditEntry.at == newest.at, AuditEntry.who == newest.who)
    return list(session.exec(same.order_by(col(AuditEntry.id))))


def _happened_since(session: Session, entries: Sequence[AuditEntry], undone: set[int]) -> Iterator[Objection]:
    known = {*undone, *(entry.id for entry in entries)}
    for entry in entries:
        about = or_(
            AuditEntry.subject == entry.subject,
            col(AuditEntry.subject).startswith(f"{entry.subject} ", autoescape=True),
        )
        query = select(AuditEntry).where(about, col(AuditEntry.id) > entry.id, AuditEntry.action != UNDO_RUN)
        later = [other for other in session.exec(query) if other.id not in known]
        if later:
            message = f"'{later[0].action}' of {later[0].subject} came after the run."
            yield Objection(entry.subject, message, UNDO.advise("Undo that first"))


def _sent(session: Session, activities: Mapping[str, Activity], as_of: date) -> Iterator[Objection]:
    numbers = {activity.id: code for code, activity in activities.items()}
    query = (
        select(Reminder.activity_id, Delivery.recipient)
        .join(Delivery, col(Delivery.id) == col(Reminder.delivery_id))
        .where(
            col(Reminder.activity_id).in_(numbers),
            Delivery.as_of >= as_of,
            col(Delivery.state).not_in(UNSENT),
        )
        .distinct()
    )
    dates = (
        select(Announcement.activity_id, Delivery.recipient)
        .join(Delivery, col(Delivery.id) == col(Announcement.delivery_id))
        .where(col(Announcement.activity_id).in_(numbers), Delivery.as_of >= as_of)
        .where(col(Delivery.state).not_in(UNSENT))
    )
    told: dict[int, set[str]] = {}
    for activity_id, recipient in (*session.exec(query), *session.exec(dates)):
        told.setdefault(activity_id, set()).add(recipient)
    for activity_id, people in told.items():
        message = f"a message of {date_in_words(as_of)} about it has gone out to {len(people)}, first to {min(people)}."
        advice = UNDO.advise("Correct single steps instead")
        yield Objection(numbers[activity_id], message, advice)


def _restore(session: Session, activity: Activity, entry: AuditEntry) -> Iterator[str]:
    """The steps as they were; reminders that were withdrawn because of them come back with the next run."""
    before: dict[str, Any] = json.loads(entry.before or "{}")
    for step in steps_of(session, activity):
        kept = before["steps"].get(step.step_id)
        if kept is not None:
            day = kept["actual_on"]
            step.state, step.actual_on = kept["state"], None if day is None else date.fromisoformat(day)
            step.notes = kept["notes"]
            yield f"{activity.code} {step.step_id}"
    activity.state = before["state"]


def _forget_reminders(session: Session, activities: Mapping[str, Activity], as_of: date, today: date) -> int:
    """Reminders that are not due by today, and words that a step is done which is not; unsent messages of that run."""
    unsent = select(Delivery).where(Delivery.as_of >= as_of, col(Delivery.state).in_(UNSENT))
    for message in session.exec(unsent).all():
        held = session.exec(select(Reminder).where(Reminder.delivery_id == message.id)).all()
        for row in held:
            row.state, row.delivery_id = "planned", None
        told = session.exec(select(Announcement).where(Announcement.delivery_id == message.id)).all()
        for said in told:
            session.delete(said)
        session.flush()
        if held or told:  # others, such as alerts, speak of no activity
            session.delete(message)
    session.flush()
    not_done = (
        select(Step.id)
        .where(col(Step.activity_id).in_([activity.id for activity in activities.values()]))
        .where(Step.state != "done")
    )
    early = col(Reminder.remind_on) > today
    untrue = (col(Reminder.rule) == "done") & col(Reminder.step_id).in_(not_done)
    rows = session.exec(select(Reminder).where(col(Reminder.delivery_id).is_(None), or_(early, untrue))).all()
    for row in rows:
        session.delete(row)
    session.flush()
    return len(rows)
