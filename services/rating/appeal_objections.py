"""What speaks against a word in an appeal: too late, too early, a second one, or by who may not (R153, R162)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models import AnnualRating, RatingAppeal
from reports.words import date_in_words
from services.audit import Word
from services.casework.waiver_reasons import WaiverReason, objections_to_reason
from services.doors import LODGE, SAY_WHY, SHOW_APPEAL, Advice
from services.errors import Objection
from services.naming.areas import find_area
from services.programme import policy_of
from services.rating.annual import assessment_of, ruled_out
from services.rating.appeal_steps import (
    BEFORE,
    NOT_UPHELD,
    RUNNING,
    UPHELD,
    Step,
    about,
    appeal_about,
    appeal_rules,
    lodge_by,
    place_of,
    step_of,
)


@dataclass(frozen=True)
class Said:
    """What is said in an appeal, and whose word it is."""

    note: str
    by: str


@dataclass(frozen=True)
class AppealVerdict:
    """A decision: upheld or not-upheld, by whom; with the new `grade` where it is upheld."""

    outcome: str
    by: str
    grade: str = ""


def objections_to_appealing(session: Session, rating: AnnualRating) -> Iterator[Objection]:
    """Before the draft letter, after the final one, or while there is a query or an appeal already."""
    place, known = place_of(rating), appeal_about(session, rating)
    if rating.draft_on is None:
        yield Objection(place, "there is no draft letter yet to appeal against.", "Wait for it.", "R153")
    if rating.final_on is not None:
        message = f"its letter is final since {date_in_words(rating.final_on)}."
        yield Objection(place, message, "Complain about it, if need be.", "R137")
    if known is not None:
        message = f"appeal {known.id} is about this rating already."
        yield Objection(place, message, SHOW_APPEAL.advise("Look at it", number=known.id), "R153")


def objections_to_words(place: str, said: Said, what: str) -> Iterator[Objection]:
    """Nothing that is said, or nobody who says it."""
    if not said.note.strip():
        yield Objection(place, f"nothing is said of the {what}.", "Say it in a sentence.", "R162", "note")
    if not said.by.strip():
        yield Objection(place, "nobody is named whose word it is.", "Name them.", field="by")


def objections_to_lodging(
    session: Session,
    rating: AnnualRating,
    queried: RatingAppeal | None,
    day: date,
    waiver: WaiverReason | None,
) -> Iterator[Objection]:
    """Rules of lodging that are broken without a waiver."""
    if waiver is not None:
        known = policy_of(session).waivers.reasons
        yield from objections_to_reason(place_of(rating), waiver, known, "R162")
        return
    advice = Advice("Give --waiver with a reason.", "Choose a reason for the waiver.")
    last = lodge_by(rating)
    if last is not None and day > last:
        message = f"appeals were to be lodged by {date_in_words(last)}."
        yield Objection(place_of(rating), message, advice, "R162", "waiver")
    has_talked = queried is not None and step_of(session, queried) is Step.TALK
    if appeal_rules(rating).talk_first and not has_talked:
        message = "there was no talk before it."
        yield Objection(place_of(rating), message, advice, "R162", "waiver")


def objections_to_state(session: Session, appeal: RatingAppeal, what: str) -> Iterator[Objection]:
    """Before it is lodged, and once it is decided."""
    step = step_of(session, appeal)
    if step in BEFORE:
        advice = LODGE.advise("Lodge it first", area=appeal.area_code)
        yield Objection(about(appeal), f"{what} once it is lodged.", advice, "R162")
    elif step not in RUNNING:
        yield Objection(about(appeal), "it is decided already.", "Complain about it, if need be.", "R162")


def objections_to_decider(
    appeal: RatingAppeal, rating: AnnualRating, verdict: AppealVerdict, word: Word
) -> Iterator[Objection]:
    """Nobody, who rated the area, or no reasons."""
    if not verdict.by.strip():
        yield Objection(about(appeal), "nobody is named who decides.", "Name them.", field="by")
    elif verdict.by.strip().casefold() == rating.rated_by.casefold():
        message = f"{rating.rated_by} rated the area, and does not decide about it."
        yield Objection(about(appeal), message, "Name somebody else.", "R153", "by")
    if not word.note.strip():
        yield Objection(about(appeal), "a decision needs its reasons.", SAY_WHY, "R153", "why")


def objections_to_grade(
    session: Session, appeal: RatingAppeal, rating: AnnualRating, outcome: str, grade: str, day: date
) -> Iterator[Objection]:
    """No decision, upheld without another rating, or one that tests and limits rule out."""
    place = about(appeal)
    if outcome not in (UPHELD, NOT_UPHELD):
        message = f"'{outcome}' is no decision."
        yield Objection(place, message, "Decide upheld or not-upheld.", "R153", "outcome")
    elif outcome == NOT_UPHELD:
        if grade:
            message = "an appeal that is not upheld leaves the rating as it is."
            yield Objection(place, message, "Leave the grade out.", "R153", "grade")
    elif not grade or grade == rating.grade:
        message = "an appeal that is upheld leads to another rating."
        yield Objection(place, message, "Give the new grade.", "R153", "grade")
    else:
        area = find_area(session, rating.area_code)
        yield from ruled_out(place, assessment_of(session, area, day), grade)
