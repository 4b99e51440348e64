"""Lower bounds of the team problem that hold for any duals, in integer arithmetic.

The Lagrangian value of the seats' and rows' prices bounds every assignment from below, however bad the
prices are; the linear relaxation only finds good ones. Nothing here trusts a solver.
"""

from dataclasses import dataclass

import numpy as np

from scheduler.people.team_model import TeamModel
from scheduler.teams.rows import Row
from scheduler.values.arrays import Floats, Ints

SCALE = 1000
"""Duals are rounded to this fraction of a unit of cost."""


@dataclass(frozen=True)
class Objective:
    """What is minimised: `costs` of the columns, and `uncovered_price` for each uncovered seat.

    `with_shares` prices reviews above the fair share. With `uncovered_limit` at most so many seats stay
    uncovered.
    """

    costs: Ints
    uncovered_price: int
    with_shares: bool
    uncovered_limit: int | None = None

    @staticmethod
    def of_uncovered(model: TeamModel) -> "Objective":
        """The number of uncovered seats alone."""
        return Objective(np.zeros_like(model.cost), 1, with_shares=False)

    @staticmethod
    def of_cost(model: TeamModel, uncovered_limit: int) -> "Objective":
        """The team cost among assignments with few enough uncovered seats."""
        return Objective(model.cost, 0, with_shares=True, uncovered_limit=uncovered_limit)

    @staticmethod
    def of_both(model: TeamModel) -> "Objective":
        """The team cost and a price for uncovered seats that is dear, but not dominating."""
        prices = model.problem.team_prices
        spread = int(np.abs(model.cost).max(initial=0)) + prices.per_review_over_share + 1
        return Objective(model.cost, 20 * spread, with_shares=True)


@dataclass(frozen=True)
class Duals:
    """Prices in units of 1 / SCALE: of seats (any sign), of rows and of `uncovered_limit` (never negative)."""

    seats: Ints
    rows: tuple[tuple[Row, int], ...]
    limit: int = 0


def rounded(seats: Floats, rows: list[tuple[Row, float]], limit: float) -> Duals:
    """A relaxation's duals as integers of the right sign; where excess is priced, no dual is above that price."""
    whole = []
    for row, value in rows:
        dual = max(0, round(value * SCALE))
        whole.append((row, dual if row.price is None else min(dual, row.price * SCALE)))
    kept = tuple((row, dual) for row, dual in whole if dual)
    return Duals(np.rint(seats * SCALE).astype(np.int64), kept, max(0, round(limit * SCALE)))


def reduced_costs(model: TeamModel, objective: Objective, duals: Duals) -> Ints:
    """Scaled reduced cost of every column, shape (columns,)."""
    members = np.zeros((model.num_persons, len(model.reviews)), dtype=np.int64)
    leaders = np.zeros_like(members)
    for row, dual in duals.rows:
        penalty = leaders if row.leaders_only else members
        penalty[np.ix_(row.persons, row.reviews)] += row.sign * dual
    reduced: Ints = objective.costs * SCALE - duals.seats[model.seat] + members[model.person, model.review]
    return reduced + np.where(model.leads, leaders[model.person, model.review], 0)


def scaled_bound(model: TeamModel, objective: Objective, duals: Duals) -> int:
    """A lower bound of the objective, times SCALE.

    Every seat is filled or uncovered, so seats pay their dual in full; a column is taken at most once and
    an uncovered seat at most as often as it is there, so negative reduced costs are subtracted in full.
    """
    limit = objective.uncovered_limit
    bound = int(duals.seats @ model.counts) - duals.limit * (limit or 0)
    uncovered = objective.uncovered_price * SCALE + duals.limit - duals.seats
    for row, dual in duals.rows:
        bound -= dual * row.limit
        if row.counts_uncovered:
            uncovered = uncovered - dual * np.isin(model.seats_review, row.reviews)
    if limit != 0:
        bound += int(np.minimum(0, uncovered) @ model.counts)
    return bound + int(np.minimum(0, reduced_costs(model, objective, duals)).sum())


def whole_bound(scaled: int) -> int:
    """The smallest whole number that is not below a scaled bound."""
    return -(-scaled // SCALE)
