"""Taking back the last word about a step, with everything that hung on it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from models import AuditEntry, SignOff, Step
from services import audit
from services.audit import Word
from services.casework import reminders
from services.casework.advancing import settle, unfinished_before
from services.casework.hanging import Gone, let_go
from services.casework.notices import NEW_NOTICE
from services.casework.sign_offs import AGREE, RECORD, SIGN_OFF, WAIVE
from services.casework.step_case import KEPT, StepCase, moved_to
from services.casework.steps import MovedStep
from services.errors import Objection, Refused

UNDO = "undo"


@dataclass(frozen=True)
class Undone:
    """The word that was taken back: what it said, whose it was and when; what moved and what went with it."""

    action: str
    who: str
    said_at: datetime
    moved: tuple[MovedStep, ...]
    gone: tuple[Gone, ...] = ()


def undo(session: Session, step_id: int, word: Word, *, seen: int | None = None) -> Undone:
    """Take back the last word about a step, with every date that hung on it; those who were told are told again.

    Once more takes back the word before it. Stages that began because of it begin again when their turn comes.
    What hung on a sign-off goes with it: steps that ended by themselves, evidence that was asked for and has not been
    answered, the ticks of those who were sent its document, a final team.

    Raises
    ------
    Refused
        Without a reason, if there is no word to be taken back, or if a later step that is done builds upon it.
    services.casework.review_timetable.InvalidTimetable
        If the dates that return cannot be, as the other dates are now.
    """
    case = StepCase(session, step_id, word.as_of)
    case.refuse(
        [
            *case.objections_to_state(),
            *case.objections_to_edition(seen),
            *case.objections_to_speaker(case.rules.policy.speakers.days, word),
        ]
    )
    if not word.note.strip():
        advice = "Say what was wrong with it."
        raise Refused([Objection(case.name, "undoing this needs a reason.", advice, field="why")])
    entry = _last_word(session, case.name)
    if entry is None:
        raise Refused.because(
            case.name, "there is no record about it to undo.", "Record or sign off what happened."
        )
    kept = json.loads(entry.before or "{}")["step"]
    was_done = case.step.state == "done" and kept["state"] != "done"
    by_itself: list[Step] = []
    if kept["state"] != "done":
        case.refuse(list(_built_upon(case, case.step, by_itself)))
    _restore(case.step, kept)
    ended = {step.step_id: step.actual_on for step in by_itself}
    gone: tuple[Gone, ...] = ()
    if was_done:
        gone = _withdraw(case, by_itself, word)
    if entry.action == SIGN_OFF:
        _forget_sign_off(session, step_id)
    moved = case.date_again()
    # Dates that moved back have put it otherwise: it is as it was then.
    case.step.state = kept["state"]
    case.step.waiver_code, case.step.waiver_reason = kept.get("waiver_code", ""), kept["waiver_reason"]
    told = {"entry": entry.id, "gone": {found.kind: found.names for found in gone}}
    case.audit(UNDO, word, before=case.kept, after={**told, "moved": moved_to(moved)}, why=word.note)
    for step in by_itself:
        step.edition += 1
        name, before = f"{case.activity.code} {step.step_id}", {"actual_on": ended[step.step_id]}
        audit.record_word(session, word, UNDO, name, before=before, after={**told, "edition": step.edition})
    return Undone(entry.action, entry.who, entry.at, moved, gone)


def _withdraw(case: StepCase, by_itself: Sequence[Step], word: Word) -> tuple[Gone, ...]:
    """Let go what hung on a step and on what ended by itself after it; whoever was told of them is told otherwise."""
    for step in by_itself:
        step.state, step.actual_on = "planned", None
    case.session.flush()
    gone = let_go(case, by_itself, word)
    _begin_again(case)
    for step in (case.step, *by_itself):
        reminders.tell_undone(case.session, case.activity, step, word.as_of, case.contacts)
        step.times_withdrawn += 1
        if case.framework.opens_to_authority(step.step_id):
            case.activity.revision += 1  # calendars take it as cancelled, and later as given again
    return gone


def _restore(step: Step, kept: Mapping[str, Any]) -> None:
    for name in KEPT:
        value = kept.get(name, "")  # older entries know no codes of waivers
        is_day = name in ("actual_on", "agreed_on") and value is not None
        setattr(step, name, date.fromisoformat(value) if is_day else value)


def has_word(session: Session, name: str) -> bool:
    """Whether anybody has said something of a step ('831-visit draft_report') that can be taken back."""
    return _last_word(session, name) is not None


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


def _built_upon(case: StepCase, step: Step, by_itself: list[Step]) -> Iterator[Objection]:
    """R043: what comes after a step is taken back first; what ended `by_itself` goes along and is collected."""
    framework = case.framework
    later = [
        other
        for other in case.steps()
        if other.state == "done" and step.step_id in framework.step(other.step_id).after
    ]
    for other in later:
        if (
            not other.needs_sign_off
            and _last_word(case.session, f"{case.activity.code} {other.step_id}") is None
        ):
            if other not in by_itself:
                by_itself.append(other)
                yield from _built_upon(case, other, by_itself)
            continue
        message = f"{other.name} came after it and is done."
        yield Objection(case.name, message, f"Undo {other.step_id} first.", "R043")


def _begin_again(case: StepCase) -> None:
    """Nothing of the activity has begun, or is told as done, because of a step that is not done after all."""
    framework, steps = case.framework, case.steps()
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
