"""Areas of nine regions, and the weeks in which some of them are closed."""

from random import Random

from benchmarks.families.family import Family
from scheduler.values.problem import Area, Calendar, Closure, Location
from scheduler.values.value import WeekSpan

REGIONS: tuple[tuple[str, float, float, int], ...] = (
    ("London", 51.50, -0.12, 33),
    ("North West", 53.60, -2.50, 22),
    ("South East", 51.30, -0.70, 19),
    ("South West", 51.00, -2.90, 16),
    ("Yorkshire and The Humber", 53.80, -1.40, 15),
    ("West Midlands", 52.50, -2.00, 14),
    ("North East", 54.90, -1.60, 12),
    ("East of England", 52.20, 0.40, 10),
    ("East Midlands", 52.90, -1.10, 9),
)
"""Name, centre and number of areas of 150."""


def draw_areas(family: Family, draw: Random) -> tuple[Area, ...]:
    """Areas by region, in the shares of `REGIONS`."""
    areas = []
    for index in range(family.num_areas):
        place = (index * 150 // family.num_areas) % 150
        region, lat, lon = _region_of(place)
        location = Location(lat=round(draw.gauss(lat, 0.35), 4), lon=round(draw.gauss(lon, 0.5), 4))
        areas.append(
            Area(id=f"area-{index + 1:04d}", name=f"Area {index + 1}", location=location, region=region)
        )
    return tuple(areas)


def _region_of(place: int) -> tuple[str, float, float]:
    for name, lat, lon, count in REGIONS:
        if place < count:
            return name, lat, lon
        place -= count
    raise AssertionError("place is below 150")


def draw_blackouts(areas: tuple[Area, ...], family: Family, draw: Random) -> dict[str, Calendar]:
    """Every tenth area is closed for four to eight weeks in each year (a reorganisation, local elections)."""
    calendars = {}
    for area in areas[4::10]:
        length, first = draw.randint(4, 8), draw.randrange(52)
        spans = [
            WeekSpan(first=week, end=min(week + length, family.num_weeks))
            for week in range(first, family.num_weeks, 52)
        ]
        closures = tuple(Closure(span=span, reason="Local blackout") for span in spans)
        calendars[area.id] = Calendar(id=f"blackout-{area.id}", closures=closures)
    return calendars
