"""Dates where people are scarce: they are counted as far as they go, and each one that is missing has a price.

No bound comes of it, only a plan to begin with, which a search for dates without people would not be: that puts all
areas into the same cheap weeks, where nobody is left for most of their teams.
"""

from collections.abc import Callable

from scheduler.dates.prepared import Prepared
from scheduler.dates.quick_plans import fill, improve
from scheduler.dates.remaining import Room
from scheduler.dates.rows import Rows
from scheduler.dates.unions import separate_unions

ROUNDS = 4
"""So often unions of skills that are exceeded get their price, too."""


def dates_with_few_missing(
    prepared: Prepared, price: int, must_end: Callable[[], bool], seed: int = 0
) -> dict[str, tuple[int, ...]] | None:
    """Start weeks by activity by a greedy rule and moves of one area at a time; None where that finds none.

    Parameters
    ----------
    price
        Cost of each person who is missing in a row (a week, a year), beside the cost of dates.
    """
    for whole_teams in (True, False):
        rows = prepared.rows(whole_teams).copied()
        starts = _improved(rows, price, must_end, seed)
        if starts is not None:
            return rows.graph.starts_by_activity(starts)
    return None


def _improved(
    rows: Rows, price: int, must_end: Callable[[], bool], seed: int
) -> dict[int, tuple[int, ...]] | None:
    rows.price_people(price)
    room = fill(Room(rows))
    for _ in range(ROUNDS):
        if room is None or must_end():
            break
        improve(room, must_end, seed)
        if not separate_unions(rows, room.used.astype(float)):
            break
        rows.price_people(price)
        room = Room(rows, room.starts).complete()
    return None if room is None else room.starts
