"""Tiny random problems that use every feature, small enough to try everything."""

from random import Random
from typing import Literal

from scheduler.values.problem import (
    Absence,
    Activity,
    AnonymousPool,
    ApartLink,
    Area,
    Calendar,
    Capacity,
    Closure,
    Inspector,
    LagLink,
    LagTable,
    Link,
    Location,
    NearLink,
    PartnerLimit,
    Period,
    PeriodLimit,
    Place,
    Problem,
    Published,
    Stage,
    StageRef,
    Team,
    WithinLink,
)
from tests.builders import FIRST_MONDAY, span

NUM_WEEKS = 16
SKILLS = ("safeguarding", "camhs")
BODIES = ("Ofsted", "CSCI")
HERE = Location(lat=52.0, lon=-1.0)
YEARS = (Period(id="y1", kind="year", span=span(0, 6)), Period(id="y2", kind="year", span=span(6, NUM_WEEKS)))

Option = Literal[1, 2, 3, 4]


def tiny_problem(option: Option, seed: int, num_areas: int = 2) -> Problem:
    """A problem of a few areas with a review and an assessment each, and one pinned inspection."""
    draw = Random(f"{option}-{seed}")
    areas = tuple(Area(id=f"a{n}", name=f"A{n}", location=HERE) for n in range(num_areas))
    reviews = [_review(area, draw) for area in areas]
    assessments = [_assessment(area) for area in areas]
    pinned = _pinned(areas[0], draw)
    links = [tiny_link(option, area, draw) for area in areas]
    fieldwork = StageRef(activity=f"jar-{areas[0].id}", stage="fieldwork")
    visit = StageRef(activity=pinned.id, stage="visit")
    links.append(NearLink(one=fieldwork, other=visit, cap_weeks=6, price_per_week=draw.randint(0, 5)))
    return Problem(
        name=f"tiny-{option}-{seed}",
        first_monday=FIRST_MONDAY,
        num_weeks=NUM_WEEKS,
        areas=areas,
        activities=(*reviews, *assessments, pinned),
        links=tuple(links),
        lag_tables=(_lag_table(draw),),
        calendars=(_calendar(draw),),
        pools=(_pool(draw),),
        inspectors=tuple(_inspector(n, draw) for n in range(draw.randint(4, 6))),
        periods=YEARS,
        period_limits=tuple(_period_limits(draw)),
        partner_limits=tuple(_partner_limits(areas, draw)),
    )


def _review(area: Area, draw: Random) -> Activity:
    lag = draw.randint(0, 2)
    analysis = Stage(id="analysis", duration_weeks=1, uses_team=True)
    fieldwork = Stage(
        id="fieldwork",
        duration_weeks=draw.choice((1, 2)),
        lag_min_weeks=lag,
        lag_max_weeks=lag + draw.randint(0, 1),
        stretch_price=draw.randint(0, 4),
        calendars=("school",),
        on_site=True,
        uses_team=True,
    )
    first = draw.randint(0, 3)
    published = None
    if draw.random() < 0.3:
        starts = (draw.randrange(NUM_WEEKS), draw.randrange(NUM_WEEKS))
        published = Published(
            starts=starts, move_price=draw.randint(0, 6), move_price_per_week=draw.randint(0, 3)
        )
    return Activity(
        id=f"jar-{area.id}",
        area=area.id,
        kind="jar",
        stages=(analysis, fieldwork),
        start_window=span(first, first + draw.randint(3, 7)),
        urgency_price=draw.randint(0, 9),
        team=Team(
            places=tuple(Place(skill=skill) for skill in draw.choice((SKILLS, SKILLS, SKILLS[:1]))),
            min_members=1,
            min_bodies=1,
        ),
        published=published,
    )


def _assessment(area: Area) -> Activity:
    stage = Stage(id="visit", duration_weeks=1, on_site=True, pool_demand={"audit": 1}, calendars=("school",))
    window = span(0, NUM_WEEKS)
    return Activity(id=f"ca-{area.id}", area=area.id, kind="ca", stages=(stage,), start_window=window)


def _pinned(area: Area, draw: Random) -> Activity:
    week = draw.randrange(NUM_WEEKS)
    stage = Stage(id="visit", duration_weeks=1, on_site=True)
    return Activity(
        id=f"yot-{area.id}",
        area=area.id,
        kind="yot",
        stages=(stage,),
        start_window=span(week, week + 1),
        pinned_starts=(week,) if draw.random() < 0.5 else None,
    )


def tiny_link(option: Option, area: Area, draw: Random) -> Link:
    """How a review and an assessment of an area are sequenced under an option."""
    analysis, fieldwork = (StageRef(activity=f"jar-{area.id}", stage=s) for s in ("analysis", "fieldwork"))
    visit = StageRef(activity=f"ca-{area.id}", stage="visit")
    if option == 1:
        return LagLink(before=fieldwork, after=visit, table="lag", price_per_week=draw.randint(0, 3))
    if option == 2:
        return LagLink(before=visit, after=analysis, table="lag", price_per_week=draw.randint(0, 3))
    if option == 3:
        return WithinLink(inner=visit, outer=fieldwork)
    return ApartLink(
        one=fieldwork, other=visit, cap_weeks=draw.randint(2, 9), price_per_week=draw.randint(1, 4)
    )


def _lag_table(draw: Random) -> LagTable:
    first = tuple(min(NUM_WEEKS, week + 1 + draw.randint(1, 2)) for week in range(NUM_WEEKS))
    return LagTable(
        id="lag", first=first, end=tuple(min(NUM_WEEKS, week + draw.randint(1, 3)) for week in first)
    )


def _calendar(draw: Random) -> Calendar:
    weeks = sorted(draw.sample(range(NUM_WEEKS), 2))
    return Calendar(id="school", closures=tuple(Closure(span=span(w, w + 1)) for w in weeks))


def _pool(draw: Random) -> AnonymousPool:
    week = draw.randrange(NUM_WEEKS - 3)
    exception = Capacity(span=span(week, week + 3), units=0)
    return AnonymousPool(id="audit", units=draw.choice((1, 1, 2)), exceptions=(exception,))


def _inspector(number: int, draw: Random) -> Inspector:
    skills = {0: SKILLS[:1], 1: SKILLS[1:], 2: ()}.get(number, draw.choice((SKILLS, SKILLS[:1], SKILLS[1:])))
    away = draw.randrange(NUM_WEEKS)
    return Inspector(
        id=f"i{number}",
        body=BODIES[number % 2],
        skills=skills,
        is_leader=number == 2 or draw.random() < 0.3,
        home=HERE,
        trained_from=draw.choice((0, 0, 2)),
        absences=(Absence(span=span(away, away + 2), percent_available=draw.choice((0, 80))),),
        rest_weeks=draw.choice((1, 1, 2)),
        max_reviews=draw.choice(({}, {"year": 1}, {"year": 2})),
        conflicts=("a0",) if draw.random() < 0.1 else (),
    )


def _period_limits(draw: Random) -> list[PeriodLimit]:
    limits = []
    if draw.random() < 0.5:
        limits.append(PeriodLimit(id="hard", span=span(0, draw.randint(2, 6)), kinds=("jar",), maximum=1))
    if draw.random() < 0.5:
        limits.append(
            PeriodLimit(
                id="soft",
                span=span(2, 7),
                kinds=("jar", "ca"),
                areas=draw.choice((None, ("a0",))),
                minimum=draw.choice((None, 1, 2)),
                maximum=draw.choice((2, 3)),
                price=draw.randint(1, 20),
                max_excess=2,
            )
        )
    if draw.random() < 0.2:
        limits.append(PeriodLimit(id="least", span=span(4, 12), kinds=("jar",), minimum=1))
    return limits


def _partner_limits(areas: tuple[Area, ...], draw: Random) -> list[PartnerLimit]:
    ids = tuple(area.id for area in areas)
    if draw.random() < 0.5:
        return []
    limit = PartnerLimit(
        id="police",
        areas=ids,
        kinds=("jar", "yot"),
        maximum=1,
        price=draw.randint(1, 15),
        max_excess=draw.choice((0, 1, 2)),
    )
    return [limit]
