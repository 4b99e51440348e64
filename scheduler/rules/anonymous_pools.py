"""Bodies that staff themselves (R015, R028)."""

from collections import Counter
from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.values.value import Week
from scheduler.values.violations import Violation


def keeps_anonymous_pools(facts: Facts) -> Iterator[Violation]:
    """A body that staffs itself has only so many teams at a time (R015, R028)."""
    demand: dict[str, Counter[Week]] = {pool.id: Counter() for pool in facts.problem.pools}
    for _, stage, first, end in facts.runs():
        for name, units in stage.pool_demand.items():
            if name in demand:
                demand[name].update(dict.fromkeys(range(first, end), units))
    for pool in facts.problem.pools:
        for week, used in sorted(demand[pool.id].items()):
            units = pool.units
            for exception in pool.exceptions:
                if exception.span.first <= week < exception.span.end:
                    units = exception.units
            if used > units:
                yield violation(
                    "pool",
                    pool.id,
                    f"{used} units are in use in {facts.week(week)}, but there are only {units}.",
                    "R015, R028",
                )
