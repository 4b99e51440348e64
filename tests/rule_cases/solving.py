"""Small problems solved for dates."""

from typing import Any

from scheduler.dates.search import solve_dates
from scheduler.run.answers import DatesAnswer
from scheduler.values.problem import Problem
from scheduler.values.result import Status
from tests.builders import (
    inspector,
)
from tests.known import known


def solved_starts(problem: Problem, **how: Any) -> dict[str, tuple[int, ...]]:
    answer = solve_dates(problem, **how)
    assert answer.status is Status.OPTIMAL
    return known(answer.starts)


def impossible(problem: Problem, **how: Any) -> bool:
    answer: DatesAnswer = solve_dates(problem, **how)
    return answer.status is Status.INFEASIBLE and answer.starts is None


PEOPLE = (
    inspector("ann", "Ofsted", "education"),
    inspector("bob", "CSCI", "safeguarding"),
    inspector("dan", "HMIC", is_leader=True),
)
"""Exactly one team."""
