"""People needed: the most seats that are to be filled in one week, by skill and in all.

With fewer people of a skill than its peak no team assignment fills every seat of these dates; rest, absence and
yearly maxima ask for more.
"""

from collections import Counter

from scheduler.cost import seats
from scheduler.measures.weeks import runs
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.value import NonNegative, Value


class PeopleNeeded(Value):
    """The peak of one week: seats of all teams, by skill ('leader' for leaders), and units of each pool.

    `named` is the number of different inspectors who have a seat in the whole plan.
    """

    inspectors: NonNegative
    by_skill: dict[str, NonNegative]
    by_pool: dict[str, NonNegative]
    named: NonNegative


def people_needed(problem: Problem, plan: Plan) -> PeopleNeeded:
    """The peaks over all weeks of a plan."""
    total: Counter[int] = Counter()
    by_skill: dict[str, Counter[int]] = {}
    by_pool: dict[str, Counter[int]] = {}
    for run in runs(problem, plan):
        for skill, count in seats(run.activity).items() if run.stage.uses_team else ():
            _add(by_skill.setdefault(skill, Counter()), run.weeks, count)
            _add(total, run.weeks, count)
        for pool, units in run.stage.pool_demand.items():
            _add(by_pool.setdefault(pool, Counter()), run.weeks, units)
    return PeopleNeeded(
        inspectors=max(total.values(), default=0),
        by_skill={skill: max(own.values()) for skill, own in sorted(by_skill.items())},
        by_pool={pool: max(own.values()) for pool, own in sorted(by_pool.items())},
        named=len({member.inspector for member in plan.members}),
    )


def _add(load: Counter[int], weeks: range, units: int) -> None:
    for week in weeks:
        load[week] += units
