"""The letter of a rating: what it says, broader than the grade, with every test and figure behind it (R158, R163)."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from config.rating_files import find_regime
from models import AnnualRating, Area
from reports.words import date_in_words
from services.rating.annual import round_of
from services.rating.assessing import Assessment, assess
from services.rating.profiles import read_profile
from services.rating.quarters import parse_quarter
from services.rating.rating_words import (
    age_in_words,
    asked_in_words,
    group_in_words,
    limit_days_in_words,
    limited_in_words,
    tested_in_words,
    trend_in_words,
)


@dataclass(frozen=True)
class Letter:
    """A letter: its title and state, and parts, each a heading with lines."""

    title: str
    is_final: bool
    parts: tuple[tuple[str, tuple[str, ...]], ...]


def letter_of(session: Session, area: Area, row: AnnualRating) -> Letter:
    """The letter of a rating, written from the profile on which it rests and the rules of the day it was rated on."""
    regime = find_regime(row.regime)
    profile = read_profile(session, area, regime, parse_quarter(row.quarter))
    assessment = assess(regime, profile, row.rated_on)
    published = date_in_words(round_of(row).published_on)
    state = f"Final letter of {date_in_words(row.final_on)}" if row.final_on else "Draft letter"
    parts = (
        (
            "The rating",
            (
                f"{area.name}: {regime.grade_name(row.grade).lower()}.",
                f"Decided by {row.rated_by} on {date_in_words(row.rated_on)}; published on {published}.",
                f"It rests on the profile of {row.quarter}, and on the plan review: {row.plan_review}.",
            ),
        ),
        ("Strengths", (row.strengths,)),
        ("What is to improve", (row.improvements,)),
        ("Services", lines_of_groups(assessment)),
        ("Tests", lines_of_tests(assessment)),
        ("Limits", lines_of_limits(assessment)),
    )
    return Letter(f"{regime.name} {row.year}: {state}", row.final_on is not None, parts)


def lines_of_groups(assessment: Assessment) -> tuple[str, ...]:
    """Each group with its figures, trend and age; and what the profile says nothing of (R195)."""
    lines = []
    for group in assessment.profile.groups:
        more = [trend_in_words(group), _age(group.oldest_on, assessment.day)]
        lines.append(f"{group.name}: {'; '.join([group_in_words(group), *filter(None, more)])}.")
    return (*lines, *(f"{name}: missing from the profile." for name in assessment.profile.missing))


def lines_of_tests(assessment: Assessment) -> tuple[str, ...]:
    """Each test with its answer and figures."""
    answers = {True: "met", False: "not met", None: "not answered"}
    return tuple(
        f"{asked_in_words(one.test)}: {answers[one.met]}, {tested_in_words(one)}." for one in assessment.tests
    )


def lines_of_limits(assessment: Assessment) -> tuple[str, ...]:
    """Each limit with its days and what it does; all texts, also of days that have passed or will come (R154)."""
    lines = []
    for one in assessment.limits:
        days = limit_days_in_words(one.limit)
        at_most = assessment.regime.grade_name(one.limit.at_most).lower()
        text = f"{one.limit.text} ({days})" if days else one.limit.text
        lines.append(f"{text}: at most {at_most}; {limited_in_words(one)}.")
    return tuple(lines)


def _age(oldest_on: date | None, day: date) -> str:
    return "" if oldest_on is None else age_in_words(oldest_on, day)
