"""What owners propose to do about a recommendation, by when, and that they have begun or done it (R092)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models import ProposedAction, Recommendation
from reports.words import date_in_words
from services import audit
from services.audit import Word
from services.casework.follow_up.owners import find_owner, role_of
from services.casework.follow_up.review_case import ReviewCase
from services.casework.follow_up.rows import place_of, recommendation_numbered
from services.doors import PROPOSED, SAY_WHAT_WAS_WRONG
from services.errors import AlreadySo, NotFound, Objection


@dataclass(frozen=True)
class Proposed:
    """What is proposed: in words, by which day, and by whom (blank: by whoever owns the recommendation)."""

    text: str
    due_on: date
    owner: str = ""


def propose_action(session: Session, row_id: int, proposed: Proposed, word: Word) -> ProposedAction:
    """Record an action about a recommendation.

    Raises
    ------
    NotFound
        If there is no such recommendation or owner.
    Refused
        If it is not published or withdrawn, if nothing is said, or if it is due before the statement of proposed
        action; if the person may not say so.
    """
    recommendation = recommendation_numbered(session, row_id)
    case = ReviewCase(session, recommendation.activity_id, word)
    place = place_of(case.activity, recommendation)
    name, kind = recommendation.owner, recommendation.owner_kind
    if proposed.owner.strip():
        owner = find_owner(session, case.activity.area_code, proposed.owner, case.policy)
        name, kind = owner.name, owner.kind
    case.refuse(
        [
            *case.objections_to_review(),
            *case.objections_before_publication(place),
            *_wrong(case, place, recommendation, proposed, name),
            *_speaker(case, place, name, kind),
        ]
    )
    row = ProposedAction(
        recommendation_id=row_id,
        text=proposed.text.strip(),
        owner=name,
        owner_kind=kind,
        due_on=proposed.due_on,
        recorded_by=word.who,
        recorded_at=word.at,
        recorded_on=word.as_of,
    )
    session.add(row)
    session.flush()
    after = {"action": row.id, "text": row.text, "owner": name, "due": row.due_on}
    audit.record_word(session, word, "propose action", place, after=after)
    return row


def begin_action(session: Session, action_id: int, begun_on: date, word: Word) -> ProposedAction:
    """Write down that somebody has begun with an action; AlreadySo if that is recorded."""
    row, recommendation, case = _found(session, action_id, word)
    place = _place(case, recommendation, row)
    if row.begun_on == begun_on:
        raise AlreadySo.because(place, f"it was begun on {date_in_words(begun_on)}.")
    found = [*_lies_ahead(case, place, begun_on), *_speaker(case, place, row.owner, row.owner_kind)]
    if row.done_on is not None:
        message = f"it was done on {date_in_words(row.done_on)}."
        found.append(Objection(place, message, "Correct the day on which it was done, if that is wrong."))
    case.refuse(found)
    before, row.begun_on = row.begun_on, begun_on
    session.flush()
    audit.record_word(session, word, "begin action", place, before=before, after=begun_on)
    return row


def finish_action(
    session: Session, action_id: int, done_on: date, evidence: str, word: Word
) -> ProposedAction:
    """Write down that the owner has done an action, and what shows it; again corrects that, with a reason.

    Raises
    ------
    AlreadySo
        If that is recorded.
    Refused
        If the day lies ahead or before the publication, if the recommendation is confirmed, if the person may not.
    """
    row, recommendation, case = _found(session, action_id, word)
    place, shown = _place(case, recommendation, row), evidence.strip() or row.evidence
    if (row.done_on, row.evidence) == (done_on, shown):
        raise AlreadySo.because(place, f"it was done on {date_in_words(done_on)}.")
    found = [*_lies_ahead(case, place, done_on), *_speaker(case, place, row.owner, row.owner_kind)]
    if recommendation.confirmed_on is not None:
        message = f"its monitor confirmed it on {date_in_words(recommendation.confirmed_on)}."
        found.append(Objection(place, message, "Propose another action if there is more to do."))
    if row.done_on is not None and not word.note.strip():
        message = f"it was done on {date_in_words(row.done_on)}; a correction needs a reason."
        found.append(Objection(place, message, SAY_WHAT_WAS_WRONG, field="why"))
    case.refuse(found)
    before = {"done": row.done_on, "evidence": row.evidence}
    row.done_on, row.done_by, row.evidence = done_on, word.who, shown
    session.flush()
    after = {"done": done_on, "evidence": shown}
    audit.record_word(session, word, "finish action", place, before=before, after=after)
    return row


def _found(session: Session, action_id: int, word: Word) -> tuple[ProposedAction, Recommendation, ReviewCase]:
    row = session.get(ProposedAction, action_id)
    if row is None:
        raise NotFound(f"action {action_id}", "there is none.", PROPOSED.advise("See those that there are"))
    recommendation = session.get_one(Recommendation, row.recommendation_id)
    case = ReviewCase(session, recommendation.activity_id, word)
    session.refresh(row)
    return row, recommendation, case


def _place(case: ReviewCase, recommendation: Recommendation, row: ProposedAction) -> str:
    return f"{place_of(case.activity, recommendation)} action {row.id}"


def _wrong(
    case: ReviewCase, place: str, recommendation: Recommendation, proposed: Proposed, owner: str
) -> Iterator[Objection]:
    if recommendation.withdrawn_on is not None:
        yield Objection(place, "it was withdrawn.", "Name another recommendation.")
    if not proposed.text.strip():
        yield Objection(place, "it does not say what is proposed.", "Write it in a sentence.", field="text")
    if not owner:
        advice = "Name the organisation that acts."
        yield Objection(place, "nobody owns it.", advice, "R191", "owner")
    first, what = case.published_on, "the publication"
    if case.statement_on is not None and (first is None or case.statement_on > first):
        first, what = case.statement_on, "the statement of proposed action"
    if first is not None and proposed.due_on < first:
        message = f"{date_in_words(proposed.due_on)} is earlier than {what}, {date_in_words(first)}."
        yield Objection(place, message, "Give that day or a later one.", "R089", "due")


def _speaker(case: ReviewCase, place: str, owner: str, kind: str) -> Iterator[Objection]:
    role = role_of(owner, kind, case.framework, case.policy) if owner else ""
    may = case.rules.policy.speakers.proposed_action
    yield from case.objections_to_speaker(place, may, at_statement=True, asked=role)


def _lies_ahead(case: ReviewCase, place: str, day: date) -> Iterator[Objection]:
    first = case.published_on
    if day > case.word.as_of or (first is not None and day < first):
        days = f"{date_in_words(first)} to {date_in_words(case.word.as_of)}" if first else "what has been"
        message = f"{date_in_words(day)} is outside {days}: from the publication to today."
        yield Objection(place, message, "Check the year.", field="day")
