"""Plans as the whole solve finds them, for tests of what comes after."""

import pytest

from scheduler.plan import Plan
from scheduler.problem import Problem
from scheduler.result import SolveParams
from scheduler.solve import solve


def solved_plan(problem: Problem, params: SolveParams) -> Plan:
    """The plan of a solve; without one the test fails and says what the solve found instead."""
    result = solve(problem, params)
    if result.plan is None:
        pytest.fail(f"no plan: {result.status}, {result.shortages}")
    return result.plan
