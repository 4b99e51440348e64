"""What steps produce (R045, R048): each version recorded with who, when and where it lies; nothing is deleted."""

from collections.abc import Iterable, Iterator, Mapping

from sqlmodel import Session, col, select

from config.findings import nearest
from config.framework import Framework
from config.steps import Output
from models import RecordedOutput, SignOff
from reports.words import date_in_words
from services.audit import Word
from services.casework.seen_steps import AnyStep
from services.casework.step_case import StepCase
from services.doors import SAY_WHAT_WAS_WRONG
from services.errors import AlreadySo, NotFound, Objection, Refused

OUTPUT, WITHDRAW = "record output", "withdraw output"


def record_output(
    session: Session,
    step_id: int,
    output: str,
    word: Word,
    *,
    version: str = "",
    link: str = "",
    seen: int | None = None,
) -> RecordedOutput:
    """Write down that a step has produced something, or a new version of it.

    Parameters
    ----------
    output
        Its identifier in the framework, or its name.
    version, link
        What its author calls this version, and where it lies.
    seen
        Edition of the step that the person saw; refused if it has changed since.
    """
    case = StepCase(session, step_id, word.as_of)
    case.refuse(_out_of_turn(case, word, seen))
    rule = _output(case, output)
    before = newest_outputs(session, [step_id]).get((step_id, rule.id))
    row = RecordedOutput(
        step_id=step_id,
        output=rule.id,
        version=version,
        link=link,
        recorded_by=word.who,
        recorded_at=word.at,
        recorded_on=word.as_of,
    )
    if before is not None and (before.version, before.link) == (version, link):
        message = f"this version was recorded by {before.recorded_by} on {date_in_words(before.recorded_on)}."
        raise AlreadySo.because(f"{case.name} {rule.id}", message)
    session.add(row)
    session.flush()
    kept = None if before is None else _kept(before)
    case.audit(OUTPUT, word, before=kept, after=_kept(row), why=word.note, about=rule.id)
    return row


def withdraw_output(
    session: Session, step_id: int, output: str, word: Word, *, seen: int | None = None
) -> RecordedOutput:
    """Take back the newest version of an output that should not have been recorded; the version before it holds again.

    Raises
    ------
    Refused
        Without a reason, if nothing is recorded, or if the step was signed off with it.
    """
    case = StepCase(session, step_id, word.as_of)
    case.refuse(_out_of_turn(case, word, seen))
    rule = _output(case, output)
    place = f"{case.name} {rule.id}"
    row = newest_outputs(session, [step_id]).get((step_id, rule.id))
    if row is None:
        raise Refused.because(place, "no version of it is recorded.", "Name an output that was recorded.")
    if not word.note.strip():
        raise Refused.because(place, "withdrawing it needs a reason.", SAY_WHAT_WAS_WRONG, field="why")
    if case.step.state == "done":
        raise Refused.because(place, "the step was signed off with it.", "Undo the sign-off first.")
    row.withdrawn_on, row.withdrawn_why = word.as_of, word.note
    session.flush()
    case.audit(WITHDRAW, word, before=_kept(row), after={}, why=word.note, about=rule.id)
    return row


def newest_outputs(session: Session, step_ids: Iterable[int]) -> dict[tuple[int, str], RecordedOutput]:
    """The newest version of each output of some steps that is not withdrawn, by step and output."""
    query = (
        select(RecordedOutput)
        .where(col(RecordedOutput.step_id).in_(list(step_ids)), col(RecordedOutput.withdrawn_on).is_(None))
        .order_by(col(RecordedOutput.id))
    )
    return {(row.step_id, row.output): row for row in session.exec(query)}


def missing_outputs(
    framework: Framework,
    step: AnyStep,
    steps: Iterable[AnyStep],
    recorded: Iterable[tuple[int, str]],
    signed: Mapping[int, SignOff],
) -> list[tuple[AnyStep, Output]]:
    """What a step can't be signed off without (R045, R048): its outputs, and those of the steps just before it.

    What an earlier step was signed off without, for a reason, is not asked for again.
    """
    there = frozenset(recorded)
    rule = framework.step(step.step_id)
    found = []
    for other in steps:
        if other.step_id != step.step_id and other.step_id not in rule.after:
            continue
        waived = signed[other.id or 0].waived_outputs.split() if (other.id or 0) in signed else []
        found += [
            (other, output)
            for output in framework.step(other.step_id).outputs
            if (other.id or 0, output.id) not in there and output.id not in waived
        ]
    return found


def _out_of_turn(case: StepCase, word: Word, seen: int | None) -> Iterator[Objection]:
    yield from case.objections_to_state()
    yield from case.objections_to_edition(seen)
    yield from case.objections_to_speaker(case.rules.policy.speakers.output, word)


def _output(case: StepCase, text: str) -> Output:
    outputs = case.rules.of(case.activity).step(case.step.step_id).outputs
    wanted = text.strip().casefold()
    for output in outputs:
        if wanted in (output.id.casefold(), output.name.casefold()):
            return output
    known = [output.id for output in outputs]
    message = "there is no such output." if known else "this step has no outputs."
    advice = nearest(wanted, known) if known else "Name a step that has outputs."
    raise NotFound(f"{case.name} {text}", message, advice)


def _kept(row: RecordedOutput) -> dict[str, object]:
    return {"version": row.version, "link": row.link, "by": row.recorded_by, "on": row.recorded_on}
