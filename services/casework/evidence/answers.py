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
from services.days.working_days import next_working_day, why_nobody_works
from services.doors import EVIDENCE_OF_AREA, RECEIVE, RETURN, Advice
from services.errors import AlreadySo, NotFound, Objection, Refused

CAME_FIRST = RECEIVE.advise("Say first that it came")


def receive(session: Session, activity: str, item: str, receipt: Receipt, word: Word) -> Answered:
    """Write down that an item came in; again corrects what was written, until it is accepted.

    Raises
    ------
    AlreadySo
        If all of that is written down already.
    Refused
        If it was not asked for, if the day lies in the future, before the request or before it was returned, if a
        file is too large, or if a file or a link would keep what is confidential (R073).
    """
    case = ItemCase(session, activity, item, word)
    evidence = case.asked("receive")
    if _is_known(evidence, receipt, word):
        raise AlreadySo.because(case.name, f"it came on {date_in_words(receipt.received_on)}.")
    most = case.rules.policy.evidence.most_megabytes
    wrong = _wrong_day(case, evidence, receipt.received_on)
    case.refuse([*wrong, *unkept(case.name, evidence, receipt, most)])
    evidence.state, evidence.met, evidence.received_on = RECEIVED, "handed_in", receipt.received_on
    evidence.link = receipt.link or evidence.link
    evidence.num_pieces = receipt.num_pieces or evidence.num_pieces
    evidence.period, evidence.note = receipt.period or evidence.period, word.note or evidence.note
    if receipt.file is not None:
        keep_file(session, evidence, receipt.file)
    return case.answered("receive evidence")


def accept(session: Session, activity: str, item: str, word: Word) -> Answered:
    """Say that what came is complete; AlreadySo if somebody said so."""
    case = ItemCase(session, activity, item, word)
    evidence = case.asked("accept")
    if evidence.state == ACCEPTED:
        raise AlreadySo.because(case.name, "it is accepted.")
    if evidence.state != RECEIVED:
        advice = CAME_FIRST
        raise Refused.because(case.name, f"it is {state_in_words(evidence.state)}.", advice)
    evidence.state = ACCEPTED
    return case.answered("accept evidence")


def give_back(session: Session, activity: str, item: str, due_on: date, word: Word) -> Answered:
    """Return what came for completion, by a day; the word's note says what is missing."""
    case = ItemCase(session, activity, item, word)
    evidence = case.asked("return")
    if (evidence.state, evidence.why, evidence.due_on) == (RETURNED, word.note, due_on):
        raise AlreadySo.because(case.name, f"it is returned, to be complete by {date_in_words(due_on)}.")
    found = list(_needs_reason(case, "what is missing"))
    if evidence.state not in CAME:
        message = f"it is {state_in_words(evidence.state)}, so there is nothing to return."
        found.append(Objection(case.name, message, CAME_FIRST))
    if due_on <= word.as_of:
        message = f"{date_in_words(due_on)} is no day after today, {date_in_words(word.as_of)}."
        found.append(Objection(case.name, message, "Give a later day for what is missing."))
    elif why := why_nobody_works(due_on):
        message = f"{date_in_words(due_on)} is {why}, when nobody works."
        advice = f"Give {date_in_words(next_working_day(due_on))}, the next possible day."
        found.append(Objection(case.name, message, advice))
    case.refuse(found)
    evidence.state, evidence.why, evidence.due_on = RETURNED, word.note, due_on
    evidence.returned_on = word.as_of
    evidence.met, evidence.held_by, evidence.received_on = "", "", None
    return case.answered("return evidence")


def not_needed(session: Session, activity: str, item: str, word: Word) -> Answered:
    """Waive an item with a reason, asked for or not; another activity that needs it still gets it."""
    case = ItemCase(session, activity, item, word)
    known = case.evidence
    if known is not None and (known.state, known.why) == (NOT_NEEDED, word.note):
        raise AlreadySo.because(case.name, f"it is not needed: {word.note}.")
    case.refuse([*_needs_reason(case, "why it is not needed"), *_is_answered(case)])
    evidence = case.alone()
    evidence.state, evidence.met, evidence.why = NOT_NEEDED, "waived", word.note
    case.drop_deadline(f"Not needed: {word.note}")
    return case.answered("waive evidence")


def hold(session: Session, activity: str, item: str, held_by: str, since: date, word: Word) -> Answered:
    """Say that somebody holds an item already, so that nobody needs to hand it in (R116, R118)."""
    case = ItemCase(session, activity, item, word)
    known = case.evidence
    if known is not None and (known.met, known.held_by, known.received_on) == ("held", held_by, since):
        raise AlreadySo.because(case.name, f"{held_by} holds it since {date_in_words(since)}.")
    found = []
    if not held_by.strip():
        found.append(
            Objection(case.name, "nobody is named who holds it.", Advice("Say who: --by HC.", "Say who."))
        )
    if since > word.as_of:
        message = f"{date_in_words(since)} is later than today, {date_in_words(word.as_of)}."
        found.append(Objection(case.name, message, "Check the year."))
    case.refuse([*found, *_is_answered(case)])
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
    case.refuse(list(_is_of_its_own(case, second)))
    if second.evidence is not None and second.evidence.id == evidence.id:
        raise AlreadySo.because(second.name, f"{case.name} serves it.")
    found = []
    if second.evidence is not None and second.evidence.state in CAME:
        advice = RETURN.advise("Return it first if it does not serve")
        found.append(Objection(second.name, "it has come already.", advice))
    if evidence.state == NOT_NEEDED:
        found.append(Objection(case.name, "it is not needed.", "Name an item that is asked for."))
    case.refuse(found)
    second.serve_by(evidence, f"The same as {case.name}")
    case.answered("share evidence")
    return second.answered("share evidence")


def kept_file(session: Session, activity: str, item: str) -> EvidenceFile:
    """The file in which an item came; NotFound if there is none."""
    found, entry = find_item(session, activity, item)
    need = need_of(session, found, entry)
    row = None if need is None else session.get(EvidenceFile, need.evidence_id)
    if row is None:
        advice = RECEIVE.advise("Keep one when it comes")
        raise NotFound(f"{found.code} {entry.id}", "no file of it is kept.", advice)
    return row


def _needs_reason(case: ItemCase, what: str) -> Iterator[Objection]:
    if not case.word.note.strip():
        yield Objection(case.name, "this needs a reason.", Advice(f"Say {what}: --why TEXT.", f"Say {what}."))


def _is_answered(case: ItemCase) -> Iterator[Objection]:
    """That an item is not still to come."""
    if case.evidence is not None and case.evidence.state not in OPEN:
        advice = EVIDENCE_OF_AREA.advise("Name an item that is still to come; see what is asked for")
        yield Objection(case.name, f"it is {state_in_words(case.evidence.state)}.", advice)


def _is_of_its_own(case: ItemCase, second: ItemCase) -> Iterator[Objection]:
    """R117: only another activity of the same area is served by what one was asked for."""
    if second.activity.id == case.activity.id:
        message = f"{case.name} is an item of the same activity."
        yield Objection(second.name, message, "Name another activity of the area.", "R117")
    elif second.activity.area_code != case.activity.area_code:
        message = f"{second.activity.code} is in another area."
        yield Objection(second.name, message, "Name two activities of one area.")


def _is_known(evidence: Evidence, receipt: Receipt, word: Word) -> bool:
    """Whether a receipt says nothing that is not written down; another file is always news."""
    said = (receipt.link, receipt.num_pieces, receipt.period, word.note)
    kept = (evidence.link, evidence.num_pieces, evidence.period, evidence.note)
    is_same = all(new in ("", None, old) for new, old in zip(said, kept, strict=True))
    is_there = (evidence.state, evidence.received_on) == (RECEIVED, receipt.received_on)
    return is_there and is_same and receipt.file is None


def _wrong_day(case: ItemCase, evidence: Evidence, day: date) -> Iterator[Objection]:
    if evidence.state not in (*OPEN, RECEIVED):
        advice = RETURN.advise("Return it first")
        yield Objection(case.name, f"it is {state_in_words(evidence.state)}.", advice)
        return
    what, first = "it was asked for", evidence.asked_on
    if evidence.returned_on is not None:
        what, first = "it was returned for completion", evidence.returned_on
    if first is not None and not first <= day <= case.word.as_of:
        days = f"{date_in_words(first)} to {date_in_words(case.word.as_of)}"
        message = f"{date_in_words(day)} is outside {days}: from the day {what} to today."
        yield Objection(case.name, message, "Check the year.")
