"""What prices of timetables and people prove, and what an uncovered place costs beside the cost of dates."""

import numpy as np

from scheduler.areas.edges import FORBIDDEN, is_allowed
from scheduler.dates.generation import Generation, make_certificate
from scheduler.dates.pricing import LARGEST_SCALE, rounded_up
from scheduler.dates.rows import Rows
from scheduler.run.progress import Progress
from scheduler.scarce.prices import Persons
from scheduler.scarce.pricing import TeamPricing
from scheduler.values.proof import Certificate


def uncovered_price(rows: Rows) -> int:
    """More than what other dates for one area can save, rarely more than what they save for all areas."""
    most = 0
    for group in rows.graph.groups:
        spread = np.zeros(len(group.members), dtype=np.int64)
        for cost in group.node_costs:
            allowed = is_allowed(cost)
            spread += np.where(allowed, cost, 0).max(axis=0)
            spread -= np.where(allowed, cost, FORBIDDEN).min(axis=0)
        most = max(most, int(spread.max(initial=0)) + group.dearest_joints())
    return most + 1


class Proven:
    """Bounds around one search.

    Parameters
    ----------
    generation
        Of the cost of dates and uncovered places at their price.

    Attributes
    ----------
    certificate
        The proof of how many places every plan leaves uncovered; of none at first.
    """

    def __init__(self, generation: Generation, persons: Persons, price: int) -> None:
        self.generation, self.persons, self.price = generation, persons, price
        self.certificate = make_certificate(
            generation.rows, np.zeros(0, dtype=np.int64), 0, LARGEST_SCALE, "uncovered"
        )

    def prove_uncovered(self, part: Progress) -> None:
        """Look for prices that prove how many places every plan leaves uncovered, until time is up or none prove more.

        Timetables cost nothing then. The prices known so far are a guess to begin with.
        """
        known = self.generation
        free = known.rows.without_costs()
        oracle = TeamPricing(free, self.persons, LARGEST_SCALE, uncovered_price=1)
        generation = Generation(oracle, known.columns.in_rows(free), part)
        ratio = LARGEST_SCALE / (self.price * known.scale)
        generation.price(np.floor(known.best_duals * ratio).astype(np.int64))
        generation.run()
        found = generation.certificate("uncovered")
        if found is not None and found.bound > 0:
            self.certificate = found

    def date_bound(self, uncovered: int) -> int | None:
        """Cost of dates of plans with at most so many uncovered places: each of them at its price less."""
        if self.generation.value is None:
            return None
        bound = rounded_up(self.generation.value, self.generation.scale)
        return max(0, bound - self.price * uncovered)

    def date_certificate(self) -> Certificate | None:
        """The proof of what dates of plans without uncovered place cost at least.

        Such plans use whole teams' weeks only, and so may the verifier.
        """
        found = self.generation.certificate("dates")
        if found is None or found.bound <= 0:
            return None
        return found.model_copy(update={"whole_teams": True})
