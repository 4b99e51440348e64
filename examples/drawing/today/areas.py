"""The 153 authorities of today with their last grade, and who is told in each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from drawing.authority import Authority
from drawing.table_files import TODAYS_SOURCES, read_source
from drawing.today.inspections import Inspection

ENDED = ("836", "909", "928")
"""Poole, Cumbria and Northamptonshire: codes that have ended."""

SHARED_POPULATION = ("942", "943")
"""Cumberland, Westmorland and Furness: the source gives each of them the population of Cumbria."""

YEARS_TO_19, YEARS_TO_25 = 20, 26
URGENCY = {"outstanding": 1, "good": 3, "requires_improvement": 6, "inadequate": 9}
UNKNOWN_URGENCY = 4
TYPES = {
    "Unitary Authority": "unitary",
    "Metropolitan District": "metropolitan district",
    "London Borough": "london borough",
    "County": "county",
}


@dataclass(frozen=True, kw_only=True)
class Area(Authority):
    """An authority; `urgency` goes by the overall grade of its last inspection of children's services."""

    urgency: int
    urgency_source: str


def areas(last: Mapping[str, Inspection]) -> tuple[Area, ...]:
    """All of them, by code."""
    points = {row["dfe_code"]: row for row in read_source("points.csv", TODAYS_SOURCES)}
    rows = (row for row in read_source("authorities.csv", TODAYS_SOURCES) if row["dfe_code"] not in ENDED)
    return tuple(_area(row, points[row["dfe_code"]], last.get(row["dfe_code"])) for row in rows)


def _area(row: dict[str, str], point: dict[str, str], last: Inspection | None) -> Area:
    code = row["dfe_code"]
    shared = 2 if code in SHARED_POPULATION else 1
    known = f"last inspection of children's services: {last.result.replace('_', ' ')}" if last else ""
    return Area(
        code=code,
        gss_code=row["gss_code"],
        name=row["name"],
        type=TYPES[row["type"]],
        region=row["region"],
        lat=float(point["lat"]),
        lon=float(point["lon"]),
        population_0_19=round(int(row["population_0_25"]) / shared * YEARS_TO_19 / YEARS_TO_25),
        urgency=URGENCY.get(last.result, UNKNOWN_URGENCY) if last else UNKNOWN_URGENCY,
        urgency_source=known,
    )


def contacts(known: tuple[Area, ...]) -> Iterator[tuple[str, str, str, str]]:
    """(area, role, name, mail address): offices, not people, at addresses that nobody has."""
    yield "", "lead_inspectorate", "Area inspections desk", "area-inspections@ofsted.example"
    yield "", "care_quality", "Area inspections desk", "area-inspections@cqc.example"
    yield "", "constabulary", "Joint inspections desk", "joint-inspections@hmicfrs.example"
    yield "", "operations", "Programme office", "programme@jarcycle.example"
    for area in known:
        host = _host(area.name)
        yield (
            area.code,
            "director",
            f"Director of children's services, {area.name}",
            f"director@{host}.example",
        )
        yield area.code, "chief_executive", f"Chief executive, {area.name}", f"chief-executive@{host}.example"


def _host(name: str) -> str:
    words = "".join(sign if sign.isalnum() else " " for sign in name.lower()).split()
    return "-".join(words)
