"""Bounds of dates from prices of single persons: what plans without uncovered place cost at least.

Every place is filled, so a timetable for which a place finds too few people is left out, and the others pay what
the people of their teams ask.
"""

from scheduler.values.errors import Refusal
from scheduler.values.problem import Problem
from scheduler.values.proof import Certificate
from scheduler.verifying.bound import Proven, require_sound_prices
from scheduler.verifying.demands import Asks
from scheduler.verifying.nodes import ABSENT, is_allowed
from scheduler.verifying.people import Staff
from scheduler.verifying.prices import Prices
from scheduler.verifying.rows import RowBook
from scheduler.verifying.trees import Forest
from scheduler.verifying.uncovered import Teams, parted


def prices_persons(certificate: Certificate) -> bool:
    """Whether any row is one of a single person."""
    return bool(parted(certificate)[0])


def bound_of_covered_dates(problem: Problem, certificate: Certificate) -> Proven:
    """A lower bound on the cost of dates of plans without uncovered place.

    Raises
    ------
    Refusal
        If a price or a row is wrong, or some activities have no timetable for which people suffice.
    """
    require_sound_prices(certificate)
    staff, scale = Staff(problem), certificate.scale
    of_persons, shared = parted(certificate)
    prices = Prices(RowBook(problem, staff), shared, scale)
    asks = Asks(problem, staff, of_persons)
    forest = Forest(problem, staff, certificate.whole_teams)
    total = -prices.worth - asks.worth
    for nodes, cost in forest.cheapest(prices.of, scale, Teams(forest, asks, ABSENT)):
        if not is_allowed(cost):
            raise Refusal(f"{nodes[0].activity.id}: no weeks are possible in which people suffice.")
        total += cost
    return Proven(total, scale, for_covered_plans=True)
