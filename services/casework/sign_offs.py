"""A person's word about a step: it is done, when it really happened, another day is agreed, a rule is waived, undone.

Each is one transaction with its audit entry, and recomputes every date that counts from the step.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from models import Activity, AuditEntry, SignOff, Step
from reports.words import date_in_words
from services import audit
from services.audit import Word
from services.casework import reminders
from services.casework.advancing import find_step, finish, locked, settle, unfinished_before
from services.casework.contacts import Contacts
from services.casework.notices import NEW_NOTICE
from services.casework.steps import LIVING, MovedStep, date_steps, last_day, steps_of
from services.errors import Objection, Refused
from services.programme import Rules, rules_of

KEPT = ("state", "actual_on", "agreed_on", "waiver_reason")
"""What of a step a word changes; the audit log keeps it as it was, so that the word can be undone."""


SIGN_OFF, RECORD, AGREE, WAIVE, UNDO = "sign off", "record actual date", "agree date", "waive", "undo"


@dataclass(frozen=True)
class Undone:
    """The word that was taken back: what it said, whose it was and when; and the steps that moved."""

    action: str
    who: str
    said_at: datetime
    moved: tuple[MovedStep, ...]


def sign_off(
    session: Session,
    step_id: int,
    happened_on: date,
    word: Word,
    *,
    revision: int | None = None,
    waiver: str = "",
) -> tuple[MovedStep, ...]:
    """A person says that a step is done; returns the steps that moved because they count from it.

    Parameters
    ----------
    happened_on
        The day on which it really happened; of a stage, its last day.
    revision
        Revision of the step's dates that the person saw; refused if they changed meanwhile.
    waiver
        Why a rule is waived, where the step is done too late or in a closed period (R094).

    Raises
    ------
    Refused
        If it is done already, if something that comes before it is not (R043), if the day lies ahead, or if
        a waiver is needed and not given.
    services.casework.review_timetable.InvalidTimetable
        If that day cannot be, as the other dates are.
    """
    case = _Case(session, step_id, word.as_of)
    case.refuse(_objections(case, happened_on, revision))
    if not case.step.needs_sign_off:
        advice = "Record its actual date instead."
        raise Refused.because(case.name, "nobody needs to sign it off; it ends by itself.", advice)
    before = case.step.broken_rules
    finish(session, case.activity, case.step, happened_on, word.as_of, case.contacts)
    session.add(
        SignOff(
            step_id=step_id,
            revision=case.step.revision,
            signed_by=word.who,
            signed_at=word.at,
            happened_on=happened_on,
            note=word.note,
        )
    )
    moved = case.date_again()
    case.waive(before, waiver)
    case.audit(SIGN_OFF, word, before=None, after=happened_on, moved=moved, why=waiver or word.note)
    return moved


def record_actual(session: Session, step_id: int, happened_on: date, word: Word) -> tuple[MovedStep, ...]:
    """Write down on which day a step really happened: one that ends by itself, or to correct one that is done.

    The note says why; it may not be empty where an earlier word is corrected.

    Raises
    ------
    Refused
        If the step still waits for a sign-off, if the day lies ahead, or if a correction has no reason.
    services.casework.review_timetable.InvalidTimetable
        If that day cannot be, as the other dates are.
    """
    case = _Case(session, step_id, word.as_of)
    is_correction = case.step.state == "done"
    case.refuse([*_lies_ahead(case, happened_on), *([] if is_correction else _too_soon(case))])
    if case.step.needs_sign_off and not is_correction:
        raise Refused.because(case.name, "somebody must sign it off.", "Sign it off with that day.")
    if is_correction and not word.note:
        raise Refused.because(case.name, "a correction needs a reason.", "Say what was wrong.")
    before = case.step.actual_on
    finish(session, case.activity, case.step, happened_on, word.as_of, case.contacts)
    moved = case.date_again()
    case.audit(RECORD, word, before=before, after=happened_on, moved=moved, why=word.note)
    return moved


def agree_date(
    session: Session, step_id: int, agreed_on: date | None, word: Word, *, waiver: str = ""
) -> tuple[MovedStep, ...]:
    """Agree another day for a milestone or a deadline than the counted one (None: the counted one again).

    A hard date moves to a later day only with a waiver, whose reason is kept (R094).

    Raises
    ------
    Refused
        If the step is done, if the day has passed or lies before what must come first (R043), or if a waiver is
        needed and not given.
    """
    case = _Case(session, step_id, word.as_of)
    if case.step.state == "done":
        raise Refused.because(case.name, "it is already done.", "Record its actual date.")
    if agreed_on is not None:
        case.refuse(list(_agreed_too_early(case, agreed_on)))
    before, broken = case.step.due_on, case.step.broken_rules
    case.step.agreed_on = agreed_on
    moved = case.date_again()
    case.waive(broken, waiver)
    case.audit(AGREE, word, before=before, after=agreed_on, moved=moved, why=waiver or word.note)
    return moved


def waive(session: Session, step_id: int, reason: str, word: Word) -> None:
    """Keep the reason for which a rule is waived that a step's dates break; refused where none is broken."""
    case = _Case(session, step_id, word.as_of)
    if not case.step.waiver_needed:
        raise Refused.because(case.name, "its dates break no rule.", "Name the step whose dates break one.")
    if not reason.strip():
        raise Refused.because(
            case.name, "a waiver needs a reason.", f"It is about: {case.step.waiver_needed}."
        )
    before, case.step.waiver_reason = case.step.waiver_reason, reason
    case.audit(
        WAIVE, word, before=before, after=reason, moved=(), why=case.step.waiver_needed, subject="reason"
    )


def undo(session: Session, step_id: int, word: Word) -> Undone:
    """Take back the last word about a step, with every date that hung on it; those who were told are told again.

    Once more takes back the word before it. Stages that began because of it begin again when their turn comes.
    Evidence that was asked for meanwhile stays asked for.

    Raises
    ------
    Refused
        Without a reason, if there is no word to be taken back, or if a later step that is done builds upon it.
    services.casework.review_timetable.InvalidTimetable
        If the dates that return cannot be, as the other dates are now.
    """
    case = _Case(session, step_id, word.as_of)
    if not word.note.strip():
        raise Refused.because(case.name, "undoing this needs a reason.", "Say what was wrong with it.")
    entry = _last_word(session, case.name)
    if entry is None:
        raise Refused.because(
            case.name, "there is no record about it to undo.", "Record or sign off what happened."
        )
    kept = json.loads(entry.before or "{}")["step"]
    if kept["state"] != "done":
        case.refuse(list(_built_upon(case)))
    was_done = case.step.state == "done" and kept["state"] != "done"
    _restore(case.step, kept)
    if was_done:
        _begin_again(case)
        reminders.tell_undone(session, case.activity, case.step, word.as_of, case.contacts)
    if entry.action == SIGN_OFF:
        _forget_sign_off(session, step_id)
    moved = case.date_again()
    case.step.state, case.step.waiver_reason = (
        kept["state"],
        kept["waiver_reason"],
    )  # dates moved back: as then
    audit.record(
        session,
        word.who,
        word.at,
        UNDO,
        case.name,
        before=case.kept,
        after={"entry": entry.id, "moved": {step.step_id: [step.before, step.after] for step in moved}},
        why=word.note,
    )
    return Undone(entry.action, entry.who, entry.at, moved)


class _Case:
    """A step with everything around it that its change touches."""

    def __init__(self, session: Session, step_id: int, as_of: date) -> None:
        self.session, self.as_of = session, as_of
        self.step: Step = find_step(session, step_id)
        self.activity: Activity = locked(session, col(Activity.id) == self.step.activity_id)
        session.refresh(self.step)
        self.rules: Rules = rules_of(session)
        self.contacts = Contacts(session, self.rules)
        self.name = f"{self.activity.code} {self.step.step_id}"
        self.kept = kept_of(self.step)

    def refuse(self, objections: list[Objection]) -> None:
        if objections:
            raise Refused(objections)

    def date_again(self) -> tuple[MovedStep, ...]:
        moved = date_steps(self.session, self.activity, self.rules.of(self.activity), self.as_of)
        settle(self.activity, steps_of(self.session, self.activity))
        return moved

    def waive(self, before: str | None, reason: str) -> None:
        """Keep the reason for which rules are waived; one that was not broken `before` needs a reason (R094)."""
        needed = self.step.waiver_needed
        if needed and before not in (None, self.step.broken_rules) and not reason.strip():
            advice = "Give a reason for the waiver."
            raise Refused.because(self.name, f"this needs a waiver: {needed}.", advice, "R094")
        if needed and reason.strip():
            self.step.waiver_reason = reason

    def audit(
        self,
        action: str,
        word: Word,
        *,
        before: object,
        after: object,
        moved: tuple[MovedStep, ...],
        why: str,
        subject: str = "day",
    ) -> None:
        """Write down what a word changed: the step's `subject`, and every date that moved along."""
        told = {subject: after, "moved": {step.step_id: [step.before, step.after] for step in moved}}
        was = {subject: before, "step": self.kept}
        audit.record(self.session, word.who, word.at, action, self.name, before=was, after=told, why=why)


def kept_of(step: Step) -> dict[str, Any]:
    """What of a step a word may change, as it is."""
    return {name: getattr(step, name) for name in KEPT}


def _restore(step: Step, kept: Mapping[str, Any]) -> None:
    for name in KEPT:
        is_day = name in ("actual_on", "agreed_on") and kept[name] is not None
        setattr(step, name, date.fromisoformat(kept[name]) if is_day else kept[name])


def _last_word(session: Session, name: str) -> AuditEntry | None:
    """The newest word about a step that was not taken back.

    Older versions kept no state to return to; nor is there one before a notice that has to be given anew.
    """
    undone: set[int] = set()
    for entry in audit.entries(session, subject=name):
        if entry.action == UNDO:
            undone.add(json.loads(entry.after or "{}")["entry"])
        elif entry.action == NEW_NOTICE:
            return None
        elif entry.action in (SIGN_OFF, RECORD, AGREE, WAIVE) and entry.id not in undone:
            return entry if "step" in json.loads(entry.before or "{}") else None
    return None


def _built_upon(case: _Case) -> Iterator[Objection]:
    """R043: what comes after a step is taken back first."""
    framework = case.rules.of(case.activity)
    later = [
        other
        for other in steps_of(case.session, case.activity)
        if other.state == "done" and case.step.step_id in framework.step(other.step_id).after
    ]
    for other in later:
        message = f"{other.name} came after it and is done."
        yield Objection(case.name, message, f"Undo {other.step_id} first.", "R043")


def _begin_again(case: _Case) -> None:
    """Nothing of the activity has begun, or is told as done, because of a step that is not done after all."""
    framework, steps = case.rules.of(case.activity), steps_of(case.session, case.activity)
    for other in steps:
        waits = other.kind == "stage" and unfinished_before(framework, other, steps)
        if waits and other.state not in ("planned", "done", "superseded"):
            other.state = "planned"
    case.activity.state = "planned"
    settle(case.activity, steps)


def _forget_sign_off(session: Session, step_id: int) -> None:
    query = select(SignOff).where(SignOff.step_id == step_id).order_by(col(SignOff.id).desc())
    newest = session.exec(query).first()
    if newest is not None:
        session.delete(newest)


def _objections(case: _Case, happened_on: date, revision: int | None) -> list[Objection]:
    found = [*_lies_ahead(case, happened_on), *_too_soon(case)]
    if case.step.state == "done":
        message = f"it was done on {date_in_words(case.step.actual_on or happened_on)}."
        return [Objection(case.name, message, "Record its actual date, with a reason.")]
    if revision is not None and revision != case.step.revision:
        message = f"its dates have changed since revision {revision}; they are now at revision {case.step.revision}."
        found.append(Objection(case.name, message, "Look at the new dates, then sign off again."))
    if case.activity.state not in LIVING:
        message = f"the activity is {case.activity.state}."
        found.append(Objection(case.name, message, "Name another activity of the area."))
    return found


def _lies_ahead(case: _Case, happened_on: date) -> Iterator[Objection]:
    if happened_on > case.as_of:
        message = f"{date_in_words(happened_on)} is later than today, {date_in_words(case.as_of)}."
        yield Objection(case.name, message, "Check the year.")


def _agreed_too_early(case: _Case, agreed_on: date) -> Iterator[Objection]:
    """A day that has passed, or lies before what must come first (R043), can't be agreed any more."""
    if agreed_on < case.as_of:
        message = f"{date_in_words(agreed_on)} is earlier than today, {date_in_words(case.as_of)}."
        yield Objection(case.name, message, "Check the year; sign off or record what has happened.")
    before = case.rules.of(case.activity).step(case.step.step_id).after
    for other in steps_of(case.session, case.activity):
        day = other.actual_on or last_day(other)
        if other.step_id in before and agreed_on < day:
            earlier = f"{date_in_words(agreed_on)} is earlier than {other.step_id} on {date_in_words(day)}"
            message = f"{earlier}, which it comes after."
            yield Objection(case.name, message, "Agree a later day.", "R043")


def _too_soon(case: _Case) -> Iterator[Objection]:
    """R043: the order of the steps."""
    steps = steps_of(case.session, case.activity)
    missing = [step.name for step in unfinished_before(case.rules.of(case.activity), case.step, steps)]
    if missing:
        message = f"it comes after {', '.join(missing)}, not yet signed off."
        yield Objection(case.name, message, "Sign off what comes before it first.", "R043")
