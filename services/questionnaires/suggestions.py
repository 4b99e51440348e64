"""Rows of an evaluation's report: what was suggested, what is done about it, by whom and until when (R197)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models import EvaluationSuggestion
from services import audit
from services.audit import Word
from services.errors import AlreadySo, NotFound, Objection, Refused

SUGGEST, RESPOND = "record suggestion", "respond to suggestion"
OPEN, PLANNED, TAKEN = "open", "planned", "taken"
PROGRESS_WORDS = {OPEN: "Nothing decided yet", PLANNED: "Planned", TAKEN: "Taken"}


@dataclass(frozen=True)
class Response:
    """What is done about a suggestion: planned ones have an owner and a day, taken ones an owner."""

    progress: str
    text: str
    owner: str
    due_on: date | None = None


def suggestions_of(session: Session, evaluation: str) -> list[EvaluationSuggestion]:
    """The suggestions of an evaluation, by heading, in the order in which they were recorded."""
    query = select(EvaluationSuggestion).where(EvaluationSuggestion.evaluation == evaluation)
    return list(session.exec(query.order_by(col(EvaluationSuggestion.heading), col(EvaluationSuggestion.id))))


def find_suggestion(session: Session, number: int) -> EvaluationSuggestion:
    """The suggestion of a number; NotFound if there is none."""
    row = session.get(EvaluationSuggestion, number)
    if row is None:
        raise NotFound(f"suggestion {number}", "there is no such suggestion.", "Name one of the report's.")
    return row


def add_suggestion(
    session: Session, evaluation: str, heading: str, text: str, word: Word
) -> EvaluationSuggestion:
    """Record what was suggested; Refused without a heading or a text, AlreadySo if it is there."""
    place = f"evaluation {evaluation}"
    found = [
        Objection(place, f"no {name} is given.", f"Give the {name}.", field=name)
        for name, given in (("heading", heading), ("suggestion", text))
        if not given.strip()
    ]
    if found:
        raise Refused(found)
    if any(row.suggestion == text.strip() for row in suggestions_of(session, evaluation)):
        raise AlreadySo.because(place, "this suggestion is recorded.")
    row = EvaluationSuggestion(evaluation=evaluation, heading=heading.strip(), suggestion=text.strip())
    session.add(row)
    session.flush()
    audit.record_word(session, word, SUGGEST, place, after={"number": row.id, "suggestion": row.suggestion})
    return row


def respond(session: Session, number: int, response: Response, word: Word) -> EvaluationSuggestion:
    """Say what is done about a suggestion; a later word takes the place of an earlier one.

    Raises
    ------
    Refused
        With every reason: an unknown state, no text, no owner, a plan without a day.
    """
    row = find_suggestion(session, number)
    if objections := list(_objections(number, response)):
        raise Refused(objections)
    before = _kept(row)
    row.progress, row.response = response.progress, response.text.strip()
    row.owner, row.due_on = response.owner.strip(), response.due_on
    if _kept(row) == before:
        raise AlreadySo.because(f"suggestion {number}", "this is recorded.")
    audit.record_word(session, word, RESPOND, f"evaluation {row.evaluation}", before=before, after=_kept(row))
    return row


def _kept(row: EvaluationSuggestion) -> dict[str, object]:
    return {
        "number": row.id,
        "progress": row.progress,
        "response": row.response,
        "owner": row.owner,
        "due": row.due_on,
    }


def _objections(number: int, response: Response) -> Iterator[Objection]:
    place = f"suggestion {number}"
    if response.progress not in (PLANNED, TAKEN):
        message = f"'{response.progress}' is no state of an action."
        yield Objection(place, message, f"Choose {PLANNED} or {TAKEN}.", field="progress")
    if not response.text.strip():
        message = "no action is named."
        yield Objection(place, message, "Say what is done about it.", "R197", field="response")
    if not response.owner.strip():
        yield Objection(place, "nobody owns the action.", "Name who does it.", "R197", field="owner")
    if response.progress == PLANNED and response.due_on is None:
        message = "the action has no day."
        yield Objection(place, message, "Say by when it is done.", "R197", field="due_on")
