"""Random links between the activities of an area, and the weeks that a lag table allows."""

from collections.abc import Iterator
from itertools import combinations
from random import Random

from scheduler.values.problem import (
    Activity,
    ApartLink,
    ClearLink,
    LagLink,
    LagTable,
    Link,
    NearLink,
    StageRef,
    Term,
    WithinLink,
)
from tests.adversary.draw import chance

TABLE = "six to nine"


def lag_table(draw: Random, num_weeks: int) -> LagTable:
    """The next stage starts so many weeks after the last one; sometimes in no week at all."""
    shortest = [draw.randint(1, 2) for _ in range(num_weeks)]
    first = tuple(min(num_weeks, week + shortest[week]) for week in range(num_weeks))
    end = tuple(min(num_weeks, week + draw.choice((0, 1, 2, 3))) for week in first)
    return LagTable(id=TABLE, first=first, end=end)


def links(draw: Random, activities: list[Activity]) -> tuple[Link, ...]:
    """Most activities of an area are linked, some by two links, so that many stand in circles."""
    return tuple(_links(draw, activities))


def _links(draw: Random, activities: list[Activity]) -> Iterator[Link]:
    for one, other in combinations(activities, 2):
        if one.area == other.area and chance(draw, 0.8):
            ends = draw.sample([_end(draw, one), _end(draw, other)], 2)
            yield _link(draw, *ends)
            if chance(draw, 0.15):
                others = draw.sample([_end(draw, one), _end(draw, other)], 2)
                yield _link(draw, *draw.choice((ends, others)))


def _end(draw: Random, activity: Activity) -> StageRef:
    return StageRef(activity=activity.id, stage=draw.choice(activity.stages).id)


def _link(draw: Random, one: StageRef, other: StageRef) -> Link:
    price, cap = draw.randint(0, 5), draw.randint(1, 8)
    term: Term = draw.choice(("sequencing", "co_ordination", "burden"))
    kinds: tuple[Link, ...] = (
        LagLink(before=one, after=other, table=TABLE, price_per_week=price, term=term),
        WithinLink(inner=one, outer=other),
        ApartLink(one=one, other=other, cap_weeks=cap, price_per_week=price, term=term),
        NearLink(one=one, other=other, cap_weeks=cap, price_per_week=price, term=term),
        ClearLink(one=one, other=other, clear_weeks=draw.choice((0, 0, 1, 2))),
    )
    return draw.choice(kinds)
