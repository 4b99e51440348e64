"""Plans as the whole solve finds them, for tests of what comes after."""

import pytest

from scheduler.solving.solver import solve
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.result import SolveParams


def solved_plan(problem: Problem, params: SolveParams) -> Plan:
    """The plan of a solve; without one the test fails and says what the solve found instead."""
    result = solve(problem, params)
    if result.plan is None:
        pytest.fail(f"no plan: {result.status}, {result.shortages}")
    return result.plan
