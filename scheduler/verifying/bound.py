"""The bound that prices prove, recomputed: every component's cheapest timetable, less what is there."""

from dataclasses import dataclass

from scheduler.values.errors import Refusal
from scheduler.values.problem import Problem
from scheduler.values.proof import Certificate
from scheduler.verifying.nodes import is_allowed
from scheduler.verifying.people import Staff
from scheduler.verifying.prices import Prices
from scheduler.verifying.rows import RowBook
from scheduler.verifying.trees import Forest, TeamCosts

LARGEST = 1 << 63
"""Scale and prices stay below, so that nothing comes near the cost of what is not allowed."""


@dataclass(frozen=True)
class Proven:
    """A bound times `scale`, and whether it holds only for plans in which people suffice (no place uncovered)."""

    value: int
    scale: int
    for_covered_plans: bool

    @property
    def bound(self) -> int:
        """The bound, rounded up: costs are whole numbers."""
        return -(-self.value // self.scale)


def bound_of_dates(problem: Problem, certificate: Certificate) -> Proven:
    """A lower bound on the cost of dates: every plan takes one timetable of each component.

    Raises
    ------
    Refusal
        If a price or a row is wrong, or some activities have no timetable at all.
    """
    require_sound_prices(certificate)
    staff = Staff(problem)
    prices = Prices(RowBook(problem, staff), certificate.duals, certificate.scale)
    forest = Forest(problem, staff, certificate.whole_teams)
    total = sum_of_cheapest(forest, prices, certificate.scale) - prices.worth
    return Proven(total, certificate.scale, asks_people(forest, prices))


def sum_of_cheapest(forest: Forest, prices: Prices, scale: int, teams: TeamCosts | None = None) -> int:
    """What the cheapest timetables of all components cost at the prices.

    Parameters
    ----------
    scale
        What their costs are multiplied by.

    Raises
    ------
    Refusal
        If some activities have no timetable at all.
    """
    total = 0
    for nodes, cost in forest.cheapest(prices.of, scale, teams):
        if not is_allowed(cost):
            names = ", ".join(dict.fromkeys(node.activity.id for node in nodes))
            people = "" if teams is None else " for which people suffice"
            raise Refusal(f"{names}: no weeks{people} are possible at all, so no bound makes sense.")
        total += cost
    return total


def bound_of_missing(problem: Problem, certificate: Certificate) -> Proven:
    """A lower bound on how many components go without dates if timetables and priced slack cost nothing.

    Raises
    ------
    Refusal
        If a price or a row is wrong.
    """
    require_sound_prices(certificate)
    staff = Staff(problem)
    prices = Prices(RowBook(problem, staff), certificate.duals, certificate.scale, is_slack_free=True)
    forest = Forest(problem, staff, certificate.whole_teams)
    cheapest = (min(cost, certificate.scale) for _, cost in forest.cheapest(prices.of, 0))
    total = sum(cheapest) - prices.worth
    return Proven(total, certificate.scale, asks_people(forest, prices))


def require_sound_prices(certificate: Certificate) -> None:
    """Prices of rows that are upper bounds are never negative."""
    if not 1 <= certificate.scale < LARGEST:
        raise Refusal(f"its scale is {certificate.scale}. Solve again; the file may be damaged.")
    for name, dual in certificate.duals.items():
        if dual < 0:
            raise Refusal(
                f"row '{name}' has the negative price {dual}. Solve again; the file may have been altered."
            )
        if dual >= LARGEST:
            raise Refusal(
                f"row '{name}' has a price of {len(str(dual))} digits. "
                "Solve again; the file may have been altered."
            )


def asks_people(forest: Forest, prices: Prices) -> bool:
    """Whether weeks were left out, or rows priced, for which people do not suffice."""
    leaves_out = forest.presence is not None and any(node.seats for node in forest.nodes)
    return leaves_out or prices.asks_people
