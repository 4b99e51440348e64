"""Areas with their ratings, published where they are known, else drawn; ratings of fields; other inspections due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from drawing.authority import Authority
from drawing.english_calendar import calendar_of, monday
from drawing.table_files import read_source

PLANNED_ON = date(2005, 8, 1)
CPA_PUBLISHED = {"2003": date(2003, 12, 18), "2004": date(2004, 12, 16)}
STARS_PUBLISHED = date(2004, 11, 18)

CPA_SHARES = {"excellent": 41, "good": 60, "fair": 33, "weak": 15}
"""Councils by category in December 2004 (the one 'poor' is known by name)."""

STAR_SHARES = {"3": 40, "2": 62, "1": 40, "0": 8}
"""Councils by stars for social services in November 2004: two thirds with two or three, 40 with one, 8 with none."""

FIELDS = {
    "education": 3,
    "early_years": 3,
    "post_16": 3,
    "child_health": 3,
    "camhs": 4,
    "youth_justice": 4,
    "youth_support": 3,
    "family_courts": 2,
}
"""Fields that earlier inspections of single services graded, by how often they were looked at."""

GRADE_SHARES = {"4": 15, "3": 45, "2": 32, "1": 8}


@dataclass(frozen=True)
class Rating:
    """A published judgement; `is_drawn` says that it is made up."""

    area: str
    measure: str
    value: str
    published_on: date
    source: str
    is_drawn: bool


@dataclass(frozen=True, kw_only=True)
class Area(Authority):
    """An authority with its facts; how grave the concern is follows from its ratings."""

    hq_town: str
    option: int | None
    ratings: tuple[Rating, ...]


def draw_areas(draw: Random) -> tuple[Area, ...]:
    """All 150 authorities."""
    known = {row["dfe_code"]: row for row in sorted(_named_ratings(), key=lambda row: row["year"])}
    return tuple(_area(row, known.get(row["dfe_code"]), draw) for row in read_source("authorities.csv"))


def _named_ratings() -> list[dict[str, str]]:
    return [
        row
        for row in read_source("ratings_to_2005.csv")
        if row["measure"] == "CPA category" and row["dfe_code"]
    ]


def _area(row: dict[str, str], known: dict[str, str] | None, draw: Random) -> Area:
    code = row["dfe_code"]
    cpa = _known_cpa(code, known) if known else _drawn_cpa(code, draw)
    stars = _pick(STAR_SHARES, draw)
    social_care = Rating(
        code,
        "csci_stars",
        stars,
        STARS_PUBLISHED,
        "drawn from the national distribution of November 2004",
        True,
    )
    return Area(
        code=code,
        gss_code=row["gss_code"],
        name=row["name"],
        type="isles of scilly" if row["type"] == "unitary (sui generis)" else row["type"],
        region=row["region"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        hq_town=row["hq_town"],
        population_0_19=int(row["population_0_19"]),
        option=draw.choices((None, 1, 2, 4), (122, 12, 9, 7))[0],
        holiday_calendar=calendar_of(code, row["region"]),
        ratings=(cpa, social_care, *_fields(code, draw)),
    )


def _known_cpa(code: str, row: dict[str, str]) -> Rating:
    # The only council still 'poor' in December 2004 is known by name, so one that was in 2003 had become weak.
    value = "weak" if (row["year"], row["value"]) == ("2003", "poor") else row["value"]
    note = " (poor then, and no longer in 2004)" if value != row["value"] else ""
    return Rating(code, "cpa_category", value, CPA_PUBLISHED[row["year"]], row["source"] + note, False)


def _drawn_cpa(code: str, draw: Random) -> Rating:
    value = _pick(CPA_SHARES, draw)
    source = "drawn from the national distribution of December 2004"
    return Rating(code, "cpa_category", value, CPA_PUBLISHED["2004"], source, True)


def _fields(code: str, draw: Random) -> Iterator[Rating]:
    """Grades of two to four fields."""
    left = dict(FIELDS)
    for _ in range(draw.choice((2, 3, 4))):
        field = _pick(left, draw)
        del left[field]
        published_on = date(2003, 1, 6) + timedelta(days=draw.randrange(900))
        yield Rating(code, field, _pick(GRADE_SHARES, draw), published_on, "drawn", True)


def _pick(shares: dict[str, int], draw: Random) -> str:
    return draw.choices(list(shares), list(shares.values()))[0]


def inspections_due(areas: tuple[Area, ...], draw: Random) -> Iterator[tuple[str, str, date, date]]:
    """(area, kind, first day, last day of the window): a quarter for a third of the youth offending teams (R098)."""
    for area in sorted(draw.sample(areas, len(areas) // 3), key=lambda each: each.code):
        week = draw.randrange(17, 150)
        yield area.code, "yot", monday(week), monday(week + 12)


def closures(areas: tuple[Area, ...], draw: Random) -> Iterator[tuple[str, date, date, str]]:
    """(area, first day, last day, reason): a reorganisation of three to seven weeks in every tenth area."""
    reasons = ("Reorganisation of the department", "Move of the council's offices", "New records system")
    for area in sorted(draw.sample(areas, len(areas) // 10), key=lambda each: each.code):
        first = monday(draw.randrange(20, 140))
        last = first + timedelta(weeks=draw.randint(3, 7), days=-3)
        yield area.code, first, last, f"{draw.choice(reasons)} (made up)"
