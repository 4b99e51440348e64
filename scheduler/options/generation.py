"""Column generation over all variants at once: prices, and the bound on every mix of options.

For any prices d >= 0 of rows every plan of every mix costs at least

    L(d) = sum over areas of min over variants of (sum over the variant's components of their cheapest timetable)
           - d rhs + sum over priced rows of min(0, price - d) * max_excess

because a plan takes one variant of each area and one timetable of each of its components. All in integers.
"""

import numpy as np
from numpy.typing import NDArray

from scheduler.areas.edges import is_allowed
from scheduler.dates.columns import Columns
from scheduler.dates.generation import Generation
from scheduler.dates.lines import Ints
from scheduler.dates.master import Master
from scheduler.dates.pricing import Priced, lagrangian_value, price_all, rounded_up
from scheduler.dates.rows import Rows
from scheduler.options.variants import SideBySide
from scheduler.run.progress import Progress

IMPOSSIBLE = 2**60
"""Cost of a variant that has no timetable."""


class MixMaster(Master):
    """The master in which each area takes a mix of its variants, and each component as much as its variant."""

    def __init__(self, rows: Rows, columns: Columns, missing_price: int, joint: SideBySide) -> None:
        super().__init__(rows, columns, missing_price)
        shares = [self._variable(0) for _ in joint.choices]
        for own in joint.by_area().values():
            whole = self.solver.Constraint(1, 1)
            for choice in own:
                whole.SetCoefficient(shares[choice], 1)
        for component, choice in enumerate(joint.choice_of_component(rows.graph)):
            self.filled[component].SetBounds(0, 0)
            self.filled[component].SetCoefficient(shares[choice], -1)
        self.shares = shares


class MixGeneration(Generation):
    """Generates columns of all variants; `value` is the best bound over all mixes, times `scale`."""

    def __init__(
        self, rows: Rows, columns: Columns, scale: int, progress: Progress, joint: SideBySide
    ) -> None:
        super().__init__(rows, columns, scale, progress)
        self.choice_of = np.array(joint.choice_of_component(rows.graph), dtype=np.int64)
        self.areas = [np.array(own) for own in joint.by_area().values()]
        self.master = MixMaster(rows, columns, self.missing_price, joint)

    def price(self, duals: Ints) -> list[Priced]:
        """Price all components of all variants exactly and note the bound."""
        priced = price_all(self.rows, duals, self.scale)
        value = self.bound_of(priced, duals)
        if value is not None and (self.value is None or value > self.value):
            self.value, self.best_duals = value, duals
            self.progress.proved(rounded_up(value, self.scale))
        return priced

    def bound_of(self, priced: list[Priced], duals: Ints) -> int | None:
        """`scale` times the bound at these prices; None if no variant of some area has a timetable."""
        costs = self.costs_of_choices(priced)
        best = [int(costs[own].min()) for own in self.areas]
        if any(cost >= IMPOSSIBLE // 2 for cost in best):
            return None
        rows_alone = lagrangian_value(self.rows, [], duals, self.scale)
        assert rows_alone is not None
        return sum(best) + rows_alone

    def costs_of_choices(self, priced: list[Priced]) -> Ints:
        """Scaled priced cost of each choice, shape (choices,); about `IMPOSSIBLE` or more without a timetable."""
        num_choices = sum(len(own) for own in self.areas)
        total = np.zeros(num_choices, dtype=np.int64)
        is_possible = np.ones(num_choices, dtype=bool)
        for own in priced:
            choices = self.choice_of[self.rows.graph.groups[own.group].members]
            cheapest = own.cheapest()
            allowed = is_allowed(cheapest)
            np.add.at(total, choices, np.where(allowed, cheapest, 0))
            is_possible[choices[~allowed]] = False
        return np.where(is_possible, total, IMPOSSIBLE)

    def decided(self, limit: int) -> NDArray[np.bool_]:
        """Which areas' options are proven: every plan with another one costs more than `limit`.

        A plan that takes a variant costs at least the bound and what the variant's priced cost lies above the
        area's cheapest one.
        """
        if self.value is None:
            return np.zeros(len(self.areas), dtype=bool)
        costs = self.costs_of_choices(price_all(self.rows, self.padded(self.best_duals), self.scale))
        reach = limit * self.scale - self.value
        return np.array([np.sum(costs[own] - costs[own].min() <= reach) == 1 for own in self.areas])
