"""Charges and checks the plan of any method: the same cost function and the same rules for all."""

from collections.abc import Mapping

import numpy as np

from scheduler.checking.checker import check
from scheduler.cost import date_terms, make_plan
from scheduler.dates.unions import violated_union
from scheduler.people.capacity import People, Skills, team_demand
from scheduler.values.problem import Problem

Starts = Mapping[str, tuple[int, ...]]

TEAM_RULES = ("leader", "bodies", "uncovered", "seat", "team")
"""What the names of rules about people's seats have in them: these plans have dates and no people."""


def full_cost(problem: Problem, starts: Starts) -> int:
    """All terms of the cost of dates, whether the method knew of them or not."""
    return sum(date_terms(problem, starts).values())


def broken_rules(problem: Problem, starts: Starts) -> list[str]:
    """Rules about dates that a plan breaks, and unions of skills of which too few people are there."""
    found = check(problem, make_plan(problem, starts, ()))
    broken = {fault.rule for fault in found if not any(word in fault.rule for word in TEAM_RULES)}
    unions = {"too few of " + " or ".join(sorted(union)) for union in broken_unions(problem, starts)}
    return sorted(broken | unions)


def broken_unions(problem: Problem, starts: Starts) -> set[Skills]:
    """A union of skills for each week in which the places cannot all be filled (Hall's theorem)."""
    people = People(problem)
    if not people.skills:
        return set()
    demand = np.zeros((len(people.skills), problem.num_weeks))
    for activity in problem.activities:
        for stage, start in zip(activity.stages, starts[activity.id], strict=True):
            for skill, count in team_demand(activity) if stage.uses_team else ():
                demand[people.skills.index(skill), start : start + stage.duration_weeks] += count
    found = (
        violated_union(
            people.skills,
            demand[:, week],
            {skills: int(units[week]) for skills, units in people.counts.items()},
        )
        for week in np.flatnonzero(demand.sum(axis=0)).tolist()
    )
    return {union for union in found if union is not None}
