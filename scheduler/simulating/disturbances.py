"""What may go wrong while a programme runs, as stated distributions, and seeded draws of it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from pydantic import Field

from scheduler.values.arrays import Ints, Mask
from scheduler.values.problem import Problem
from scheduler.values.value import NonNegative, Value

WEEKS_A_YEAR = 365.25 / 7
BLOCK = 64
"""Draws that share a random generator: draw `n` is the same however many are made, and in whatever chunks."""


class Disturbances(Value):
    """Rates of independent events; the defaults are assumptions, to be replaced by an office's own figures.

    Attributes
    ----------
    absences_a_year
        Mean number of absences that begin a year for each inspector, beside those that are planned.
    absence_weeks
        Mean length of an absence in whole weeks (geometric, at least 1).
    incidents_a_year
        Mean number of critical incidents a year for each area (R029).
    incident_weeks
        Weeks from an incident on in which nobody inspects on site in the area.
    incident_people
        Inspectors, drawn evenly among all, who are called away for these weeks.
    late_probability
        Probability that a stage ends late, for each stage on its own.
    late_weeks
        A late stage takes 1 to so many weeks longer, each as likely.
    """

    absences_a_year: float = Field(default=0.35, ge=0, le=50)
    absence_weeks: float = Field(default=3.0, ge=1, le=104)
    incidents_a_year: float = Field(default=0.03, ge=0, le=50)
    incident_weeks: NonNegative = 4
    incident_people: NonNegative = 4
    late_probability: float = Field(default=0.03, ge=0, le=1)
    late_weeks: NonNegative = 2


@dataclass(frozen=True)
class Draws:
    """Some draws of what goes wrong; all arrays begin with the number of the draw.

    Attributes
    ----------
    away
        Shape (draws, inspectors, weeks): who is unexpectedly not there.
    closed
        Shape (draws, areas, weeks): areas in which nobody can be on site.
    late
        Shape (draws, stages): weeks by which each stage ends late.
    """

    away: Mask
    closed: Mask
    late: Ints


def draw_blocks(
    problem: Problem, num_stages: int, disturbances: Disturbances, num_draws: int, seed: int
) -> Iterator[Draws]:
    """Draws in blocks of `BLOCK`, the last one shorter.

    Parameters
    ----------
    num_stages
        Stages of the activities that may end late.
    """
    for block in range(-(-num_draws // BLOCK)):
        generator = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(block,)))
        size = min(BLOCK, num_draws - block * BLOCK)
        drawn = _draw(problem, num_stages, disturbances, generator)
        yield Draws(drawn.away[:size], drawn.closed[:size], drawn.late[:size])


def _draw(problem: Problem, num_stages: int, rates: Disturbances, generator: np.random.Generator) -> Draws:
    shape = (BLOCK, len(problem.inspectors), problem.num_weeks)
    begun = generator.random(shape) < rates.absences_a_year / WEEKS_A_YEAR
    lengths = generator.geometric(1 / rates.absence_weeks, int(begun.sum()))
    draw, person, week = np.nonzero(begun)
    away = _spread(shape, draw, person, week, lengths)
    areas = (BLOCK, len(problem.areas), problem.num_weeks)
    draw, area, week = np.nonzero(generator.random(areas) < rates.incidents_a_year / WEEKS_A_YEAR)
    lasting = np.full(len(draw), rates.incident_weeks)
    closed = _spread(areas, draw, area, week, lasting)
    called = min(rates.incident_people, len(problem.inspectors))
    for number, when in zip(draw.tolist(), week.tolist(), strict=True):
        people = generator.permutation(len(problem.inspectors))[:called]
        away[number, people, when : when + rates.incident_weeks] = True
    is_late = generator.random((BLOCK, num_stages)) < rates.late_probability
    weeks = generator.integers(1, max(1, rates.late_weeks) + 1, (BLOCK, num_stages))
    return Draws(away, closed, np.where(is_late & (rates.late_weeks > 0), weeks, 0))


def _spread(shape: tuple[int, int, int], draw: Ints, row: Ints, week: Ints, lengths: Ints) -> Mask:
    """True from each week on for each length, within the horizon."""
    change = np.zeros((*shape[:2], shape[2] + 1), dtype=np.int32)
    np.add.at(change, (draw, row, week), 1)
    np.add.at(change, (draw, row, np.minimum(week + lengths, shape[2])), -1)
    spread: Mask = np.cumsum(change, axis=2)[:, :, :-1] > 0
    return spread
