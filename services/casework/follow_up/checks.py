"""Checks of progress with the actions of a review: when one is due, when it was held, and what was found (R092)."""

from datetime import date

from sqlmodel import Session

from models import ProgressCheck
from reports.words import date_in_words
from services import audit
from services.audit import Word
from services.casework.follow_up.review_case import ReviewCase
from services.days.working_days import next_working_day, why_nobody_works
from services.errors import AlreadySo, NotFound, Objection


def plan_check(session: Session, activity_id: int, due_on: date, word: Word) -> ProgressCheck:
    """Agree a day on which progress is checked; refused before the publication, or on a day when nobody works."""
    case = ReviewCase(session, activity_id, word)
    place = f"{case.activity.code} progress"
    found = [*case.objections_to_review(), *case.objections_before_publication(place)]
    first = case.published_on
    if first is not None and due_on <= first:
        message = f"{date_in_words(due_on)} is not after the publication, {date_in_words(first)}."
        found.append(Objection(place, message, "Give a later day.", field="day"))
    if why := why_nobody_works(due_on):
        advice = f"Give {date_in_words(next_working_day(due_on))}, the next possible day."
        message = f"{date_in_words(due_on)} is {why}, when nobody works."
        found.append(Objection(place, message, advice, field="day"))
    case.refuse([*found, *case.objections_to_speaker(place, case.rules.policy.speakers.recommendation)])
    row = ProgressCheck(activity_id=activity_id, due_on=due_on, recorded_by=word.who, recorded_at=word.at)
    session.add(row)
    session.flush()
    audit.record_word(session, word, "plan progress check", place, after={"check": row.id, "due": due_on})
    return row


def hold_check(session: Session, check_id: int, held_on: date, finding: str, word: Word) -> ProgressCheck:
    """Write down that progress was checked, and what was found; again corrects it.

    Raises
    ------
    NotFound
        If no such check is planned.
    AlreadySo
        If all of that is recorded.
    Refused
        If the day lies ahead, if nothing was found, or if the person may not.
    """
    row = session.get(ProgressCheck, check_id)
    if row is None:
        raise NotFound(f"progress check {check_id}", "there is none.", "Plan it first.")
    case = ReviewCase(session, row.activity_id, word)
    session.refresh(row)
    place = f"{case.activity.code} progress"
    if (row.held_on, row.finding) == (held_on, finding.strip()):
        raise AlreadySo.because(place, f"it was checked on {date_in_words(held_on)}.")
    found = []
    if held_on > word.as_of:
        message = f"{date_in_words(held_on)} is later than today, {date_in_words(word.as_of)}."
        found.append(Objection(place, message, "Check the year.", field="day"))
    if not finding.strip():
        found.append(Objection(place, "nothing is said of what was found.", "Say it in a sentence."))
    case.refuse([*found, *case.objections_to_speaker(place, case.rules.policy.speakers.recommendation)])
    before = {"held": row.held_on, "finding": row.finding}
    row.held_on, row.finding, row.checked_by = held_on, finding.strip(), word.who
    session.flush()
    after = {"check": row.id, "held": held_on, "finding": row.finding}
    audit.record_word(session, word, "hold progress check", place, before=before, after=after)
    return row
