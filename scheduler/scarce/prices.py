"""Prices of inspectors' weeks and yearly maxima, and what each asks for working in a stage."""

from dataclasses import dataclass
from urllib.parse import quote

import numpy as np

from scheduler.people.staff import UNBOUNDED, Staff
from scheduler.values.arrays import Ints, Mask
from scheduler.values.problem import Problem

ABSENT = 2**50
"""What a person asks who is not there."""


@dataclass(frozen=True)
class PersonPrices:
    """Scaled prices: `weeks` of shape (persons, weeks + rest), `periods` of shape (persons, periods)."""

    weeks: Ints
    periods: Ints


class Persons(Staff):
    """The inspectors of a problem, and the rows that each of them has.

    Attributes
    ----------
    maxima
        Shape (persons, periods): reviews that may begin in the period; -1 where there is no maximum.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.inspectors = problem.inspectors
        self.num_weeks = problem.num_weeks + self.longest_rest
        self.maxima = np.where(self.most < UNBOUNDED, self.most, -1)

    @property
    def num_prices(self) -> int:
        """Length of the vector of all prices."""
        return len(self.inspectors) * (self.num_weeks + len(self.problem.periods))

    def split(self, vector: Ints) -> PersonPrices:
        """The prices in a vector of length `num_prices`: first all weeks by person, then all periods."""
        persons = len(self.inspectors)
        border = persons * self.num_weeks
        return PersonPrices(
            vector[:border].reshape(persons, self.num_weeks), vector[border:].reshape(persons, -1)
        )

    def week_number(self, person: int, week: int) -> int:
        """Position of a week's price in the vector."""
        return person * self.num_weeks + week

    def period_number(self, person: int, period: int) -> int:
        """Position of a period's price in the vector."""
        return len(self.inspectors) * self.num_weeks + person * len(self.problem.periods) + period

    def limit(self, number: int) -> int:
        """How often a person may take part in a row, by the position of its price in the vector."""
        border = len(self.inspectors) * self.num_weeks
        return 1 if number < border else int(self.maxima.flat[number - border])

    def name(self, number: int) -> str:
        """Name of the row of a price by its position in the vector."""
        border = len(self.inspectors) * self.num_weeks
        if number < border:
            person, week = divmod(number, self.num_weeks)
            return f"person:{quote(self.inspectors[person].id)}:week:{week}"
        person, index = divmod(number - border, len(self.problem.periods))
        period = self.problem.periods[index]
        return f"person:{quote(self.inspectors[person].id)}:{quote(period.kind)}:{quote(period.id)}"

    def worth(self, vector: Ints) -> int:
        """What all that the persons can do is worth at these prices."""
        prices = self.split(vector)
        return int(prices.weeks.sum()) + int((prices.periods * np.maximum(self.maxima, 0)).sum())

    def barred(self, activity: int) -> Mask:
        """Who is not independent of an activity's area, shape (persons,)."""
        return ~self.independent(self.problem.activities[activity])

    def ask(self, prices: PersonPrices, duration: int, is_first: bool, is_last: bool) -> Ints:
        """What each person asks for a stage by its start week, shape (persons, weeks)."""
        weeks = self.problem.num_weeks
        starts = np.arange(weeks)
        summed = np.zeros((len(self.inspectors), self.num_weeks + 1), dtype=np.int64)
        np.cumsum(prices.weeks, axis=1, out=summed[:, 1:])
        there = np.zeros((len(self.inspectors), weeks + duration), dtype=np.int64)
        np.cumsum(self.present, axis=1, out=there[:, 1 : weeks + 1])
        ends = np.minimum(starts + duration, weeks)
        present = there[:, ends] - there[:, :weeks] == duration
        rest = self.rests if is_last else np.zeros_like(self.rests)
        until = np.minimum(starts[None, :] + duration + rest[:, None], self.num_weeks)
        asked = np.take_along_axis(summed, until, axis=1) - summed[:, :weeks]
        if is_first:
            for number, period in enumerate(self.problem.periods):
                inside = (starts >= period.span.first) & (starts < period.span.end)
                asked[:, inside] += prices.periods[:, [number]]
        return np.where(present, asked, ABSENT)
