"""The bound on all mixes, recomputed from its certificate without a solver, by the code that verifies plans.

Rows, trees and costs are those of `scheduler.verifying`, which shares nothing with the search; only that the
variants stand side by side in one problem, of which a plan takes one for each area, is new here.
"""

from collections import defaultdict

from scheduler.options.variants import Variants, side_by_side
from scheduler.values.errors import Refusal
from scheduler.values.proof import Certificate
from scheduler.verifying.bound import require_sound_prices
from scheduler.verifying.nodes import is_allowed
from scheduler.verifying.people import Staff
from scheduler.verifying.prices import Prices
from scheduler.verifying.rows import RowBook
from scheduler.verifying.trees import Forest


def bound_of_mixes(variants: Variants, certificate: Certificate) -> int:
    """What every mix of the options costs at least in dates.

    With the certificate's `whole_teams`, every mix that leaves no place uncovered.

    Raises
    ------
    Refusal
        If it is a certificate of other problems, a price or a row is wrong, or an area has no timetable at all.
    """
    joint = side_by_side(variants)
    if certificate.problem_hash != joint.problem.hash:
        raise Refusal("it belongs to other problems. Maybe the facts have changed since.")
    require_sound_prices(certificate)
    staff = Staff(joint.problem)
    prices = Prices(RowBook(joint.problem, staff), certificate.duals, certificate.scale)
    forest = Forest(joint.problem, staff, certificate.whole_teams)
    choice_of = dict(zip((own.id for own in joint.problem.activities), joint.choice_of, strict=True))
    costs: dict[int, int] = defaultdict(int)
    impossible: set[int] = set()
    for nodes, cost in forest.cheapest(prices.of, certificate.scale):
        choice = choice_of[nodes[0].activity.id]
        costs[choice] += cost
        if not is_allowed(cost):
            impossible.add(choice)
    total = -prices.worth
    for area, choices in joint.by_area().items():
        possible = [costs[choice] for choice in choices if choice not in impossible]
        if not possible:
            raise Refusal(
                f"{area}: no weeks are possible under any option, so no bound of costs makes sense."
            )
        total += min(possible)
    return -(-total // certificate.scale)
