"""Seeded families of problems like the national programme of joint area reviews.

All facts are drawn, none describes a real authority or person; the calendar is the English one. The same
arguments always give the same problem.
"""

from dataclasses import dataclass, field
from random import Random
from typing import Literal

from benchmarks import english_weeks as weeks
from benchmarks.people import ABUNDANT_SKILLS, Release, inspectors
from scheduler.problem import (
    Activity,
    AnonymousPool,
    ApartLink,
    Area,
    Calendar,
    Capacity,
    Closure,
    LagLink,
    Link,
    Location,
    NearLink,
    PartnerLimit,
    PeriodLimit,
    Place,
    Problem,
    Stage,
    StageRef,
    Team,
    TeamPrices,
    WithinLink,
)
from scheduler.value import WeekSpan

Option = Literal[1, 2, 3, 4, "mixed"]

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

URGENCY_PRICES = (2, 3, 5, 8, 13)
MEMBERS = ((3, 15), (4, 25), (5, 25), (6, 18), (7, 12), (8, 5))
EXTRA_SKILLS: dict[str, float] = {
    "education": 5.0,
    "looked_after": 3.5,
    "youth_justice": 3.0,
    "camhs": 2.5,
    "social_care": 2.0,
    "child_health": 2.0,
    "early_years": 1.2,
    "further_education": 1.0,
    "police_protection": 1.0,
    "governance": 1.0,
    "court_services": 0.7,
}
"""How often a skill is demanded beside safeguarding, which every review looks at (R080)."""


@dataclass(frozen=True)
class Family:
    """The sizes of an instance; `num_start_weeks` is the number of weeks in which a review may start."""

    option: Option
    num_areas: int
    num_inspectors: int
    num_start_weeks: int = 173
    num_weeks: int = 213
    num_audit_teams: int = 7
    first_term_maximum: int = 8
    yearly_maximum: int = 56
    quarterly_maximum: int = 16
    release: Release = field(default_factory=Release)


def national(option: Option = 3, num_areas: int = 150, num_inspectors: int = 170, seed: int = 0) -> Problem:
    """A national programme from 5 September 2005 to 31 December 2008, tight in leaders and scarce skills.

    Limits and pools grow with `num_areas`; keep about 17 inspectors for 15 areas.
    """
    factor = num_areas / 150
    return build(
        Family(
            option,
            num_areas,
            num_inspectors,
            num_audit_teams=max(2, round(7 * factor)),
            first_term_maximum=max(1, round(8 * factor)),
            yearly_maximum=max(3, round(56 * factor)),
            quarterly_maximum=max(2, round(16 * factor)),
        ),
        seed,
        f"national-{option}-{num_areas}-{num_inspectors}-{seed}",
    )


def scarce(option: Option = 3, seed: int = 0) -> Problem:
    """The national programme with 77 inspectors: lent in most half-terms, yet too few for every place."""
    family = Family(
        option, 150, 77, release=Release(share=5 / 6, abundant_share=5 / 6, is_abundant_by_round=False)
    )
    return build(family, seed, f"scarce-{option}-{seed}")


def small(option: Option = 3, num_areas: int = 8, num_inspectors: int = 26, seed: int = 0) -> Problem:
    """A few areas over one year of starts, for tests; nobody is short."""
    family = Family(
        option,
        num_areas,
        num_inspectors,
        num_start_weeks=60,
        num_weeks=104,
        num_audit_teams=2,
        first_term_maximum=2,
        yearly_maximum=6,
        quarterly_maximum=3,
        release=Release(share=1.0, abundant_share=1.0, is_by_round=False, is_abundant_by_round=False),
    )
    return build(family, seed, f"small-{option}-{num_areas}-{seed}")


def build(family: Family, seed: int, name: str) -> Problem:
    """Draw the problem of a family. People and areas are the same for every option."""
    draw = Random(seed)
    areas = _areas(family, draw)
    blackouts = _blackouts(areas, family, draw)
    reviews = [_review(area, blackouts, family, draw) for area in areas]
    assessments = [_assessment(area, family) for area in areas]
    inspections = [_inspection("yot", area, family, draw) for area in areas[::3]]
    inspections += [_inspection("fostering", area, family, draw) for area in areas[1::3]]
    options: list[Option] = [
        family.option if family.option != "mixed" else draw.choice((1, 2, 3, 3, 4)) for _ in areas
    ]
    rounds = tuple(r for r in weeks.rounds(family.num_weeks) if r.analysis < family.num_start_weeks)
    regions = sorted({area.region for area in areas})
    return Problem(
        name=name,
        first_monday=weeks.FIRST_MONDAY,
        num_weeks=family.num_weeks,
        areas=areas,
        activities=(*reviews, *assessments, *inspections),
        links=tuple(_links(areas, options)),
        lag_tables=(weeks.six_to_nine_months(family.num_weeks),),
        calendars=(
            weeks.office_calendar(family.num_weeks),
            *(weeks.school_calendar(region, family.num_weeks) for region in regions),
            *blackouts.values(),
        ),
        pools=(_audit_teams(family),),
        inspectors=inspectors(family.num_inspectors, areas, rounds, family.num_weeks, family.release, draw),
        periods=(*weeks.financial_years(family.num_weeks), *weeks.quarters(family.num_weeks)),
        period_limits=_period_limits(family),
        partner_limits=_partner_limits(areas),
        team_prices=TeamPrices(per_km=1, per_review_over_share=100, fair_share=2, per_person_changed=200),
    )


def _areas(family: Family, draw: Random) -> tuple[Area, ...]:
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


def _blackouts(areas: tuple[Area, ...], family: Family, draw: Random) -> dict[str, Calendar]:
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


def _team(risk: int, draw: Random) -> Team:
    """A leader, safeguarding (R080) and one to six further skills, more where the risk is higher (R055)."""
    sizes, shares = zip(*MEMBERS, strict=True)
    size = max(draw.choices(sizes, shares)[0] for _ in range(2 if risk >= 3 else 1))
    left = dict(EXTRA_SKILLS)
    chosen = ["safeguarding"]
    while len(chosen) < size - 1:
        skill = draw.choices(list(left), list(left.values()))[0]
        del left[skill]
        chosen.append(skill)
    return Team(places=tuple(Place(skill=skill) for skill in chosen))


def _review(area: Area, blackouts: dict[str, Calendar], family: Family, draw: Random) -> Activity:
    risk = draw.choices(range(5), (20, 30, 25, 15, 10))[0]
    local = (blackouts[area.id].id,) if area.id in blackouts else ()
    analysis = Stage(id="analysis", duration_weeks=1, calendars=("office",), uses_team=True)
    fieldwork = Stage(
        id="fieldwork",
        duration_weeks=2,
        lag_min_weeks=2,
        lag_max_weeks=3,
        stretch_price=6,
        calendars=("office", f"school-{area.region}", *local),
        on_site=True,
        uses_team=True,
    )
    return Activity(
        id=f"jar-{area.id}",
        area=area.id,
        kind="jar",
        stages=(analysis, fieldwork),
        start_window=WeekSpan(first=0, end=family.num_start_weeks),
        urgency_price=URGENCY_PRICES[risk],
        team=_team(risk, draw),
    )


def _assessment(area: Area, family: Family) -> Activity:
    stage = Stage(
        id="on_site",
        duration_weeks=2,
        calendars=("office",),
        on_site=True,
        pool_demand={"audit_commission": 1},
    )
    window = WeekSpan(first=0, end=family.num_weeks - 1)
    return Activity(id=f"ca-{area.id}", area=area.id, kind="ca", stages=(stage,), start_window=window)


def _audit_teams(family: Family) -> AnonymousPool:
    """Teams for corporate assessments; from July to September some of them audit accounts."""
    spans = weeks.weeks_of_months((7, 8, 9), family.num_weeks)
    units = max(1, family.num_audit_teams * 5 // 7)
    exceptions = tuple(Capacity(span=span, units=units) for span in spans)
    return AnonymousPool(id="audit_commission", units=family.num_audit_teams, exceptions=exceptions)


def _inspection(kind: str, area: Area, family: Family, draw: Random) -> Activity:
    """An inspection whose week another body has fixed: of a youth offending team, of fostering."""
    closed = set(weeks.bank_holiday_weeks())
    last = min(family.num_start_weeks, 150)
    week = draw.choice([w for w in range(8, last) if w not in closed])
    stage = Stage(id="on_site", duration_weeks=1, calendars=("office",), on_site=True)
    return Activity(
        id=f"{kind}-{area.id}",
        area=area.id,
        kind=kind,
        stages=(stage,),
        start_window=WeekSpan(first=week, end=week + 1),
        pinned_starts=(week,),
    )


def _links(areas: tuple[Area, ...], options: list[Option]) -> list[Link]:
    links: list[Link] = []
    for index, (area, option) in enumerate(zip(areas, options, strict=True)):
        analysis = StageRef(activity=f"jar-{area.id}", stage="analysis")
        fieldwork = StageRef(activity=f"jar-{area.id}", stage="fieldwork")
        assessment = StageRef(activity=f"ca-{area.id}", stage="on_site")
        links.append(_sequencing(option, analysis, fieldwork, assessment))
        if index % 3 == 0:
            inspection = StageRef(activity=f"yot-{area.id}", stage="on_site")
            links.append(NearLink(one=fieldwork, other=inspection, cap_weeks=26, price_per_week=3))
        if index % 3 == 1:
            inspection = StageRef(activity=f"fostering-{area.id}", stage="on_site")
            links.append(
                ApartLink(one=fieldwork, other=inspection, cap_weeks=8, price_per_week=4, term="burden")
            )
    return links


def _sequencing(option: Option, analysis: StageRef, fieldwork: StageRef, assessment: StageRef) -> Link:
    """The link of one of the four options (R030, R032, R034, R036)."""
    if option == 1:
        return LagLink(before=fieldwork, after=assessment, table="six-to-nine-months", price_per_week=1)
    if option == 2:
        return LagLink(before=assessment, after=analysis, table="six-to-nine-months", price_per_week=1)
    if option == 3:
        return WithinLink(inner=assessment, outer=fieldwork)
    return ApartLink(one=fieldwork, other=assessment, cap_weeks=78, price_per_week=2)


def _period_limits(family: Family) -> tuple[PeriodLimit, ...]:
    """A slow autumn 2005 and a maximum a year are hard (R014), evenness over quarters has a price."""
    limits = [
        PeriodLimit(
            id="autumn-2005",
            span=WeekSpan(first=0, end=15),
            kinds=("jar",),
            maximum=family.first_term_maximum,
        )
    ]
    for year in weeks.financial_years(family.num_weeks):
        limits += [
            PeriodLimit(id=f"{year.id}-{kind}", span=year.span, kinds=(kind,), maximum=family.yearly_maximum)
            for kind in ("jar", "ca")
        ]
    for quarter in weeks.quarters(family.num_weeks):
        if quarter.span.first >= 13 and quarter.span.end <= family.num_start_weeks:
            limits.append(
                PeriodLimit(
                    id=quarter.id,
                    span=quarter.span,
                    kinds=("jar",),
                    maximum=family.quarterly_maximum,
                    price=25,
                    max_excess=family.quarterly_maximum,
                )
            )
    return tuple(limits)


def _partner_limits(areas: tuple[Area, ...]) -> tuple[PartnerLimit, ...]:
    """Police forces: one for the whole of London, elsewhere one for about three areas (R128)."""
    limits = []
    for region, *_ in REGIONS:
        ids = [area.id for area in areas if area.region == region]
        size = len(ids) if region == "London" else 3
        for number, begin in enumerate(range(0, len(ids), max(1, size))):
            group = tuple(ids[begin : begin + size])
            if len(group) > 1:
                limits.append(
                    PartnerLimit(
                        id=f"police-{region}-{number + 1}",
                        areas=group,
                        kinds=("jar",),
                        maximum=max(1, len(group) // 16),
                        price=20,
                        max_excess=len(group),
                    )
                )
    return tuple(limits)


__all__ = ["ABUNDANT_SKILLS", "Family", "build", "national", "scarce", "small"]
