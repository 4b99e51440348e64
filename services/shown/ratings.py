"""Profiles and ratings as people see them: one area in layers, and the list of all areas in a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from config.rating_files import find_regime, regime_holding_on
from config.ratings import RatingRegime
from models import AnnualRating, Area, Contact, DataQuery, PerformanceProfile
from reports.words import date_in_words
from services.rating.annual import rating_of, round_of
from services.rating.appeal_entries import AppealEntry, list_appeals
from services.rating.appeal_steps import open_appeals
from services.rating.assessing import Assessment, assess
from services.rating.data_queries import contact_of, queries_of
from services.rating.letters import is_public, is_seen_by_authority
from services.rating.profiles import quarters_of, read_profile
from services.rating.quarters import Quarter
from services.shown.rating_letter import Letter, letter_of
from services.shown.shown_plan import Audience


@dataclass(frozen=True)
class ShownRating:
    """A rating for people: its grade and the state of its letter in words; the letter once there is a draft."""

    year: int
    grade: str
    rated_by: str
    rated_on: date
    state: str
    letter: Letter | None


@dataclass(frozen=True)
class ShownProfile:
    """The profile of an area with what it allows; `assessment` is None where there is no profile, or no regime yet."""

    area_code: str
    area: str
    quarters: tuple[Quarter, ...]
    assessment: Assessment | None
    rating: ShownRating | None
    appeals: tuple[AppealEntry, ...]
    queries: tuple[DataQuery, ...]
    contact: Contact | None


@dataclass(frozen=True)
class RatingLine:
    """An area in the list of a year; what is not known yet is blank.

    That a rating `is_under_appeal` is for the inspectorate's side alone (R153).
    """

    area_code: str
    area: str
    quarter: str
    best: str
    grade: str
    state: str
    is_public: bool
    is_under_appeal: bool
    open_queries: int


def shown_profile(
    session: Session,
    area: Area,
    day: date,
    quarter: Quarter | None = None,
    audience: Audience = Audience.INSPECTORATE,
) -> ShownProfile:
    """The profile of an area in a quarter, or its newest; NotFound for a quarter without one.

    The authority sees a rating from its draft letter on (R151).
    """
    known, regime = quarters_of(session, area.code), regime_holding_on(day)
    assessment = None
    if regime is not None and (known or quarter is not None):
        assessment = assess(regime, read_profile(session, area, regime, quarter), day)
    row = rating_of(session, area.code, day.year)
    if row is not None and audience is Audience.AUTHORITY and not is_seen_by_authority(row, day):
        row = None
    return ShownProfile(
        area.code,
        area.name,
        tuple(known),
        assessment,
        None if row is None else _rating(session, area, row, day),
        tuple(list_appeals(session, area.code)),
        tuple(queries_of(session, area.code)),
        None if regime is None else contact_of(session, regime, area.code),
    )


def rating_lines(session: Session, day: date) -> list[RatingLine]:
    """Every area that has a profile or a rating of the day's year, by name."""
    regime = regime_holding_on(day)
    with_profile = set(session.exec(select(PerformanceProfile.area_code)))
    rated = set(session.exec(select(AnnualRating.area_code).where(AnnualRating.year == day.year)))
    areas = session.exec(select(Area).where(col(Area.code).in_(with_profile | rated)).order_by(Area.name))
    queries = queries_of(session)
    return [_line(session, area, regime, day, queries) for area in areas]


def _line(
    session: Session, area: Area, regime: RatingRegime | None, day: date, queries: Sequence[DataQuery]
) -> RatingLine:
    known, best = quarters_of(session, area.code), ""
    if regime is not None and known:
        best = regime.grade_name(assess(regime, read_profile(session, area, regime), day).best)
    row = rating_of(session, area.code, day.year)
    return RatingLine(
        area.code,
        area.name,
        str(known[0]) if known else "",
        best,
        "" if row is None else find_regime(row.regime).grade_name(row.grade),
        "" if row is None else state_in_words(row, day),
        row is not None and is_public(row, day),
        row is not None and bool(open_appeals(session, row)),
        sum(one.area_code == area.code and one.answered_on is None for one in queries),
    )


def state_in_words(row: AnnualRating, day: date) -> str:
    """'no letter yet', 'draft letter given on ...', 'final, to be published on ...', 'published on ...'."""
    if row.draft_on is None:
        return "no letter yet"
    if row.final_on is None:
        return f"draft letter given on {date_in_words(row.draft_on)}"
    on = date_in_words(max(row.final_on, round_of(row).published_on))
    return f"published on {on}" if is_public(row, day) else f"final, to be published on {on}"


def _rating(session: Session, area: Area, row: AnnualRating, day: date) -> ShownRating:
    return ShownRating(
        row.year,
        find_regime(row.regime).grade_name(row.grade),
        row.rated_by,
        row.rated_on,
        state_in_words(row, day),
        letter_of(session, area, row) if row.draft_on is not None else None,
    )
