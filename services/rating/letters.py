"""The letter of a rating: a draft to the authority in its weeks of the year, final before publication (R151, R163)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models import AnnualRating
from reports.words import date_in_words
from services import audit
from services.audit import Word
from services.doors import DECIDE_APPEAL, DRAFT_LETTER, SAY_WHY
from services.errors import AlreadySo, Objection, Refused
from services.naming.areas import find_area
from services.rating.annual import require_rating, round_of
from services.rating.appeal_steps import open_appeals


@dataclass(frozen=True)
class LetterTexts:
    """What a letter says in people's own words: strengths and what is to improve, in the local context (R163)."""

    strengths: str
    improvements: str


def draft_letter(session: Session, area: str, year: int, texts: LetterTexts, word: Word) -> AnnualRating:
    """Give the draft letter of a rating to the authority.

    Raises
    ------
    NotFound
        If there is no such area, or it has not been rated.
    Refused
        With everything wrong: no strengths or improvements, a day outside the year's weeks without a reason, a letter
        that is final.
    """
    row = require_rating(session, find_area(session, area), year)
    wrong = [*_not_final(row), *_texts(row, texts), *_in_time(row, word)]
    if wrong:
        raise Refused(wrong)
    given = (texts.strengths.strip(), texts.improvements.strip())
    if row.draft_on is not None and (row.strengths, row.improvements) == given:
        raise AlreadySo.because(_place(row), f"the draft was given on {date_in_words(row.draft_on)}.")
    before = {"draft": row.draft_on}
    (row.strengths, row.improvements), row.draft_on = given, word.as_of
    _record(session, row, word, "draft letter", before, {"draft": row.draft_on, "grade": row.grade})
    return row


def finalise_letter(session: Session, area: str, year: int, word: Word) -> AnnualRating:
    """Make the letter of a rating final: it is public from the day of publication on.

    Raises
    ------
    NotFound
        If there is no such area, or it has not been rated.
    Refused
        Without a draft letter, with an appeal that is not decided, or after the day of publication without a reason.
    """
    row = require_rating(session, find_area(session, area), year)
    if row.final_on is not None:
        raise AlreadySo.because(_place(row), f"the letter is final since {date_in_words(row.final_on)}.")
    wrong = []
    if row.draft_on is None:
        advice = DRAFT_LETTER.advise("Give the draft first", area=row.area_code)
        wrong.append(Objection(_place(row), "no draft letter was given for this rating.", advice, "R151"))
    for appeal in open_appeals(session, row):
        message = f"appeal {appeal.id} of {find_area(session, area).name} is not decided."
        advice = DECIDE_APPEAL.advise("Decide it first", number=appeal.id)
        wrong.append(Objection(_place(row), message, advice, "R153"))
    published_on = round_of(row).published_on
    if word.as_of > published_on and not word.note.strip():
        message = f"ratings of {row.year} were published on {date_in_words(published_on)}."
        wrong.append(Objection(_place(row), message, SAY_WHY, "R151", "why"))
    if wrong:
        raise Refused(wrong)
    row.final_on = word.as_of
    _record(session, row, word, "final letter", {"final": None}, {"final": row.final_on, "grade": row.grade})
    return row


def is_seen_by_authority(row: AnnualRating, day: date) -> bool:
    """Whether the authority knows of a rating: from its draft letter on."""
    return row.draft_on is not None and row.draft_on <= day


def is_public(row: AnnualRating, day: date) -> bool:
    """Whether a rating is published: its letter is final, and the day of publication has come."""
    return row.final_on is not None and max(row.final_on, round_of(row).published_on) <= day


def _place(row: AnnualRating) -> str:
    return f"{row.area_code} rating {row.year}"


def _not_final(row: AnnualRating) -> Iterator[Objection]:
    if row.final_on is not None:
        message = f"the letter is final since {date_in_words(row.final_on)}."
        yield Objection(_place(row), message, "Leave it: a final letter stays.")


def _texts(row: AnnualRating, texts: LetterTexts) -> Iterator[Objection]:
    for field, text in (("strengths", texts.strengths), ("improvements", texts.improvements)):
        if not text.strip():
            advice = "Write them in a sentence or more, with the local context."
            yield Objection(_place(row), f"the letter names no {field}.", advice, "R163", field)


def _in_time(row: AnnualRating, word: Word) -> Iterator[Objection]:
    days = round_of(row)
    if not days.drafts_from <= word.as_of <= days.drafts_by and not word.note.strip():
        span = f"{date_in_words(days.drafts_from)} to {date_in_words(days.drafts_by)}"
        yield Objection(
            _place(row), f"draft letters of {row.year} are given from {span}.", SAY_WHY, "R151", "why"
        )


def _record(
    session: Session,
    row: AnnualRating,
    word: Word,
    action: str,
    before: Mapping[str, object],
    after: Mapping[str, object],
) -> None:
    session.add(row)
    session.flush()
    audit.record_word(session, word, action, _place(row), before=before, after=after)
