"""Rating an area in a year: people give the grade, no better than its tests and limits allow (R096, R149, R158)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from config.findings import nearest
from config.rating_files import find_regime
from config.ratings import RatingRegime, RatingRound
from models import AnnualRating, Area
from reports.words import date_in_words
from services import audit
from services.audit import Word
from services.doors import RATE, SAY_WHAT_WAS_WRONG
from services.errors import AlreadySo, NotFound, Objection, Refused
from services.naming.areas import find_area
from services.rating.assessing import Assessment, assess
from services.rating.profiles import read_profile
from services.rating.quarters import Quarter
from services.rating.rating_words import asked_in_words, finding_in_words, tested_in_words
from services.rating.regimes import regime_on


@dataclass(frozen=True)
class NewRating:
    """What is said of a rating: a grade of the regime, who decided it, and which plan review was used (R161).

    `quarter` names the profile on which it rests; None: the newest.
    """

    grade: str
    by: str
    plan_review: str
    quarter: Quarter | None = None


def assessment_of(session: Session, area: Area, day: date, quarter: Quarter | None = None) -> Assessment:
    """What an area's profile allows on a day; NotFound without a profile, Refused without rules for the day."""
    regime = regime_on(day)
    return assess(regime, read_profile(session, area, regime, quarter), day)


def rate(session: Session, area: str, year: int, new: NewRating, word: Word) -> AnnualRating:
    """Write down how an area is rated in a year; a second rating corrects the first, with a reason.

    A draft letter that was given is to be drafted anew. Its final letter ends it: then only an appeal changes it.

    Raises
    ------
    NotFound
        If the programme has no such area, or the area no profile.
    Refused
        With everything wrong: a grade that tests or limits rule out, nobody who decided, no plan review, and so on.
    """
    found = find_area(session, area)
    assessment = assessment_of(session, found, word.as_of, new.quarter)
    before = rating_of(session, found.code, year)
    place = f"{found.code} rating {year}"
    quarter = str(assessment.profile.quarter)
    if before is not None and (before.grade, before.quarter, before.rated_by) == (
        new.grade,
        quarter,
        new.by.strip(),
    ):
        raise AlreadySo.because(place, f"it was rated so on {date_in_words(before.rated_on)}.")
    wrong = [*_missing(place, year, new, assessment.regime), *ruled_out(place, assessment, new.grade)]
    wrong += _corrected(place, before, word)
    if wrong:
        raise Refused(wrong)
    row = AnnualRating(
        area_code=found.code,
        year=year,
        regime=assessment.regime.id,
        quarter=quarter,
        grade=new.grade,
        rated_by=new.by.strip(),
        rated_on=word.as_of,
        why=word.note.strip(),
        plan_review=new.plan_review.strip(),
        recorded_by=word.who,
        recorded_at=word.at,
        strengths=before.strengths if before else "",
        improvements=before.improvements if before else "",
    )
    session.add(row)
    session.flush()
    audit.record_word(
        session,
        word,
        "rate",
        place,
        before=None if before is None else {"grade": before.grade, "by": before.rated_by},
        after={"grade": row.grade, "by": row.rated_by, "profile": quarter, "regime": row.regime},
    )
    return row


def rating_of(session: Session, area_code: str, year: int) -> AnnualRating | None:
    """The rating that holds of an area in a year; None before there is one."""
    query = select(AnnualRating).where(AnnualRating.area_code == area_code, AnnualRating.year == year)
    return session.exec(query.order_by(col(AnnualRating.id).desc()).limit(1)).first()


def require_rating(session: Session, area: Area, year: int) -> AnnualRating:
    """The same; NotFound before there is one."""
    found = rating_of(session, area.code, year)
    if found is None:
        advice = RATE.advise("Rate the area first", area=area.code)
        raise NotFound(f"{area.code} rating {year}", "the area has not been rated yet.", advice)
    return found


def round_of(row: AnnualRating) -> RatingRound:
    """The calendar of a rating's year; Refused if its regime has none any more."""
    found = find_regime(row.regime).round_of(row.year)
    if found is None:
        raise Refused([_no_round(f"{row.area_code} rating {row.year}", row.year, row.regime)])
    return found


def ruled_out(place: str, assessment: Assessment, grade: str) -> Iterator[Objection]:
    """Every test that a grade fails and every limit that it is beyond, with their figures."""
    regime = assessment.regime
    if grade not in [known.id for known in regime.grades]:
        advice = nearest(grade, [known.id for known in regime.grades])
        yield Objection(place, f"there is no grade '{grade}'.", advice, "R149", "grade")
        return
    failed, beyond = assessment.ruling_out(grade)
    best = f"Rate it {regime.grade_name(assessment.best).lower()} at most ({assessment.best})."
    name = regime.grade_name(grade).lower()
    for tested in failed:
        message = f"it may not be '{name}': {asked_in_words(tested.test)}; {tested_in_words(tested)}."
        yield Objection(place, message, best, "R149", "grade")
    for limited in beyond:
        fact = "" if limited.finding is None else f"; {finding_in_words(limited.finding)}"
        at_most = regime.grade_name(limited.limit.at_most).lower()
        message = f"it may not be '{name}' but at most '{at_most}': {limited.limit.text}{fact}."
        yield Objection(place, message, best, "R096", "grade")


def _missing(place: str, year: int, new: NewRating, regime: RatingRegime) -> Iterator[Objection]:
    if regime.round_of(year) is None:
        yield _no_round(place, year, regime.id)
    if not new.by.strip():
        yield Objection(place, "nobody is named who decided it.", "Name them.", field="by")
    if not new.plan_review.strip():
        message = "it is not said which review of the children and young people's plan was used."
        yield Objection(place, message, "Name it, or say that none was received.", "R161", "plan_review")


def _no_round(place: str, year: int, regime: str) -> Objection:
    message = f"{regime} has no calendar of {year}."
    return Objection(
        place, message, "Check the year, or add [[rounds]] to the file of the regime.", "R151", "year"
    )


def _corrected(place: str, before: AnnualRating | None, word: Word) -> Iterator[Objection]:
    if before is None:
        return
    if before.final_on is not None:
        message = f"its letter is final since {date_in_words(before.final_on)}."
        yield Objection(place, message, "Leave it: a final rating stays.")
    elif not word.note.strip():
        message = (
            f"it was rated {before.grade} on {date_in_words(before.rated_on)}; another rating needs a reason."
        )
        yield Objection(place, message, SAY_WHAT_WAS_WRONG, field="why")
