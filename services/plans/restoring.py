"""Use case: the word that an activity is called off is taken back, as every word of a person can be."""

import json
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models import Activity, AuditEntry
from services import audit
from services.audit import Word
from services.casework.advancing import locked, settle
from services.casework.evidence.due_days import let_others_need
from services.casework.steps import FINISHED, date_steps, first_day, steps_of
from services.doors import CALL_OFF, HISTORY, IMPORT, SAY_WHAT_WAS_WRONG, UNDO
from services.errors import NotFound, Refused
from services.plans.cancelling import CANCEL, LAPSE, call_off
from services.plans.plan_store import published_version
from services.plans.staleness import facts_may_change
from services.programme import rules_of

UNDO_CANCEL = "undo cancel"
"""What the audit log calls it."""


@dataclass(frozen=True)
class Restored:
    """An activity that is not called off after all.

    `steps` are those that are to come again: identifier, name and first day. `successor` is the activity that was to
    take its place, called off now (None: there was none). `is_in_plan` is false if another plan was published since,
    without it.
    """

    activity: str
    said_by: str
    steps: tuple[tuple[str, str, date], ...]
    successor: str | None
    stale: tuple[int, ...]
    is_in_plan: bool


def undo_cancel(session: Session, code: str, word: Word) -> Restored:
    """Take back that an activity was called off: what was still to come is to come again, on its dates.

    Whoever heard that it was called off is told its dates with the next messages. What was to take its place is called
    off, if nothing of that is published yet.

    Raises
    ------
    Refused
        Without a reason, if it is not called off or nobody called it off, or if what takes its place is published.
    services.casework.review_timetable.InvalidTimetable
        If its dates cannot be any more, as the calendar is now.
    """
    activity = locked(session, col(Activity.code) == code)
    if activity.state != "cancelled":
        advice = UNDO.advise("Undo the last entry of a step")
        raise Refused.because(code, "it is not called off.", advice)
    if not word.note.strip():
        raise Refused.because(code, "undoing this needs a reason.", SAY_WHAT_WAS_WRONG, field="why")
    entry = _word_to_undo(session, code)
    why = f"{code} is not called off after all: {word.note}"
    with facts_may_change(session, why, word.who, word.at) as stale:
        successor = _take_from_its_place(session, entry)
        _bring_back(session, activity, word.as_of)
    after = {"state": activity.state, "successor": successor, "entry": entry.id}
    audit.record_word(session, word, UNDO_CANCEL, code, before="cancelled", after=after)
    steps = tuple(
        (step.step_id, step.name, first_day(step))
        for step in steps_of(session, activity)
        if step.state not in FINISHED
    )
    plan = published_version(session)
    is_in_plan = activity.plan_version is None or (plan is not None and plan.version == activity.plan_version)
    return Restored(code, entry.who, steps, successor, tuple(stale), is_in_plan)


def _word_to_undo(session: Session, code: str) -> AuditEntry:
    """The newest word that called an activity off."""
    said = (entry for entry in audit.entries(session, code) if entry.action in (CANCEL, UNDO_CANCEL, LAPSE))
    entry = next(said, None)
    if entry is None or entry.action != CANCEL:
        advice = IMPORT.advise("Import the files in which it is again")
        raise Refused.because(code, "nobody called it off: the files had it no more.", advice)
    return entry


def _take_from_its_place(session: Session, entry: AuditEntry) -> str | None:
    """Call off the activity that was made in place of the one called off."""
    code = json.loads(entry.after or "{}").get("successor")
    if code is None:
        return None
    successor = session.exec(select(Activity).where(Activity.code == code)).one_or_none()
    if successor is None:
        raise NotFound(
            code,
            "it was to take the place, and is not there.",
            HISTORY.advise("See what was done"),
        )
    if successor.state == "cancelled":
        return None
    if successor.precision is not None:
        advice = CALL_OFF.advise("Call that off first", code=code)
        raise Refused.because(entry.subject, f"{code} has taken its place and is published.", advice)
    call_off(session, successor)
    return str(code)


def _bring_back(session: Session, activity: Activity, as_of: date) -> None:
    activity.state = "planned"
    session.flush()
    if activity.plan_version is not None:
        date_steps(session, activity, rules_of(session).of(activity), as_of)
        settle(activity, steps_of(session, activity))
    let_others_need(session, activity)
