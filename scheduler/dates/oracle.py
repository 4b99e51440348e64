"""What column generation asks of a problem: a bound and the cheapest timetables at some prices, and a master."""

from scheduler.areas.edges import dearest
from scheduler.dates.columns import Columns
from scheduler.dates.master import Master
from scheduler.dates.pricing import Priced, lagrangian_value, price_all
from scheduler.dates.rows import Rows
from scheduler.dates.unions import separate_unions
from scheduler.values.arrays import Floats, Ints


class DatesOracle:
    """Answers at any prices of what areas share, under one option or a mix of several; `Generation` looks for the best.

    Whoever prices more than rows (people, say) derives from it.

    Attributes
    ----------
    rows
        What areas share. Prices are first those of the rows, in their order.
    scale
        All prices are multiplied by it.
    phase_one
        Whether the question is only if there is a plan at all: any bound above zero says no.
    """

    def __init__(self, rows: Rows, scale: int, phase_one: bool = False) -> None:
        self.rows, self.scale, self.phase_one = rows, scale, phase_one

    @property
    def num_prices(self) -> int:
        """How many prices there are."""
        return self.rows.num_rows

    def price(self, duals: Ints) -> tuple[list[Priced], int | None]:
        """All components priced exactly, and `scale` times the bound that the prices prove, None if none.

        In phase one a timetable may be missing for one unit.
        """
        priced = price_all(self.rows, duals, self.scale)
        missing_price = 1 if self.phase_one else None
        return priced, lagrangian_value(self.rows, priced, duals, self.scale, missing_price)

    def master(self, columns: Columns) -> Master:
        """The linear program over the columns."""
        return Master(self.rows, columns, 1 if self.phase_one else dear_price(self.rows))

    def separate(self, columns: Columns, amounts: Floats) -> bool:
        """Add the unions of skills that a mix of columns violates and that were not there; whether there were any."""
        return separate_unions(self.rows, columns.usage(amounts))

    def name(self, number: int) -> str:
        """Name of what a price is for, by its number."""
        return self.rows.name(number)


def dear_price(rows: Rows) -> int:
    """More than any stage costs: the price of a timetable that is missing."""
    most = [dearest(group.node_costs) for group in rows.graph.groups]
    return 10 * (1 + max(most, default=0))
