"""Comments on the draft of a report (R066), each accepted or refused before the report is published."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from config.findings import nearest
from models import Activity, ReportComment
from reports.words import date_in_words
from services.audit import Word
from services.casework.contacts import OPERATIONS
from services.casework.reporting.report_case import ReportCase
from services.doors import SAY_WHY
from services.errors import AlreadySo, Objection

OPEN, ACCEPTED, REFUSED = "open", "accepted", "refused"
ANSWERS = (ACCEPTED, REFUSED)
COMMENT, ANSWER = "comment on report", "answer comment"


@dataclass(frozen=True)
class NewComment:
    """What an organisation says of the draft; `part` is the part that it is about, blank for the whole."""

    organisation: str
    text: str
    part: str = ""
    received_on: date | None = None


def add_comment(session: Session, code: str, new: NewComment, word: Word) -> ReportComment:
    """Write a comment down; it is numbered within the report.

    Raises
    ------
    Refused
        Before the draft is out, once the report is published, without an organisation or a text, for a day that can't
        be, for a part that there is not, or by somebody without the role.
    """
    case = ReportCase(session, code, word)
    rules, known = case.report_rules(), comments_of(session, case.activity)
    for row in known:
        if (row.organisation, row.text, row.part) == (new.organisation.strip(), new.text.strip(), new.part):
            raise AlreadySo.because(case.place(f"comment {row.number}"), "it is written down.")
    case.refuse(
        [
            *case.objections_to_state(),
            *_content(case, new),
            *case.objections_to_speaker(case.policy.speakers.comments, rules.comments_at),
        ]
    )
    row = ReportComment(
        activity_id=case.number,
        number=max((row.number for row in known), default=0) + 1,
        organisation=new.organisation.strip(),
        part=new.part,
        text=new.text.strip(),
        received_on=new.received_on or word.as_of,
        recorded_by=word.who,
        recorded_at=word.at,
    )
    session.add(row)
    session.flush()
    told = {"from": row.organisation, "received": row.received_on, "on": row.part or "the whole"}
    case.audit(COMMENT, f"comment {row.number}", after=told)
    return row


def answer_comment(session: Session, code: str, number: int, state: str, word: Word) -> ReportComment:
    """Accept or refuse a comment; refusing it needs a reason. A later answer takes the place of the one before."""
    case = ReportCase(session, code, word)
    rules = case.report_rules()
    known = {row.number: row for row in comments_of(session, case.activity)}
    if number not in known:
        raise case.not_found("comment", number, sorted(known))
    row, place = known[number], case.place(f"comment {number}")
    if (row.state, row.why) == (state, word.note):
        raise AlreadySo.because(place, f"it is {state}.")
    found = list(case.objections_to_state())
    if state not in ANSWERS:
        found.append(Objection(place, f"it can't be '{state}'.", nearest(state, ANSWERS), field="state"))
    elif state == REFUSED and not word.note.strip():
        found.append(Objection(place, "refusing a comment needs a reason.", SAY_WHY, "R066", "why"))
    roles = ("signs", "acts", OPERATIONS)
    case.refuse([*found, *case.objections_to_speaker(roles, rules.drafted_at)])
    before = {"state": row.state, "why": row.why}
    row.state, row.why, row.answered_by, row.answered_on = state, word.note, word.who, word.as_of
    session.flush()
    case.audit(ANSWER, f"comment {number}", before=before, after={"state": state})
    return row


def comments_of(session: Session, activity: Activity) -> list[ReportComment]:
    """The comments on the report of an activity, by number."""
    query = select(ReportComment).where(ReportComment.activity_id == activity.id)
    return list(session.exec(query.order_by(col(ReportComment.number))))


def _content(case: ReportCase, new: NewComment) -> Iterator[Objection]:
    place, rules = case.place("comment"), case.report_rules()
    if not new.organisation.strip():
        message, advice = "nobody says from whom it is.", "Name the organisation."
        yield Objection(place, message, advice, "R066", "organisation")
    if not new.text.strip():
        yield Objection(place, "the comment has no text.", "Say what it says.", field="text")
    names = [part.id for part in rules.parts()]
    if new.part and new.part not in names:
        message = f"the report has no part '{new.part}'."
        yield Objection(place, message, nearest(new.part, names), field="part")
    draft, day = case.steps.get(rules.drafted_at), new.received_on or case.word.as_of
    if draft is None or draft.state != "done" or draft.actual_on is None:
        advice = f"Wait until {case.framework.step(rules.drafted_at).in_rules()} is signed off."
        yield Objection(place, "there is no draft yet on which anybody could comment.", advice, "R066")
    elif day < draft.actual_on:
        message = (
            f"{date_in_words(day)} is earlier than the draft, which is of {date_in_words(draft.actual_on)}."
        )
        yield Objection(place, message, "Check the year.", field="day")
    if day > case.word.as_of:
        message = f"{date_in_words(day)} is later than today, {date_in_words(case.word.as_of)}."
        yield Objection(place, message, "Check the year.", field="day")
