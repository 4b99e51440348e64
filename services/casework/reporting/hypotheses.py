"""Hypotheses that fieldwork tests (R048): each about a contribution, for a reason of the specification (R078)."""

from collections.abc import Iterator

from sqlmodel import Session, col, select

from config.findings import nearest
from models import Activity, Hypothesis
from reports.words import date_in_words
from services.audit import Word
from services.casework.reporting.report_case import ReportCase
from services.doors import SAY_WHY
from services.errors import AlreadySo, Objection

OPEN, CONFIRMED, DROPPED = "open", "confirmed", "dropped"
ENDS = (CONFIRMED, DROPPED)
SUPPOSE, END = "suppose", "end hypothesis"


def suppose(session: Session, code: str, contribution: str, text: str, reason: str, word: Word) -> Hypothesis:
    """Write down what fieldwork is to test about a contribution, and why evidence is not enough.

    Raises
    ------
    NotFound
        If there is no such contribution.
    Refused
        Outside the scope, without a text or a reason of the specification, before the analysis, or by somebody without
        the role.
    """
    case = ReportCase(session, code, word)
    rules, found = case.finding_rules(), case.contribution(contribution)
    for row in hypotheses_of(session, case.activity):
        if (row.contribution, row.text) == (found.id, text.strip()):
            day = date_in_words(row.said_on)
            raise AlreadySo.because(case.place(found.id), f"{row.said_by} said so on {day}.")
    case.refuse(
        [
            *case.objections_to_state(),
            *_content(case, found.id, text, reason),
            *case.objections_to_step(rules.agreed_at[0]),
            *case.objections_to_speaker(case.policy.speakers.findings, rules.agreed_at[0]),
        ]
    )
    row = Hypothesis(
        activity_id=case.number,
        contribution=found.id,
        text=text.strip(),
        reason_code=reason,
        said_by=word.who,
        said_at=word.at,
        said_on=word.as_of,
    )
    session.add(row)
    session.flush()
    case.audit(SUPPOSE, found.id, after={"hypothesis": row.id, "text": row.text, "reason": reason})
    return row


def end_hypothesis(session: Session, code: str, number: int, state: str, word: Word) -> Hypothesis:
    """Say that a hypothesis is confirmed or dropped; one that is dropped needs a reason. A later word corrects it."""
    case = ReportCase(session, code, word)
    rules = case.finding_rules()
    known = {row.id or 0: row for row in hypotheses_of(session, case.activity)}
    if number not in known:
        raise case.not_found("hypothesis", number, sorted(known))
    row = known[number]
    place, before = case.place(f"hypothesis {number}"), row.state
    if (row.state, row.why) == (state, word.note):
        raise AlreadySo.because(place, f"it is {state}.")
    found = [
        *case.objections_to_state(),
        *case.objections_to_speaker(case.policy.speakers.findings, rules.agreed_at[-1]),
    ]
    if state not in ENDS:
        found.append(Objection(place, f"it can't be '{state}'.", nearest(state, ENDS), field="state"))
    elif state == DROPPED and not word.note.strip():
        found.append(Objection(place, "dropping it needs a reason.", SAY_WHY, field="why"))
    case.refuse(found)
    row.state, row.why = state, word.note
    row.ended_by, row.ended_on = word.who, word.as_of
    session.flush()
    case.audit(END, row.contribution, before={"hypothesis": number, "state": before}, after={"state": state})
    return row


def hypotheses_of(session: Session, activity: Activity) -> list[Hypothesis]:
    """The hypotheses of an activity, in the order in which they were written down."""
    query = select(Hypothesis).where(Hypothesis.activity_id == activity.id).order_by(col(Hypothesis.id))
    return list(session.exec(query))


def _content(case: ReportCase, contribution: str, text: str, reason: str) -> Iterator[Objection]:
    place, specification = case.place(contribution), case.framework.specification
    if not text.strip():
        yield Objection(place, "the hypothesis has no text.", "Say what is to be tested.", field="text")
    reasons = {} if specification is None else specification.reasons
    if reasons and reason not in reasons:
        message = f"there is no reason '{reason}' for fieldwork." if reason else "fieldwork needs a reason."
        advice = nearest(reason, reasons) if reason else f"Choose one of: {', '.join(reasons)}."
        yield Objection(place, message, advice, "R078", "reason")
