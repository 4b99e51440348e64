"""A person's word about a step: it is done, when it really happened, another day is agreed, a rule is waived.

Each is one transaction with its audit entry, and recomputes every date that counts from the step; `undoing` takes
them back.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from sqlmodel import Session

from models import SignOff
from reports.words import date_in_words
from services.audit import Word
from services.casework.advancing import finish, unfinished_before
from services.casework.agreed_days import objections_to_agreed
from services.casework.circulation import UNDO_FIRST, sent_before
from services.casework.consultation.surveys import objections_to_survey
from services.casework.follow_up.statements import objections_to_follow_up
from services.casework.gates import Lacking, lacking, newest_sign_offs, objections_to_gate
from services.casework.reporting.report_versions import keep_version
from services.casework.signers import Signer, Task, objections_to_signer
from services.casework.step_case import StepCase, moved_to
from services.casework.steps import LIVING, MovedStep, last_day
from services.casework.waiver_reasons import WaiverReason
from services.errors import AlreadySo, Objection, Refused

SIGN_OFF, RECORD, AGREE, WAIVE = "sign off", "record actual date", "agree date", "waive"


def sign_off(
    session: Session,
    step_id: int,
    happened_on: date | None,
    word: Word,
    *,
    signer: Signer | None = None,
    seen: int | None = None,
    waiver: WaiverReason | None = None,
) -> tuple[MovedStep, ...]:
    """A person says that a step is done; returns the steps that moved because they count from it.

    Parameters
    ----------
    happened_on
        The day on which it really happened; of a stage, its last day. None: today, or a stage's last day if that
        is over.
    signer
        Whose word it is: who holds the role that signs the step off, or somebody on behalf of them. None: who
        writes it down.
    seen
        Edition of the step that the person saw; refused if it has changed meanwhile.
    waiver
        Why a rule is waived, where the step is done too late or in a closed period (R094), or without its outputs
        (R048) or inputs.

    Raises
    ------
    Refused
        If it is done already, if something that comes before it is not (R043), if the day lies ahead, if the
        signer does not hold the role, or if a waiver is needed and not given.
    services.casework.review_timetable.InvalidTimetable
        If that day cannot be, as the other dates are.
    """
    case = StepCase(session, step_id, word.as_of)
    signer, day = signer or Signer(word.who), happened_on or _usual_day(case)
    case.refuse(_done_already(case))
    if not case.step.needs_sign_off:
        advice = "Record its actual date instead."
        raise Refused.because(case.name, "nobody needs to sign it off; it ends by itself.", advice)
    task = Task(case.name, (case.step.sign_off,), word.as_of)
    lacks = lacking(session, case.activity, case.framework, case.step, case.steps())
    case.refuse(
        [
            *case.objections_to_edition(seen),
            *_lies_ahead(case, day),
            *_too_soon(case),
            *_ended(case),
            *objections_to_signer(case.activity, task, signer, case.contacts),
            *case.objections_to_reason(waiver),
            *(objections_to_gate(case, lacks) if waiver is None else ()),
            *objections_to_follow_up(case),
            *objections_to_survey(case),
        ]
    )
    before = case.step.broken_rules
    finish(session, case.activity, case.step, day, word.as_of, case.contacts)
    session.add(_signature(case, day, word, signer, lacks, waiver))
    keep_version(session, case.activity, case.step, word)
    moved = case.date_again()
    case.waive(before, waiver)
    after = {
        "day": day,
        "signed by": signer.name,
        "on behalf of": signer.on_behalf_of,
        "without": [*lacks.output_ids.split(), *lacks.inputs, *lacks.themes, *lacks.report.ids()],
        "moved": moved_to(moved),
    }
    _write(case, SIGN_OFF, word, None, after, _why(waiver) or signer.why or word.note)
    return moved


def record_actual(
    session: Session, step_id: int, happened_on: date, word: Word, *, seen: int | None = None
) -> tuple[MovedStep, ...]:
    """Write down on which day a step really happened: one that ends by itself, or to correct one that is done.

    The note says why; it may not be empty where an earlier word is corrected.

    Raises
    ------
    AlreadySo
        If that day is recorded.
    Refused
        If the step still waits for a sign-off, if the day lies ahead, or if a correction has no reason.
    services.casework.review_timetable.InvalidTimetable
        If that day cannot be, as the other dates are.
    """
    case = StepCase(session, step_id, word.as_of)
    is_correction = case.step.state == "done"
    case.refuse(_out_of_turn(case, word, seen))
    if is_correction and case.step.actual_on == happened_on:
        raise AlreadySo.because(case.name, f"it happened on {date_in_words(happened_on)}.")
    too_soon = () if is_correction else _too_soon(case)
    case.refuse([*_lies_ahead(case, happened_on), *too_soon, *_sent_before(case, happened_on)])
    if case.step.needs_sign_off and not is_correction:
        raise Refused.because(case.name, "somebody must sign it off.", "Sign it off with that day.")
    if is_correction and not word.note.strip():
        objection = Objection(case.name, "a correction needs a reason.", "Say what was wrong.", field="why")
        raise Refused([objection])
    before = case.step.actual_on
    finish(session, case.activity, case.step, happened_on, word.as_of, case.contacts)
    moved = case.date_again()
    _write(case, RECORD, word, before, {"day": happened_on, "moved": moved_to(moved)}, word.note)
    return moved


def agree_date(
    session: Session,
    step_id: int,
    agreed_on: date | None,
    word: Word,
    *,
    waiver: WaiverReason | None = None,
    seen: int | None = None,
) -> tuple[MovedStep, ...]:
    """Agree another day for a milestone or a deadline than the counted one (None: the counted one again).

    A hard date moves to a later day only with a waiver, whose reason is kept (R094).

    Raises
    ------
    AlreadySo
        If that is the agreed day.
    Refused
        If the step is done or a stage, if nobody works on the day, if it has passed, lies before what must come first
        or after what must follow (R043), or if a waiver is needed and not given.
    """
    case = StepCase(session, step_id, word.as_of)
    case.refuse(_out_of_turn(case, word, seen))
    if case.step.state == "done":
        raise Refused.because(case.name, "it is already done.", "Record its actual date.")
    if case.step.kind == "stage":
        advice = "Agree another day for a milestone or a deadline, or move the stage in a plan."
        raise Refused.because(case.name, "a stage is in the weeks of its plan.", advice)
    if case.step.agreed_on == agreed_on and waiver in (None, case.waiver):
        on = "the day that the rules count" if agreed_on is None else date_in_words(agreed_on)
        raise AlreadySo.because(case.name, f"it is on {on}.")
    wrong = () if agreed_on is None else objections_to_agreed(case, agreed_on)
    case.refuse([*wrong, *case.objections_to_reason(waiver)])
    before, broken = case.step.due_on, case.step.broken_rules
    case.step.agreed_on = agreed_on
    moved = case.date_again()
    case.waive(broken, waiver)
    after = {"day": agreed_on, "moved": moved_to(moved)}
    _write(case, AGREE, word, before, after, _why(waiver) or word.note)
    return moved


def waive(
    session: Session, step_id: int, reason: WaiverReason, word: Word, *, seen: int | None = None
) -> None:
    """Keep the reason for which a rule is waived that a step's dates break; refused where none is broken.

    AlreadySo if it is waived for that reason.
    """
    case = StepCase(session, step_id, word.as_of)
    case.refuse(_out_of_turn(case, word, seen))
    if not case.step.waiver_needed:
        raise Refused.because(case.name, "its dates break no rule.", "Name the step whose dates break one.")
    if reason == case.waiver:
        raise AlreadySo.because(case.name, "its rule is waived for that reason.")
    case.refuse(case.objections_to_reason(reason))
    before = _why(case.waiver)
    case.step.waiver_code, case.step.waiver_reason = reason.code, reason.why
    told = {"reason": _why(reason), "moved": {}}
    case.audit(
        WAIVE,
        word,
        before={"reason": before, "step": case.kept},
        after=told,
        why=case.step.waiver_needed,
    )


def _signature(
    case: StepCase, day: date, word: Word, signer: Signer, lacks: Lacking, waiver: WaiverReason | None
) -> SignOff:
    given = waiver if waiver is not None and lacks else WaiverReason("")
    return SignOff(
        step_id=case.step.id or 0,
        revision=case.step.revision,
        signed_by=signer.name,
        signed_at=word.at,
        happened_on=day,
        note=word.note,
        on_behalf_of=signer.on_behalf_of,
        on_behalf_why=signer.why if signer.on_behalf_of else "",
        waived_outputs=lacks.output_ids,
        waived_inputs=lacks.input_ids,
        waived_themes=" ".join(lacks.themes),
        waived_report=" ".join(lacks.report.ids()),
        waiver_code=given.code,
        waiver_reason=given.why,
    )


def _write(
    case: StepCase, action: str, word: Word, before: date | None, after: Mapping[str, object], why: str
) -> None:
    case.audit(action, word, before={"day": before, "step": case.kept}, after=after, why=why)


def _why(reason: WaiverReason | None) -> str:
    """'illness: the leader was away', for the log."""
    return "" if reason is None else ": ".join(filter(None, (reason.code, reason.why)))


def _usual_day(case: StepCase) -> date:
    """Today; of a stage that is over, its last day."""
    return min(last_day(case.step), case.as_of) if case.step.kind == "stage" else case.as_of


def _out_of_turn(case: StepCase, word: Word, seen: int | None) -> Iterator[Objection]:
    """That a word about the days of a step is not to be said at all, not by this person, or was said before."""
    yield from case.objections_to_state()
    yield from case.objections_to_edition(seen)
    yield from case.objections_to_speaker(case.rules.policy.speakers.days, word)


def _done_already(case: StepCase) -> Iterator[Objection]:
    if case.step.state == "done" and case.step.actual_on is not None:
        signed = newest_sign_offs(case.session, case.activity).get(case.step.id or 0)
        by = f", signed off by {signed.signed_by}" if signed else ""
        message = f"it was done on {date_in_words(case.step.actual_on)}{by}."
        yield Objection(case.name, message, "Record its actual date, with a reason.")


def _ended(case: StepCase) -> Iterator[Objection]:
    if case.activity.state not in LIVING:
        message = f"the activity is {case.activity.state}."
        yield Objection(case.name, message, "Name another activity of the area.")


def _lies_ahead(case: StepCase, happened_on: date) -> Iterator[Objection]:
    if happened_on > case.as_of:
        message = f"{date_in_words(happened_on)} is later than today, {date_in_words(case.as_of)}."
        yield Objection(case.name, message, "Check the year.", field="day")


def _sent_before(case: StepCase, happened_on: date) -> Iterator[Objection]:
    """R066: a document is finished before it is sent to anybody."""
    for organisation, sent_on in sent_before(
        case.session, case.activity, case.step.step_id, happened_on
    ).items():
        message = f"it was sent to {organisation} on {date_in_words(sent_on)}, which is earlier."
        yield Objection(case.name, message, UNDO_FIRST, "R066")


def _too_soon(case: StepCase) -> Iterator[Objection]:
    """R043: the order of the steps."""
    steps = case.steps()
    missing = [step.name for step in unfinished_before(case.framework, case.step, steps)]
    if missing:
        message = f"it comes after {', '.join(missing)}, not yet signed off."
        yield Objection(case.name, message, "Sign off what comes before it first.", "R043")
