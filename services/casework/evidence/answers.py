"""What is said of evidence: it came, is accepted, is returned, is not needed, is held already, serves another activity.

Each is one transaction with its audit entry, with the item as it was before and as it is afterwards.
"""

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session

from models import Evidence, EvidenceFile
from reports.words import date_in_words
from services.audit import Word
from services.casework.evidence.item_case import Answered, ItemCase, find_item, need_of
from services.casework.evidence.kept_files import Receipt, keep_file, unkept
from services.casework.evidence.states import (
    ACCEPTED,
    CAME,
    NOT_NEEDED,
    OPEN,
    RECEIVED,
    RETURNED,
    state_in_words,
)
from services.errors import NotFound, Objection, Refused


def receive(session: Session, activity: str, item: str, receipt: Receipt, word: Word) -> Answered:
    """Write down that an item came in; again corrects what was written, until it is accepted.

    Raises
    ------
    Refused
        If it was not asked for, if the day lies in the future or before the request, if a file is too large, or if
        a file or a link would keep what is confidential (R073).
    """
    case = ItemCase(session, activity, item, word)
    evidence = case.asked("receive")
    case.refuse(
        [
            *_wrong_day(case, evidence, receipt.received_on),
            *unkept(case.name, evidence, receipt, case.rules.policy.evidence.most_megabytes),
        ]
    )
    evidence.state, evidence.met, evidence.received_on = RECEIVED, "handed_in", receipt.received_on
    evidence.link = receipt.link or evidence.link
    evidence.num_pieces = receipt.num_pieces or evidence.num_pieces
    evidence.period, evidence.note = receipt.period or evidence.period, word.note or evidence.note
    if receipt.file is not None:
        keep_file(session, evidence, receipt.file)
    return case.answered("receive evidence")


def accept(session: Session, activity: str, item: str, word: Word) -> Answered:
    """Say that what came is complete."""
    case = ItemCase(session, activity, item, word)
    evidence = case.asked("accept")
    if evidence.state != RECEIVED:
        is_settled = evidence.state == ACCEPTED
        advice = "Leave it as it is." if is_settled else "Say first that it came: jarcycle evidence receive."
        raise Refused.because(case.name, f"it is {state_in_words(evidence.state)}.", advice)
    evidence.state = ACCEPTED
    return case.answered("accept evidence")


def give_back(session: Session, activity: str, item: str, due_on: date, word: Word) -> Answered:
    """Return what came for completion, by a day; the word's note says what is missing."""
    case = ItemCase(session, activity, item, word)
    evidence = case.asked("return")
    found = list(_needs_reason(case, "what is missing"))
    if evidence.state not in CAME:
        message = f"it is {state_in_words(evidence.state)}, so there is nothing to return."
        found.append(Objection(case.name, message, "Say first that it came: jarcycle evidence receive."))
    if due_on <= word.as_of:
        message = f"{date_in_words(due_on)} is no day after today, {date_in_words(word.as_of)}."
        found.append(Objection(case.name, message, "Give a later day for what is missing."))
    case.refuse(found)
    evidence.state, evidence.why, evidence.due_on = RETURNED, word.note, due_on
    evidence.met, evidence.held_by, evidence.received_on = "", "", None
    return case.answered("return evidence")


def not_needed(session: Session, activity: str, item: str, word: Word) -> Answered:
    """Waive an item with a reason, asked for or not; another activity that needs it still gets it."""
    case = ItemCase(session, activity, item, word)
    found = list(_needs_reason(case, "why it is not needed"))
    if case.evidence is not None and case.evidence.state not in OPEN:
        message = f"it is {state_in_words(case.evidence.state)}."
        found.append(Objection(case.name, message, "Leave it as it is."))
    case.refuse(found)
    evidence = case.alone()
    evidence.state, evidence.met, evidence.why = NOT_NEEDED, "waived", word.note
    case.drop_deadline(f"Not needed: {word.note}")
    return case.answered("waive evidence")


def hold(session: Session, activity: str, item: str, held_by: str, since: date, word: Word) -> Answered:
    """Say that somebody holds an item already, so that nobody needs to hand it in (R116, R118)."""
    case = ItemCase(session, activity, item, word)
    found = []
    if not held_by.strip():
        found.append(Objection(case.name, "nobody is named who holds it.", "Say who: --by HC."))
    if since > word.as_of:
        message = f"{date_in_words(since)} is later than today, {date_in_words(word.as_of)}."
        found.append(Objection(case.name, message, "Check the year."))
    if case.evidence is not None and case.evidence.state not in OPEN:
        message = f"it is {state_in_words(case.evidence.state)}."
        found.append(Objection(case.name, message, "Leave it as it is."))
    case.refuse(found)
    evidence = case.whole()
    evidence.state, evidence.met, evidence.held_by, evidence.received_on = ACCEPTED, "held", held_by, since
    case.drop_deadline(f"Already held by {held_by} since {date_in_words(since)}")
    return case.answered("hold evidence")


def share(session: Session, activity: str, item: str, other: str, other_item: str, word: Word) -> Answered:
    """Say that what an activity asked for serves an item of another one too, although its key is another (R117).

    Where the other was asked for already, that request is withdrawn.
    """
    case, second = ItemCase(session, activity, item, word), ItemCase(session, other, other_item, word)
    evidence = case.asked("share")
    found = []
    if second.activity.area_code != case.activity.area_code:
        message = f"{second.activity.code} is in another area."
        found.append(Objection(second.name, message, "Name two activities of one area."))
    if second.evidence is not None and second.evidence.id == evidence.id:
        found.append(Objection(second.name, f"{case.name} serves it already.", "Leave it as it is."))
    elif second.evidence is not None and second.evidence.state in CAME:
        found.append(Objection(second.name, "it has come already.", "Leave it as it is."))
    if evidence.state == NOT_NEEDED:
        found.append(Objection(case.name, "it is not needed.", "Name an item that is asked for."))
    case.refuse(found)
    second.serve_by(evidence, f"The same as {case.name}")
    case.answered("share evidence")
    return second.answered("share evidence")


def _needs_reason(case: ItemCase, what: str) -> Iterator[Objection]:
    if not case.word.note.strip():
        yield Objection(case.name, "this needs a reason.", f"Say {what}: --why TEXT.")


def _wrong_day(case: ItemCase, evidence: Evidence, day: date) -> Iterator[Objection]:
    if evidence.state not in (*OPEN, "received"):
        advice = "Return it first: jarcycle evidence return."
        yield Objection(case.name, f"it is {state_in_words(evidence.state)}.", advice)
    elif evidence.asked_on is not None and not evidence.asked_on <= day <= case.word.as_of:
        days = f"{date_in_words(evidence.asked_on)} to {date_in_words(case.word.as_of)}"
        message = f"{date_in_words(day)} is outside {days}: from the day it was asked for to today."
        yield Objection(case.name, message, "Check the year.")


def kept_file(session: Session, activity: str, item: str) -> EvidenceFile:
    """The file in which an item came; NotFound if there is none."""
    found, entry = find_item(session, activity, item)
    need = need_of(session, found, entry)
    row = None if need is None else session.get(EvidenceFile, need.evidence_id)
    if row is None:
        advice = "Keep one when it comes: jarcycle evidence receive."
        raise NotFound(f"{found.code} {entry.id}", "no file of it is kept.", advice)
    return row
