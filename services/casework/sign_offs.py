"""A person's word about a step: it is done, when it really happened, another day is agreed, a rule is waived.

Each is one transaction with its audit entry, and recomputes every date that counts from the step.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col

from models import Activity, SignOff, Step
from services import audit
from services.casework.advance import find_step, finish, locked, settle, unfinished_before
from services.casework.contacts import Contacts
from services.casework.steps import LIVING, MovedStep, date_steps, steps_of
from services.days.step_dates import day_text
from services.errors import Objection, Refused
from services.programme import Rules, rules_of


@dataclass(frozen=True)
class Word:
    """Who says it, when, on which day of the programme, and with what remark or evidence."""

    who: str
    at: datetime
    as_of: date
    note: str = ""


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
        advice = "Maybe record its actual date instead."
        raise Refused.because(case.name, "nobody needs to sign it off, it ends by itself.", advice)
    before = case.step.waiver_needed
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
    case.audit("sign off", word, before=None, after=happened_on, moved=moved, why=waiver or word.note)
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
        raise Refused.because(case.name, "somebody must sign it off.", "Maybe sign it off with that day.")
    if is_correction and not word.note:
        raise Refused.because(case.name, "a correction needs a reason.", "Maybe say what was wrong.")
    before = case.step.actual_on
    finish(session, case.activity, case.step, happened_on, word.as_of, case.contacts)
    moved = case.date_again()
    case.audit("record actual date", word, before=before, after=happened_on, moved=moved, why=word.note)
    return moved


def agree_date(
    session: Session, step_id: int, agreed_on: date | None, word: Word, *, waiver: str = ""
) -> tuple[MovedStep, ...]:
    """Agree another day for a milestone or a deadline than the counted one (None: the counted one again).

    A hard date moves to a later day only with a waiver, whose reason is kept (R094).
    """
    case = _Case(session, step_id, word.as_of)
    if case.step.state == "done":
        raise Refused.because(case.name, "it is done already.", "Maybe correct its actual date.")
    before, needed = case.step.due_on, case.step.waiver_needed
    case.step.agreed_on = agreed_on
    moved = case.date_again()
    case.waive(needed, waiver)
    case.audit("agree date", word, before=before, after=agreed_on, moved=moved, why=waiver or word.note)
    return moved


def waive(session: Session, step_id: int, reason: str, word: Word) -> None:
    """Keep the reason for which a rule is waived that a step's dates break; refused where none is broken."""
    case = _Case(session, step_id, word.as_of)
    if not case.step.waiver_needed:
        raise Refused.because(case.name, "its dates break no rule.", "Maybe another step is meant.")
    if not reason.strip():
        raise Refused.because(
            case.name, "a waiver needs a reason.", f"It is about: {case.step.waiver_needed}."
        )
    before, case.step.waiver_reason = case.step.waiver_reason, reason
    case.audit("waive", word, before=before, after=reason, moved=(), why=case.step.waiver_needed)


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

    def refuse(self, objections: list[Objection]) -> None:
        if objections:
            raise Refused(objections)

    def date_again(self) -> tuple[MovedStep, ...]:
        moved = date_steps(self.session, self.activity, self.rules.of(self.activity), self.as_of)
        settle(self.activity, steps_of(self.session, self.activity))
        return moved

    def waive(self, before: str, reason: str) -> None:
        needed = self.step.waiver_needed
        if needed and needed != before and not reason.strip():
            advice = "Maybe give a reason for the waiver."
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
    ) -> None:
        told = {"day": after, "moved": {step.step_id: [step.before, step.after] for step in moved}}
        audit.record(
            self.session, word.who, word.at, action, self.name, before={"day": before}, after=told, why=why
        )


def _objections(case: _Case, happened_on: date, revision: int | None) -> list[Objection]:
    found = [*_lies_ahead(case, happened_on), *_too_soon(case)]
    if case.step.state == "done":
        message = f"it was done on {day_text(case.step.actual_on or happened_on)} already."
        return [Objection(case.name, message, "Maybe correct its actual date, with a reason.")]
    if revision is not None and revision != case.step.revision:
        message = (
            f"its dates changed since revision {revision}, they are of revision {case.step.revision} now."
        )
        found.append(Objection(case.name, message, "Maybe look at the new dates, then sign off again."))
    if case.activity.state not in LIVING:
        message = f"the activity is {case.activity.state}."
        found.append(Objection(case.name, message, "Maybe another activity of the area is meant."))
    return found


def _lies_ahead(case: _Case, happened_on: date) -> Iterator[Objection]:
    if happened_on > case.as_of:
        message = f"{day_text(happened_on)} lies ahead of {day_text(case.as_of)}."
        yield Objection(case.name, message, "Maybe the year is wrong.")


def _too_soon(case: _Case) -> Iterator[Objection]:
    """R043: the order of the steps."""
    steps = steps_of(case.session, case.activity)
    missing = [step.name for step in unfinished_before(case.rules.of(case.activity), case.step, steps)]
    if missing:
        message = f"it comes after {', '.join(missing)}, not signed off yet."
        yield Objection(case.name, message, "Maybe sign off what comes before it first.", "R043")
