"""Dates by hand: activities begin in the weeks that a planner wants, and as little else as possible moves."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np

from scheduler.by_hand.against_rules import nearest_to_rules
from scheduler.nearby.linked_areas import MOST_TIMETABLES, Units
from scheduler.nearby.ranking import missing_and_lost
from scheduler.nearby.timetables import Node, Timetables
from scheduler.people.roster import Roster
from scheduler.people.staff import Staff
from scheduler.values.arrays import Ints
from scheduler.values.plan import Plan
from scheduler.values.value import Starts, Week

MOST_TRIED = 200
"""Timetables of a unit that are tried against what others use, the cheapest first."""


def dates_by_hand(units: Units, plan: Plan, wanted: Mapping[str, Week]) -> Starts:
    """The dates of a plan in which some activities begin in other weeks.

    Of the activities that rules tie to them as few as possible move; all others stay. Later stages, and what moves
    along, begin where the most places find somebody who is free, then at the least cost. Where no dates keep the
    rules, those that break the fewest are taken.

    Parameters
    ----------
    units
        Of a problem in which is pinned what may not move.
    plan
        It has dates for all of their activities.
    wanted
        First weeks by activity, within the horizon.

    Returns
    -------
    Start weeks of every activity.
    """
    starts, staff = plan.starts(), Staff(units.problem)
    touched = list(dict.fromkeys(units.unit_of[name] for name in wanted))
    moving = {name for unit in touched for name in units.names[unit]}
    found = {name: weeks for name, weeks in starts.items() if name not in moving}
    roster = Roster(staff, found, [member for member in plan.members if member.activity not in moving])
    for unit in touched:
        here = {name: wanted[name] for name in units.names[unit] if name in wanted}
        now = {name: starts[name] for name in units.names[unit]}
        room = units.rows.rhs + units.rows.max_excess - units.usage(found)
        allowed = _within_rules(units, unit, now, here, (room, roster))
        found |= allowed if allowed is not None else nearest_to_rules(units.problem, now, here)
    return found


Left = tuple[Ints, Roster]
"""What others leave: units of each shared row, and who is free."""


def _within_rules(
    units: Units, unit: int, now: Starts, wanted: Mapping[str, Week], left: Left
) -> Starts | None:
    """The dates of a unit that move the fewest of its activities, of these the best; None if rules leave none."""
    begin: dict[Node, tuple[Week, int]] = {(name, 0): (week, 0) for name, week in wanted.items()}
    tied = [name for name in now if name not in wanted]
    for staying in _ever_fewer(tied):
        best: tuple[tuple[int, int, int], Starts] | None = None
        for names in staying:
            kept = {(name, stage): (week, 0) for name in names for stage, week in enumerate(now[name])}
            table = units.listed(unit, begin | kept, MOST_TIMETABLES)
            if table is not None and len(table):
                answer = _best(units, table, left)
                best = answer if best is None or answer[0] < best[0] else best
        if best is not None:
            return best[1]
    return None


def _ever_fewer(names: Sequence[str]) -> Iterator[list[tuple[str, ...]]]:
    """All names, then all sets of one less, and so on down to none."""
    for size in range(len(names), -1, -1):
        yield list(combinations(names, size))


def _best(units: Units, table: Timetables, left: Left) -> tuple[tuple[int, int, int], Starts]:
    """The best of some timetables: shared rows that it overfills, places that nobody can take, and cost; its dates."""
    tried: list[tuple[tuple[int, int, int], Starts]] = []
    for number in np.argsort(table.costs, kind="stable")[:MOST_TRIED].tolist():
        dates = table.starts_of(number)
        room = left[0].copy()
        for row, use in units.uses(table.unit, dates).items():
            room[row] -= use
        short, _ = missing_and_lost(left[1], dates)
        tried.append(((int((room < 0).sum()), short, int(table.costs[number])), dates))
    return min(tried, key=lambda found: found[0])
