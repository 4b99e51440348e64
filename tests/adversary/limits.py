"""What areas share but for people, as rows of the model: anonymous pools, period limits, partner limits."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from ortools.sat.python import cp_model

from scheduler.values.problem import AnonymousPool, Problem
from tests.adversary.choice import Choice, Total
from tests.adversary.prices import num_starts, visits_by_week
from tests.adversary.timetables import Timetable


def share(problem: Problem, cp: cp_model.CpModel, choice: Choice) -> Iterator[Total]:
    """Add all rows; what comes back are the prices of excess."""
    for pool in problem.pools:
        for week, used in _weekly(
            choice, lambda timetable, pool=pool: units_by_week(problem, timetable, pool)
        ).items():
            cp.add(used <= units_in(pool, week))  # R015, R028
    for limit in problem.period_limits:
        used = choice.total(lambda timetable, limit=limit: num_starts(problem, timetable.starts, limit))
        most = 0 if limit.price is None else limit.max_excess
        if limit.maximum is not None:
            above = cp.new_int_var(0, most, "")
            cp.add(used <= limit.maximum + above)  # R014
            yield (limit.price or 0) * above
        if limit.minimum is not None:
            below = cp.new_int_var(0, most, "")
            cp.add(used >= limit.minimum - below)
            yield (limit.price or 0) * below
    for partner in problem.partner_limits:
        for used in _weekly(
            choice, lambda timetable, partner=partner: visits_by_week(problem, timetable.starts, partner)
        ).values():
            excess = cp.new_int_var(0, partner.max_excess, "")
            cp.add(used <= partner.maximum + excess)  # R128
            yield partner.price * excess


def _weekly(choice: Choice, use: Callable[[Timetable], Counter[int]]) -> dict[int, Total]:
    """What the chosen timetables use together, by week."""
    terms: dict[int, list[Total]] = defaultdict(list)
    for timetable, is_chosen in choice.options:
        for week, number in use(timetable).items():
            terms[week].append(number * is_chosen)
    return {week: sum(used) for week, used in terms.items()}


def units_by_week(problem: Problem, timetable: Timetable, pool: AnonymousPool) -> Counter[int]:
    """Units that a timetable takes from a pool, by week."""
    units: Counter[int] = Counter()
    for activity in problem.activities:
        for stage, start in zip(activity.stages, timetable.starts.get(activity.id, ()), strict=False):
            for week in range(start, start + stage.duration_weeks):
                units[week] += stage.pool_demand.get(pool.id, 0)
    return units


def units_in(pool: AnonymousPool, week: int) -> int:
    """Units that a pool has in a week: the last exception that covers it counts."""
    units = pool.units
    for exception in pool.exceptions:
        if week in exception.span:
            units = exception.units
    return units
