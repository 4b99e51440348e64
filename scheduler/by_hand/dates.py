"""Dates by hand: activities begin in the weeks that a planner wants, and as little else as possible moves."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np

from scheduler.by_hand.against_rules import nearest_to_rules
from scheduler.nearby.linked_areas import MOST_TIMETABLES, Node, Timetables, Units
from scheduler.values.arrays import Ints
from scheduler.values.problem import Problem
from scheduler.values.value import Starts, Week

MOST_TRIED = 200
"""Timetables of a unit that are tried against what others use, the cheapest first."""


def dates_by_hand(problem: Problem, units: Units, starts: Starts, wanted: Mapping[str, Week]) -> Starts:
    """The dates of a plan in which some activities begin in other weeks.

    Their later stages follow at the least cost. Of the activities that rules tie to them as few as possible move; all
    others stay. Where no dates keep the rules, those that break the fewest are taken.

    Parameters
    ----------
    problem
        The one that the units are of: what may not move in it is pinned.
    starts
        Start weeks of every activity in the plan.
    wanted
        First weeks by activity, within the horizon.

    Returns
    -------
    Start weeks of every activity.
    """
    touched = list(dict.fromkeys(units.unit_of[name] for name in wanted))
    moving = {name for unit in touched for name in units.names[unit]}
    found = {name: weeks for name, weeks in starts.items() if name not in moving}
    for unit in touched:
        here = {name: wanted[name] for name in units.names[unit] if name in wanted}
        now = {name: starts[name] for name in units.names[unit]}
        allowed = _within_rules(units, unit, now, here, found)
        found |= allowed if allowed is not None else nearest_to_rules(problem, now, here)
    return found


def _within_rules(
    units: Units, unit: int, now: Starts, wanted: Mapping[str, Week], others: Starts
) -> Starts | None:
    """The dates of a unit that move the fewest of its activities, of these the cheapest; None if rules leave none."""
    begin: dict[Node, tuple[Week, int]] = {(name, 0): (week, 0) for name, week in wanted.items()}
    room = units.rows.rhs + units.rows.max_excess - units.usage(others)
    tied = [name for name in now if name not in wanted]
    for staying in _ever_fewer(tied):
        best: tuple[int, int, Starts] | None = None
        for names in staying:
            kept = {(name, stage): (week, 0) for name in names for stage, week in enumerate(now[name])}
            table = units.listed(unit, begin | kept, MOST_TIMETABLES)
            if table is not None and len(table):
                answer = _cheapest_with_room(units, table, room)
                best = answer if best is None or answer[:2] < best[:2] else best
        if best is not None:
            return best[2]
    return None


def _ever_fewer(names: Sequence[str]) -> Iterator[list[tuple[str, ...]]]:
    """All names, then all sets of one less, and so on down to none."""
    for size in range(len(names), -1, -1):
        yield list(combinations(names, size))


def _cheapest_with_room(units: Units, table: Timetables, room: Ints) -> tuple[int, int, Starts]:
    """How many shared rows a timetable overfills, what it costs, and its dates: the fewest, then the cheapest."""
    tried: list[tuple[int, int, Starts]] = []
    for number in np.argsort(table.costs, kind="stable")[:MOST_TRIED].tolist():
        dates = table.starts_of(number)
        used = units.uses(table.unit, dates)
        left = room.copy()
        left[list(used)] -= list(used.values())
        overfull = int((left < 0).sum())
        tried.append((overfull, int(table.costs[number]), dates))
        if not overfull:
            break
    return min(tried, key=lambda found: found[:2])
