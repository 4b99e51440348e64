"""What people cost at least, whatever the dates: each team alone, of the cheapest people who may ever be in it."""

import numpy as np

from scheduler.cost import distance_km
from scheduler.people.roster import Roster
from scheduler.people.staff import Staff
from scheduler.values.arrays import Ints
from scheduler.values.problem import Activity

NEVER = 10**9
"""Stands for the price of a person in a seat that they may not have."""


def least_people_cost(staff: Staff) -> int:
    """No teams that fill all their seats cost less than this, whatever the dates.

    Announced people who leave a team cost their price, the others of the team nothing but their journeys. Of a review
    that is pinned only those count who are there in its weeks. What the fair share costs is left out: it is never
    negative.
    """
    nobody = Roster(staff)
    return sum(_least_of_team(staff, nobody, review) for review in staff.reviews.values())


def _least_of_team(staff: Staff, nobody: Roster, review: Activity) -> int:
    problem, demand = staff.problem, review.team.seats_by_skill() if review.team is not None else {}
    weeks = () if review.pinned_starts is None else staff.weeks(review.id, {review.id: review.pinned_starts})
    place = next(area.location for area in problem.areas if area.id == review.area)
    announced = staff.numbers(review.published.members if review.published else ())
    prices = problem.team_prices
    costs = prices.per_km * np.array([distance_km(person.home, place) for person in problem.inspectors])
    costs[announced] -= prices.per_person_changed
    rows = [
        np.where(nobody.may_sit(review, skill, weeks), costs, NEVER)
        for skill, count in demand.items()
        for _ in range(count)
    ]
    least = cheapest_pairs(np.array(rows, dtype=np.int64).reshape(len(rows), len(costs)))
    changed = len(set(review.published.members)) if review.published else 0
    return prices.per_person_changed * changed + least


def cheapest_pairs(costs: Ints) -> int:
    """The least sum in which each row has a column of its own (Kuhn 1955, with potentials).

    Parameters
    ----------
    costs
        Shape (rows, columns). With fewer columns than rows, or without pairs that are allowed, each row's least counts.
    """
    rows, columns = costs.shape
    if not rows:
        return 0
    owner = _owners(costs) if columns >= rows else None
    pairs = (
        None if owner is None else [(row, column) for column, row in enumerate(owner.tolist()) if row >= 0]
    )
    if pairs is None or any(costs[pair] >= NEVER // 2 for pair in pairs):
        least = costs.min(axis=1, initial=NEVER)
        return int(least[least < NEVER // 2].sum())
    return sum(int(costs[pair]) for pair in pairs)


def _owners(costs: Ints) -> Ints:
    """The row of each column in the cheapest pairs, -1 for none. Shape (columns,)."""
    rows, columns = costs.shape
    row_prices, column_prices = np.zeros(rows, dtype=np.int64), np.zeros(columns + 1, dtype=np.int64)
    owner = np.full(columns + 1, -1, dtype=np.int64)
    for row in range(rows):
        owner[columns], column = row, columns
        least, before = np.full(columns, np.iinfo(np.int64).max), np.full(columns, columns)
        seen = np.zeros(columns + 1, dtype=bool)
        while owner[column] >= 0:
            seen[column] = True
            reduced = costs[owner[column]] - row_prices[owner[column]] - column_prices[:columns]
            is_less = ~seen[:columns] & (reduced < least)
            least[is_less], before[is_less] = reduced[is_less], column
            open_columns = np.flatnonzero(~seen[:columns])
            following = int(open_columns[np.argmin(least[open_columns])])
            step = least[following]
            row_prices[owner[seen]] += step
            column_prices[seen] -= step
            least[~seen[:columns]] -= step
            column = following
        while column != columns:
            owner[column] = owner[before[column]]
            column = int(before[column])
    return owner[:columns]
