"""What the prices of timetables and persons prove: the fewest uncovered places, and what dates cost at least."""

import numpy as np

from scheduler.dates.columns import Columns
from scheduler.dates.lines import Ints
from scheduler.dates.pricing import LARGEST_SCALE, rounded_up
from scheduler.dates.rows import Rows
from scheduler.run.progress import Progress
from scheduler.uncovered.bound import certify, least_uncovered
from scheduler.uncovered.generation import PeopleGeneration
from scheduler.uncovered.prices import Persons
from scheduler.values.problem import Problem
from scheduler.values.proof import Certificate, CertificateKind


class Proven:
    """Bounds around one search.

    Attributes
    ----------
    certificate
        The proof of how many places every plan leaves uncovered; of none at first.
    """

    def __init__(
        self,
        problem: Problem,
        rows: Rows,
        persons: Persons,
        columns: Columns,
        price: int,
        generation: PeopleGeneration,
    ) -> None:
        self.problem, self.rows, self.persons, self.columns = problem, rows, persons, columns
        self.price, self.generation = price, generation
        self.certificate = self._certified(np.zeros(0, dtype=np.int64), 0, LARGEST_SCALE, "uncovered")

    def prove_uncovered(self, part: Progress) -> None:
        """Look for prices that prove how many places every plan leaves uncovered."""
        ratio = LARGEST_SCALE / (self.price * self.generation.scale)
        guess = np.floor(self.generation.best_duals * ratio).astype(np.int64)
        found = least_uncovered(self.rows, self.columns, self.persons, part, guess)
        if found.value is not None:
            self.certificate = self._certified(found.best_duals, found.value, LARGEST_SCALE, "uncovered")

    def date_bound(self, uncovered: int) -> int | None:
        """Cost of dates of plans with at most so many uncovered places: each of them at its price less."""
        if self.generation.value is None:
            return None
        bound = rounded_up(self.generation.value, self.generation.scale)
        return max(0, bound - self.price * uncovered)

    def date_certificate(self) -> Certificate | None:
        """The proof of what dates of plans without uncovered place cost at least."""
        found = self.generation
        if found.value is None or found.value <= 0:
            return None
        return self._certified(found.best_duals, found.value, found.scale, "dates")

    def _certified(self, duals: Ints, value: int, scale: int, kind: CertificateKind) -> Certificate:
        return certify(self.problem, self.rows, self.persons, duals, value, scale, kind)
