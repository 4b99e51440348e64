"""The 152 authorities of 1 April 2009, the grade that is drawn for each, and the offices that are told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from drawing.authority import Authority
from drawing.table_files import REGIME, read_source

GRADE_SHARES = {"4": 12, "3": 63, "2": 23, "1": 2}
"""Overall grades of an annual performance assessment, 4 the best, by how many of a hundred get them: assumed."""

PUBLISHED_ON = date(2008, 12, 17)
MEASURE, SOURCE = "apa_overall", "drawn"
SCILLY = "unitary (sui generis)"


@dataclass(frozen=True, kw_only=True)
class Area(Authority):
    """An authority; its `grade` is made up, all else is real."""

    hq_town: str
    grade: str


def draw_areas(draw: Random) -> tuple[Area, ...]:
    """All of them, by code."""
    return tuple(_area(row, draw) for row in read_source("authorities.csv", REGIME / "sources"))


def _area(row: dict[str, str], draw: Random) -> Area:
    return Area(
        code=row["dfe_code"],
        gss_code=row["gss_code"],
        name=row["name"],
        type="isles of scilly" if row["type"] == SCILLY else row["type"],
        region=row["region"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        hq_town=row["hq_town"],
        population_0_19=int(row["population_0_19"]),
        grade=draw.choices(list(GRADE_SHARES), list(GRADE_SHARES.values()))[0],
    )


def ratings(areas: Sequence[Area]) -> Iterator[tuple[str, str, str, date, str, bool]]:
    """(area, measure, value, day of publication, source, whether drawn)."""
    for area in areas:
        yield area.code, MEASURE, area.grade, PUBLISHED_ON, SOURCE, True


def contacts(areas: Sequence[Area]) -> Iterator[tuple[str, str, str, str]]:
    """(area, role, name, mail address): offices, not people, at addresses that nobody has."""
    yield "", "lead_inspectorate", "Area inspections desk", "area-inspections@ofsted.example"
    yield "", "operations", "Programme office", "programme@jarcycle.example"
    for area in areas:
        words = "".join(sign if sign.isalnum() else " " for sign in area.name.lower()).split()
        office = f"Director of children's services, {area.name}"
        yield area.code, "director", office, f"director@{'-'.join(words)}.example"
