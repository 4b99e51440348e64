"""The simulation: many draws of disturbances, recourse in each, and means with their confidence intervals."""

from collections.abc import Iterator
from itertools import islice
from math import sqrt

import numpy as np

from scheduler.simulating.disturbances import BLOCK, Disturbances, Draws, draw_blocks
from scheduler.simulating.linked_blocks import Unit, UnitMaker
from scheduler.simulating.recourse import MISSED, Outcome, Recourse
from scheduler.values.arrays import Floats, Ints, Mask
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.value import NonNegative, Positive, Value, WeekSpan

Z = 1.959963984540054
"""Quantile of the normal distribution for 95 per cent on both sides."""


class Estimate(Value):
    """A mean over draws, and the interval that holds the true one with about 95 per cent, from `low` to `high`."""

    mean: float
    low: float
    high: float


def mean_of(values: Floats) -> Estimate:
    """The mean of independent draws, shape (draws,), with the normal interval; it stays within what was drawn."""
    mean = float(values.mean())
    spread = float(values.std(ddof=1)) if len(values) > 1 else 0.0
    half = Z * spread / sqrt(len(values))
    least, most = float(values.min()), float(values.max())
    return Estimate(mean=mean, low=max(least, mean - half), high=min(most, mean + half))


def share_of(happened: Mask) -> Estimate:
    """How often something happened, shape (draws,), with Wilson's interval (1927), which is right near 0 and 1 too."""
    count, share = len(happened), float(happened.mean())
    middle = (share + Z * Z / (2 * count)) / (1 + Z * Z / count)
    half = Z / (1 + Z * Z / count) * sqrt(share * (1 - share) / count + Z * Z / (4 * count * count))
    return Estimate(mean=share, low=max(0.0, middle - half), high=min(1.0, middle + half))


REACH_WEEKS = 6
CHUNK_DRAWS = 256
"""Draws worked on at once: more cost memory (about 0.2 MB each for 170 people), fewer cost time."""

QUARTER = 13


class ReplanPrices(Value):
    """Prices of recourse where a date has no published ones; the defaults are those of confirmed dates (R018).

    Attributes
    ----------
    move, per_week
        Of each stage that moves, and of each week of the move.
    missed_weeks
        Missed dates must be placed anew: they count as moved by so many weeks.
    per_person
        A person exchanged, where the problem has no price for that.
    """

    move: NonNegative = 40
    per_week: NonNegative = 4
    missed_weeks: NonNegative = 13
    per_person: NonNegative = 200


class QuarterKept(Value):
    """Share of the dates that were planned to begin in `span` and kept."""

    span: WeekSpan
    kept: Estimate


class Robustness(Value):
    """What happens to the dates of a plan; all shares are fractions, all numbers are means of a draw.

    Attributes
    ----------
    num_dates
        Activities that occupy people of the programme; only these count.
    kept
        Share of dates kept as planned, with substitutes where needed.
    all_kept, none_missed
        Share of draws in which every date is kept; in which every date is kept or moved within the slack.
    moved, missed, substituted
        Number of activities moved, of activities that found no other weeks, of seats taken by substitutes.
    replanning_cost
        Price of moved and missed dates and exchanged people.
    by_quarter
        By 13 weeks from the first planned one.
    by_area
        Share of draws in which all dates of an area are kept.
    """

    draws: Positive
    seed: NonNegative
    disturbances: Disturbances
    num_dates: NonNegative
    kept: Estimate
    all_kept: Estimate
    none_missed: Estimate
    moved: Estimate
    missed: Estimate
    substituted: Estimate
    replanning_cost: Estimate
    by_quarter: tuple[QuarterKept, ...]
    by_area: dict[str, Estimate]


def simulate(
    problem: Problem,
    plan: Plan,
    disturbances: Disturbances | None = None,
    draws: int = 5000,
    seed: int = 0,
    reach: int = REACH_WEEKS,
    prices: ReplanPrices | None = None,
    chunk_draws: int = CHUNK_DRAWS,
) -> Robustness:
    """Simulate a plan that keeps every rule.

    Parameters
    ----------
    draws
        Number of draws, at least 1. The first ones are the same whatever their number and the chunks.
    reach
        Weeks by which recourse may move dates.
    chunk_draws
        Draws worked on at once, rounded up to whole blocks of `BLOCK`.
    """
    if draws < 1:
        raise ValueError(f"{draws} draws are too few. Use 1000.")
    disturbances = disturbances or Disturbances()
    maker = UnitMaker(problem, plan, reach)
    units = maker.units()
    blocks = draw_blocks(problem, maker.num_stages, disturbances, draws, seed)
    outcomes = [Recourse(problem, chunk).run(units) for chunk in _chunks(blocks, chunk_draws)]
    outcome = Outcome(
        np.concatenate([part.moved for part in outcomes]),
        np.concatenate([part.substituted for part in outcomes]),
    )
    return _summary(problem, units, outcome, disturbances, seed, prices or ReplanPrices())


def _chunks(blocks: Iterator[Draws], chunk_draws: int) -> Iterator[Draws]:
    while chunk := list(islice(blocks, max(1, -(-chunk_draws // BLOCK)))):
        yield Draws(
            np.concatenate([block.away for block in chunk]),
            np.concatenate([block.closed for block in chunk]),
            np.concatenate([block.late for block in chunk]),
        )


def _summary(
    problem: Problem,
    units: tuple[Unit, ...],
    outcome: Outcome,
    disturbances: Disturbances,
    seed: int,
    prices: ReplanPrices,
) -> Robustness:
    size = np.array([len(unit.activities) for unit in units], dtype=np.int64)
    total = max(1, int(size.sum()))
    is_kept, is_missed = outcome.moved == 0, outcome.moved == MISSED
    return Robustness(
        draws=len(outcome.moved),
        seed=seed,
        disturbances=disturbances,
        num_dates=int(size.sum()),
        kept=mean_of(is_kept @ size / total if len(units) else np.ones(len(outcome.moved))),
        all_kept=share_of(is_kept.all(axis=1)),
        none_missed=share_of(~is_missed.any(axis=1)),
        moved=mean_of((~is_kept & ~is_missed) @ size.astype(float)),
        missed=mean_of(is_missed @ size.astype(float)),
        substituted=mean_of(outcome.substituted.sum(axis=1).astype(float)),
        replanning_cost=mean_of(_costs(problem, units, outcome, prices)),
        by_quarter=tuple(_by_quarter(units, size, is_kept)),
        by_area=_by_area(units, is_kept),
    )


def _costs(problem: Problem, units: tuple[Unit, ...], outcome: Outcome, prices: ReplanPrices) -> Floats:
    per_person = problem.team_prices.per_person_changed or prices.per_person
    cost: Floats = outcome.substituted.sum(axis=1) * float(per_person)
    for number, unit in enumerate(units):
        moved = outcome.moved[:, number]
        weeks = np.where(moved == MISSED, prices.missed_weeks, moved)
        for activity in unit.activities:
            announced = activity.published
            move = prices.move if announced is None else announced.move_price
            per_week = prices.per_week if announced is None else announced.move_price_per_week
            cost += np.where(weeks > 0, len(activity.stages) * (move + per_week * weeks), 0)
    return cost


def _by_quarter(units: tuple[Unit, ...], size: Ints, is_kept: Mask) -> Iterator[QuarterKept]:
    if not units:
        return
    begins = np.array([unit.stages[0].weeks[0] for unit in units])
    first = int(begins.min())
    for begin in range(first, int(begins.max()) + 1, QUARTER):
        in_quarter = (begins >= begin) & (begins < begin + QUARTER)
        if in_quarter.any():
            kept = is_kept[:, in_quarter] @ size[in_quarter] / size[in_quarter].sum()
            yield QuarterKept(span=WeekSpan(first=begin, end=begin + QUARTER), kept=mean_of(kept))


def _by_area(units: tuple[Unit, ...], is_kept: Mask) -> dict[str, Estimate]:
    areas = np.array([unit.activities[0].area for unit in units])
    kept = {area: np.all(is_kept[:, areas == area], axis=1) for area in dict.fromkeys(areas.tolist())}
    return {str(area): share_of(np.asarray(flags)) for area, flags in kept.items()}
