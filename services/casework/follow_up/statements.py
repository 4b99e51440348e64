"""The written statement of proposed action: it answers each recommendation, comes in, is accepted or returned."""

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session, col, select

from models import ActionStatement, Recommendation
from reports.words import date_in_words, list_in_words, plural
from services import audit
from services.audit import Word
from services.casework.follow_up.review_case import ReviewCase
from services.casework.follow_up.rows import place_of, recommendation_numbered, recommendations_of
from services.casework.step_case import StepCase
from services.doors import ANSWER, OWNERS, SAY_WHY, STATEMENT, Advice
from services.errors import AlreadySo, Objection, Refused

RECEIVED, ACCEPTED, RETURNED = "received", "accepted", "returned"


def answer_recommendation(session: Session, row_id: int, text: str, word: Word) -> Recommendation:
    """Write down what the statement says to a recommendation; again corrects it, with a reason once it is accepted.

    Raises
    ------
    AlreadySo
        If that is its answer.
    Refused
        If it is not published, withdrawn, or nothing is said; if the person may not.
    """
    row = recommendation_numbered(session, row_id)
    case = ReviewCase(session, row.activity_id, word)
    session.refresh(row)
    place, may = place_of(case.activity, row), case.rules.policy.speakers.proposed_action
    found = [
        *case.objections_to_review(),
        *case.objections_before_publication(place),
        *case.objections_to_speaker(place, may, at_statement=True),
    ]
    if row.withdrawn_on is not None:
        found.append(Objection(place, "it was withdrawn.", "Name another recommendation."))
    if not text.strip():
        found.append(Objection(place, "no answer is given.", "Say what is proposed.", "R092", "answer"))
    held = statement_of(session, row.activity_id)
    if held is not None and held.state == ACCEPTED and not word.note.strip():
        found.append(Objection(place, "the statement is accepted; a correction needs a reason.", SAY_WHY))
    case.refuse(found)
    if row.answer == text.strip():
        raise AlreadySo.because(place, "that is its answer.")
    before = row.answer
    row.answer, row.answered_by, row.answered_on = text.strip(), word.who, word.as_of
    session.flush()
    audit.record_word(session, word, "answer", place, before=before or None, after=row.answer)
    return row


def receive_statement(session: Session, activity_id: int, received_on: date, word: Word) -> ActionStatement:
    """Write down that a statement came in: the first, or one that takes the place of a returned one.

    Raises
    ------
    AlreadySo
        If that is recorded.
    Refused
        If nothing was recommended or published, if the day lies ahead or before the publication, or if one is there.
    """
    case = ReviewCase(session, activity_id, word)
    place, held = f"{case.activity.code} statement", statement_of(session, activity_id)
    if held is not None and (held.state, held.received_on) == (RECEIVED, received_on):
        raise AlreadySo.because(place, f"it came on {date_in_words(received_on)}.")
    found = [*case.objections_to_review(), *case.objections_before_publication(place)]
    if not case.recommendations():
        message = "nothing was recommended, so nothing is to be answered."
        found.append(Objection(place, message, "Record what the review recommends.", "R089"))
    first = case.published_on
    if first is not None and not first <= received_on <= word.as_of:
        days = f"{date_in_words(first)} to {date_in_words(word.as_of)}"
        message = f"{date_in_words(received_on)} is outside {days}: from the publication to today."
        found.append(Objection(place, message, "Check the year.", field="day"))
    if held is not None and held.state == ACCEPTED:
        advice = STATEMENT.advise("Return it first", code=case.activity.code)
        found.append(Objection(place, f"{held.decided_by} accepted it.", advice))
    may = case.rules.policy.speakers.proposed_action
    case.refuse([*found, *case.objections_to_speaker(place, may, at_statement=True)])
    row = ActionStatement(
        activity_id=activity_id, received_on=received_on, recorded_by=word.who, recorded_at=word.at
    )
    if held is not None and held.state == RECEIVED:
        row = held
        row.received_on = received_on
    session.add(row)
    session.flush()
    audit.record_word(session, word, "receive statement", place, after={"day": received_on})
    return row


def accept_statement(session: Session, activity_id: int, by: str, word: Word) -> ActionStatement:
    """Write down who approved the statement, today; it must have an answer to each recommendation (R092).

    Raises
    ------
    AlreadySo
        If it is accepted.
    Refused
        If none came, if somebody returned it, if an answer is missing, or if nobody is named.
    """
    case, held, place = _decided(session, activity_id, word)
    if held is not None and held.state == ACCEPTED:
        raise AlreadySo.because(place, f"{held.decided_by} accepted it.")
    found = [*_undecided(held, place), *_unanswered(case.recommendations(), case.activity.code, place)]
    if not by.strip():
        advice = Advice("Name them with --by.", "Name who approved it.")
        found.append(Objection(place, "nobody is named who approved it.", advice, "R089", "by"))
    return _decide(case, held, found, (ACCEPTED, by.strip()))


def return_statement(session: Session, activity_id: int, by: str, word: Word) -> ActionStatement:
    """Send the statement back; the word's note says what is missing.

    Refused without a reason, or if none came.
    """
    case, held, place = _decided(session, activity_id, word)
    if held is not None and held.state == RETURNED:
        raise AlreadySo.because(place, f"it was returned: {held.why}.")
    found = [] if held is not None else list(_undecided(held, place))
    if not word.note.strip():
        advice = Advice("Say what is missing: --why TEXT.", "Say what is missing.")
        found.append(Objection(place, "this needs a reason.", advice, field="why"))
    return _decide(case, held, found, (RETURNED, by.strip() or word.who))


def statement_of(session: Session, activity_id: int | None) -> ActionStatement | None:
    """The statement of an activity that holds; None if none came."""
    query = select(ActionStatement).where(ActionStatement.activity_id == activity_id)
    return session.exec(query.order_by(col(ActionStatement.id).desc())).first()


def objections_to_follow_up(case: StepCase) -> Iterator[Objection]:
    """What speaks against signing off a publication with a recommendation nobody owns, or an incomplete statement.

    Neither is waived: an owner can always be named, and an answer given (R089, R191).
    """
    rule = case.framework.follow_up
    if rule is None or case.step.step_id not in (rule.published_at, rule.statement_at):
        return
    recommendations = recommendations_of(case.session, case.activity)
    code = case.activity.code
    if case.step.step_id == rule.published_at:
        unowned = [row for row in recommendations if not row.owner]
        if unowned:
            message = f"{_numbers(unowned)} {'has' if len(unowned) == 1 else 'have'} no owner."
            advice = OWNERS.advise("Name who is accountable", code=code, number=unowned[0].number)
            yield Objection(case.name, message, advice, "R191")
    elif recommendations:
        held = statement_of(case.session, case.activity.id)
        yield from _unanswered(recommendations, code, case.name)
        if held is None or held.state == RETURNED:
            told = "no statement has come in." if held is None else f"it was returned: {held.why}."
            advice = STATEMENT.advise("Record when it came", code=code)
            yield Objection(case.name, told, advice, "R089")


def _decided(
    session: Session, activity_id: int, word: Word
) -> tuple[ReviewCase, ActionStatement | None, str]:
    case = ReviewCase(session, activity_id, word)
    return case, statement_of(session, activity_id), f"{case.activity.code} statement"


def _decide(
    case: ReviewCase, held: ActionStatement | None, found: list[Objection], to: tuple[str, str]
) -> ActionStatement:
    place, (state, by) = f"{case.activity.code} statement", to
    may = case.rules.policy.speakers.recommendation
    case.refuse([*found, *case.objections_to_speaker(place, may)])
    if held is None:
        raise Refused.because(place, "none has come in.", "Record when it came.")
    before = held.state
    held.state, held.decided_by, held.decided_on = state, by, case.word.as_of
    held.why = case.word.note.strip()
    case.session.flush()
    after = {"state": state, "by": by, "day": case.word.as_of}
    audit.record_word(case.session, case.word, f"{state} statement", place, before=before, after=after)
    return held


def _undecided(held: ActionStatement | None, place: str) -> Iterator[Objection]:
    if held is None or held.state == RETURNED:
        message = "none has come in." if held is None else f"it was returned: {held.why}."
        yield Objection(place, message, "Record when it came.", "R089")


def _unanswered(recommendations: list[Recommendation], code: str, place: str) -> Iterator[Objection]:
    missing = [row for row in recommendations if not row.answer]
    if missing:
        message = f"{_numbers(missing)} {'has' if len(missing) == 1 else 'have'} no answer."
        advice = ANSWER.advise("Write down what is proposed", code=code, number=missing[0].number)
        yield Objection(place, message, advice, "R092")


def _numbers(rows: list[Recommendation]) -> str:
    """'recommendation 3', '2 recommendations (1 and 3)'."""
    if len(rows) == 1:
        return f"recommendation {rows[0].number}"
    numbers = list_in_words([str(row.number) for row in rows])
    return f"{plural(len(rows), 'recommendation')} ({numbers})"
