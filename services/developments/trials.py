"""Trials of a method, and what is made of their lessons: taken or not, and why (R125)."""

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session, col, select

from config.development_files import find_development
from models import DevelopmentTrial, TrialLesson
from reports.words import date_in_words
from services import audit
from services.audit import Word
from services.errors import AlreadySo, NotFound, Objection, Refused

TRIAL, LESSON, VERDICT = "record trial", "record lesson", "decide lesson"
OPEN, TAKEN, NOT_TAKEN = "open", "taken", "not_taken"
VERDICT_WORDS = {OPEN: "Not decided yet", TAKEN: "Taken", NOT_TAKEN: "Not taken"}


def trials_of(session: Session, development: str) -> list[DevelopmentTrial]:
    """The trials of a development, the first one first."""
    query = select(DevelopmentTrial).where(DevelopmentTrial.development == development)
    return list(session.exec(query.order_by(col(DevelopmentTrial.began_on), col(DevelopmentTrial.id))))


def lessons_of(session: Session, trial: int) -> list[TrialLesson]:
    """What a trial taught, in the order in which it was recorded."""
    query = select(TrialLesson).where(TrialLesson.trial_id == trial)
    return list(session.exec(query.order_by(col(TrialLesson.id))))


def undecided_lessons(session: Session, development: str) -> list[TrialLesson]:
    """Lessons of all trials of a development about which nobody has decided."""
    trials = trials_of(session, development)
    return [row for trial in trials for row in lessons_of(session, trial.id or 0) if row.verdict == OPEN]


def find_trial(session: Session, number: int) -> DevelopmentTrial:
    """The trial of a number; NotFound if there is none."""
    row = session.get(DevelopmentTrial, number)
    if row is None:
        raise NotFound(f"trial {number}", "there is no such trial.", "Name one of the development's.")
    return row


def find_lesson(session: Session, number: int) -> TrialLesson:
    """The lesson of a number; NotFound if there is none."""
    row = session.get(TrialLesson, number)
    if row is None:
        raise NotFound(f"lesson {number}", "there is no such lesson.", "Name one of the development's.")
    return row


def add_trial(session: Session, development: str, place: str, began_on: date, word: Word) -> DevelopmentTrial:
    """Record a trial; Refused without a place, or with a day to come."""
    find_development(development)
    subject = f"development {development}"
    objections = []
    if not place.strip():
        objections.append(Objection(subject, "no place is given.", "Say where it is.", field="place"))
    if began_on > word.as_of:
        message = f"{date_in_words(began_on)} is later than today, {date_in_words(word.as_of)}."
        objections.append(Objection(subject, message, "Record it once it has begun.", field="began_on"))
    if objections:
        raise Refused(objections)
    known = trials_of(session, development)
    if any((row.place, row.began_on) == (place.strip(), began_on) for row in known):
        raise AlreadySo.because(subject, f"the trial in {place.strip()} of that day is recorded.")
    row = DevelopmentTrial(development=development, place=place.strip(), began_on=began_on)
    session.add(row)
    session.flush()
    after = {"number": row.id, "place": row.place, "began": began_on}
    audit.record_word(session, word, TRIAL, subject, after=after)
    return row


def add_lesson(session: Session, trial: int, text: str, word: Word) -> TrialLesson:
    """Record what a trial taught; Refused without a text, AlreadySo if it is recorded."""
    found = find_trial(session, trial)
    place = f"trial {trial}"
    if not text.strip():
        raise Refused.because(place, "no lesson is given.", "Say what it taught.", field="lesson")
    if any(row.lesson == text.strip() for row in lessons_of(session, trial)):
        raise AlreadySo.because(place, "this lesson is recorded.")
    row = TrialLesson(trial_id=found.id or 0, lesson=text.strip())
    session.add(row)
    session.flush()
    after = {"number": row.id, "trial": trial, "lesson": row.lesson}
    audit.record_word(session, word, LESSON, f"development {found.development}", after=after)
    return row


def decide_lesson(session: Session, number: int, verdict: str, word: Word) -> TrialLesson:
    """Say whether a lesson is taken; the word's note is the reason, and a later word takes the place of an earlier one.

    Raises
    ------
    Refused
        With every reason: an unknown verdict, no reason.
    """
    row = find_lesson(session, number)
    if objections := list(_objections(number, verdict, word.note)):
        raise Refused(objections)
    before = {"verdict": row.verdict, "because": row.why}
    if (row.verdict, row.why) == (verdict, word.note.strip()):
        raise AlreadySo.because(f"lesson {number}", "this is decided.")
    row.verdict, row.why, row.decided_on = verdict, word.note.strip(), word.as_of
    development = find_trial(session, row.trial_id).development
    after = {"number": number, "verdict": verdict, "because": row.why}
    audit.record_word(session, word, VERDICT, f"development {development}", before=before, after=after)
    return row


def _objections(number: int, verdict: str, why: str) -> Iterator[Objection]:
    place = f"lesson {number}"
    if verdict not in (TAKEN, NOT_TAKEN):
        message = f"'{verdict}' is no decision."
        yield Objection(place, message, f"Choose {TAKEN} or {NOT_TAKEN}.", "R125", field="verdict")
    if not why.strip():
        yield Objection(place, "no reason is given.", "Say why.", "R125", field="why")
