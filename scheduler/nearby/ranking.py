"""Which timetables of a unit suit the people who are free: a quick look before any model is built."""

from collections.abc import Mapping

import numpy as np

from scheduler.nearby.timetables import Timetables
from scheduler.people.capacity import team_demand
from scheduler.people.roster import Roster
from scheduler.people.work_weeks import team_weeks
from scheduler.values.arrays import Ints
from scheduler.values.value import Week

SHORT_AS_LOST = 3
"""A seat that nobody free can fill counts as so many people lost, where cost matters: people may change teams."""


def ranked(roster: Roster, found: Timetables, number: int, price_per_person: int | None = None) -> list[Ints]:
    """Numbers of timetables by team weeks, the best team weeks first, the cheapest timetable of each first.

    Best are the fewest seats that nobody free can fill, then the fewest moves, then the most people kept.

    Parameters
    ----------
    roster
        The teams of all others.
    number
        At most so many different team weeks; without any, so many timetables.
    price_per_person
        If given, people who cannot stay count with this price in the cost instead.
    """
    order = np.lexsort((found.costs, found.moves))
    columns = [index for index, (name, _) in enumerate(found.nodes) if name in roster.staff.reviews]
    if not columns or not len(order):
        return [order[[index]] for index in range(min(number, len(order)))]
    _, first, pattern = np.unique(
        found.starts[order][:, columns], axis=0, return_index=True, return_inverse=True
    )
    best = order[first]
    quality = [missing_and_lost(roster, found.starts_of(int(timetable))) for timetable in best]
    short, lost = (np.array([figures[part] for figures in quality], dtype=np.int64) for part in (0, 1))
    if price_per_person is not None:
        ranking = np.lexsort((short, found.costs[best] + price_per_person * (lost + SHORT_AS_LOST * short)))
    else:
        ranking = np.lexsort((found.costs[best], lost, found.moves[best], short))
    return [order[pattern.ravel() == rank] for rank in ranking[:number]]


def missing_and_lost(roster: Roster, starts: Mapping[str, tuple[Week, ...]]) -> tuple[int, int]:
    """Seats that nobody free can fill, and announced people who are not free."""
    short = lost = 0
    for name in starts:
        review = roster.staff.reviews.get(name)
        if review is None:
            continue
        weeks = team_weeks(review, starts[name])
        free = roster.free(weeks) & roster.staff.independent(review)
        for skill, count in team_demand(review):
            able = free & roster.staff.skilled(skill)
            holders = roster.at_work.holders(review, skill, weeks)
            theirs = int(able[holders].sum())
            others = min(int(able.sum()) - theirs, roster.at_work.left_for_others(review, skill, weeks))
            short += max(0, count - theirs - others)
        announced = review.published.members if review.published else ()
        lost += sum(not free[person] for person in roster.staff.numbers(announced))
    return short, lost
