"""Column generation for timetables and people together."""

import numpy as np
from numpy.typing import NDArray

from scheduler.dates.columns import Columns
from scheduler.dates.generation import Generation
from scheduler.dates.lines import Ints
from scheduler.dates.pricing import Priced, rounded_up
from scheduler.dates.rows import Rows
from scheduler.run.progress import Progress
from scheduler.scarce.master import Patterns, PeopleMaster, no_prices
from scheduler.scarce.prices import Persons
from scheduler.scarce.pricing import TeamPricing


class PeopleGeneration(Generation):
    """Rows, columns and prices of rows and persons while columns are generated.

    `best_duals` are prices of all rows, followed by those of the persons.
    """

    def __init__(
        self,
        rows: Rows,
        columns: Columns,
        persons: Persons,
        scale: int,
        uncovered_price: int,
        progress: Progress,
    ) -> None:
        super().__init__(rows, columns, scale, progress)
        self.patterns = Patterns(rows, persons)
        self.pricing = TeamPricing(rows, persons, scale, uncovered_price)
        self.uncovered_price = uncovered_price
        self.missing_price += 100 * uncovered_price
        self.master: PeopleMaster = PeopleMaster(
            rows, columns, self.patterns, self.missing_price, uncovered_price
        )
        self.best_duals = no_prices(rows, persons)

    def price(self, duals: Ints) -> list[Priced]:
        """Price all components with their teams exactly and note the bound."""
        priced, value = self.pricing.value(duals)
        if value is not None and (self.value is None or value > self.value):
            self.value, self.best_duals = value, duals
            self.progress.proved(rounded_up(value, self.scale))
        return priced

    def padded(self, duals: Ints) -> Ints:
        """No rows are added here."""
        return duals

    def separate(self, amounts: NDArray[np.float64]) -> bool:
        """Nor are unions of skills: every person is looked at alone."""
        return False

    def open_places(self) -> float:
        """Uncovered places of the master's last mix of timetables."""
        return self.master.open_places
