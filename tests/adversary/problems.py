"""Tiny random problems: each has some of the features of the schema, all together have them all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from scheduler.validating.validation import validate
from scheduler.values.problem import (
    Activity,
    AnonymousPool,
    Area,
    Calendar,
    Capacity,
    Closure,
    Location,
    PartnerLimit,
    Period,
    PeriodLimit,
    Problem,
    Published,
    Stage,
)
from scheduler.values.value import WeekSpan
from tests.adversary.draw import chance, name, some, span
from tests.adversary.drawn_links import lag_table, links
from tests.adversary.drawn_people import inspectors, past_reviews, prices, with_team
from tests.adversary.timetables import num_timetables
from tests.adversary.weeks import starts_of

MOST_TIMETABLES = 150
"""Ways to date the activities of an area: more make no problem that is tiny."""

KINDS = ("jar", "ca", "yot inspection")


@dataclass(frozen=True)
class Size:
    """How large a problem may be: areas, activities of an area, weeks of a start window."""

    areas: int = 3
    activities: int = 3
    window: int = 6
    people: int = 6


@dataclass
class Drawn:
    """What is drawn so far, and by what chance."""

    draw: Random
    size: Size
    num_weeks: int
    skills: tuple[str, ...]
    areas: tuple[Area, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    pools: tuple[AnonymousPool, ...] = ()
    activities: list[Activity] = field(default_factory=list)


def tiny(seed: str, size: Size = Size(), suits: Callable[[Problem], bool] = lambda _: True) -> Problem:
    """The first valid problem of a series that suits."""
    return next(problem for problem in _series(seed, size) if suits(problem))


def _series(seed: str, size: Size) -> Iterator[Problem]:
    for number in range(10_000):
        problem = _drawn(Random(f"{seed} {number}"), size, f"{seed} {number}")
        sizes = [num_timetables(problem, area.id) for area in problem.areas]
        if max(sizes) <= MOST_TIMETABLES and not validate(problem):
            yield problem


def _drawn(draw: Random, size: Size, title: str) -> Problem:
    skills = tuple(name(draw, skill) for skill in ("education", "camhs", "youth")[: draw.randint(1, 3)])
    drawn = Drawn(draw, size, draw.randint(8, 13), skills)
    drawn.areas = tuple(_area(draw, number) for number in range(draw.randint(1, size.areas)))
    drawn.calendars = tuple(_calendar(drawn, number) for number in range(draw.randint(0, 2)))
    drawn.pools = tuple(_pool(drawn, number) for number in range(draw.randint(0, 2)))
    drawn.activities = list(_activities(drawn))
    people = inspectors(draw, drawn.areas, drawn.skills, drawn.num_weeks, draw.randint(2, size.people))
    names = [person.id for person in people]
    joined = links(draw, drawn.activities)
    drawn.activities = [
        with_team(draw, activity, drawn.activities, skills, joined, names) for activity in drawn.activities
    ]
    periods = tuple(_periods(drawn))
    problem = Problem(
        name=title,
        first_monday=date(2005, 9, 5) + timedelta(weeks=draw.randrange(100)),
        num_weeks=drawn.num_weeks,
        areas=drawn.areas,
        activities=tuple(drawn.activities),
        links=joined,
        lag_tables=(lag_table(draw, drawn.num_weeks),),
        calendars=drawn.calendars,
        pools=drawn.pools,
        inspectors=people,
        periods=periods,
        period_limits=tuple(_period_limits(drawn)),
        partner_limits=tuple(_partner_limits(drawn)),
        team_prices=prices(draw),
        min_percent=draw.choice((80, 80, 50)),
        leader_drafts=draw.choice((1, 1, 2)),
        frozen_until=draw.choice((0, 0, 0, 2, 4)),
        past_reviews=past_reviews(draw, drawn.areas, names),
        pair=Random(f"pair {title}").choice((None, KINDS[:2])),
    )
    return _announced(draw, problem)


def _area(draw: Random, number: int) -> Area:
    here = Location(lat=51 + 3 * draw.random(), lon=-3 * draw.random())
    return Area(
        id=name(draw, f"A{number}"), name=f"Area {number}", location=here, region=draw.choice(("", "North"))
    )


def _calendar(drawn: Drawn, number: int) -> Calendar:
    spans = [span(drawn.draw, -2, drawn.num_weeks, 3) for _ in range(drawn.draw.randint(0, 2))]
    return Calendar(
        id=name(drawn.draw, f"cal{number}"),
        closures=tuple(Closure(span=week_span, reason="closed") for week_span in spans),
    )


def _pool(drawn: Drawn, number: int) -> AnonymousPool:
    draw = drawn.draw
    spans = [span(draw, 0, drawn.num_weeks, 4) for _ in range(draw.randint(0, 2))]
    exceptions = tuple(Capacity(span=week_span, units=draw.randint(0, 2)) for week_span in spans)
    return AnonymousPool(id=name(draw, f"audit{number}"), units=draw.randint(1, 2), exceptions=exceptions)


def _activities(drawn: Drawn) -> Iterator[Activity]:
    draw = drawn.draw
    for area in drawn.areas:
        for number in range(min(drawn.size.activities, draw.choice((1, 1, 2, 2, 3)))):
            first = draw.randint(0, drawn.num_weeks - 4)
            end = min(drawn.num_weeks, first + draw.randint(1, drawn.size.window))
            yield Activity(
                id=name(draw, f"{area.id}-{number}"),
                area=area.id,
                kind=draw.choice(KINDS),
                stages=tuple(_stage(drawn, place) for place in range(draw.choice((1, 1, 2, 2, 3)))),
                start_window=WeekSpan(first=first, end=end),
                urgency_price=draw.choice((0, 1, 5, draw.randint(0, 9))),
                short_notice=chance(draw, 0.2),
            )


def _stage(drawn: Drawn, number: int) -> Stage:
    draw, lag = drawn.draw, drawn.draw.randint(0, 2)
    demand = {pool.id: min(pool.units, draw.choice((1, 1, 2))) for pool in drawn.pools if chance(draw, 0.4)}
    return Stage(
        id=name(draw, f"s{number}"),
        duration_weeks=draw.choice((1, 1, 2)),
        lag_min_weeks=lag,
        lag_max_weeks=lag + draw.randint(0, 2),
        stretch_price=draw.randint(0, 4),
        calendars=some(draw, [calendar.id for calendar in drawn.calendars]),
        on_site=chance(draw, 0.6),
        uses_team=chance(draw, 0.7),
        pool_demand=demand,
    )


def _periods(drawn: Drawn) -> Iterator[Period]:
    middle = drawn.draw.randint(2, drawn.num_weeks - 2)
    yield Period(id="first", kind="year", span=WeekSpan(first=-3, end=middle))
    yield Period(id="second", kind="year", span=WeekSpan(first=middle, end=drawn.num_weeks + 4))
    if chance(drawn.draw, 0.3):
        overlapping = span(drawn.draw, 0, drawn.num_weeks, 6)
        yield Period(id="term", kind=drawn.draw.choice(("year", "term")), span=overlapping)


def _period_limits(drawn: Drawn) -> Iterator[PeriodLimit]:
    draw = drawn.draw
    for number in range(draw.choice((0, 0, 1, 2))):
        least = draw.choice((None, None, 1, 2))
        price = draw.choice((None, draw.randint(0, 12)))
        yield PeriodLimit(
            id=name(draw, f"limit{number}"),
            span=span(draw, 0, drawn.num_weeks, 8),
            kinds=KINDS if least else some(draw, KINDS),
            areas=draw.choice((None, None if least else some(draw, [area.id for area in drawn.areas]))),
            minimum=least,
            maximum=draw.choice((None, 2, 3) if least else (0, 1, 1, 2)),
            price=price,
            max_excess=0 if price is None else draw.randint(0, 2),
            term=draw.choice(("evenness", "burden")),
        )


def _partner_limits(drawn: Drawn) -> Iterator[PartnerLimit]:
    draw = drawn.draw
    for number in range(draw.choice((0, 0, 1))):
        yield PartnerLimit(
            id=name(draw, f"police{number}"),
            areas=some(draw, [area.id for area in drawn.areas]),
            kinds=some(draw, KINDS),
            maximum=draw.choice((0, 1, 1)),
            price=draw.randint(0, 9),
            max_excess=draw.randint(0, 2),
            term=draw.choice(("partners", "burden")),
        )


def _announced(draw: Random, problem: Problem) -> Problem:
    """Some activities are pinned, published or confirmed, mostly where they may be."""
    found = []
    for activity in problem.activities:
        possible = list(starts_of(problem.model_copy(update={"frozen_until": 0}), activity))
        if possible and chance(draw, 0.15):
            activity = activity.model_copy(update={"pinned_starts": draw.choice(possible)})
        if possible and chance(draw, 0.35):
            activity = activity.model_copy(
                update={"published": _published(draw, problem, activity, possible)}
            )
        found.append(activity)
    return problem.model_copy(update={"activities": tuple(found)})


def _published(
    draw: Random, problem: Problem, activity: Activity, possible: list[tuple[int, ...]]
) -> Published:
    is_possible = chance(draw, 0.7)
    anywhere = tuple(draw.randint(-2, problem.num_weeks) for _ in activity.stages)
    return Published(
        starts=draw.choice(possible) if is_possible else anywhere,
        move_price=draw.randint(0, 6),
        move_price_per_week=draw.randint(0, 3),
        members=some(draw, [person.id for person in problem.inspectors] + ["gone"], 3),
        is_frozen=is_possible and chance(draw, 0.25),
    )
