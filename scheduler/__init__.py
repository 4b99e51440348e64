"""The pure solver: Problem -> Plan, check; imports nothing of ours.

What planners need is here: `from scheduler import Problem, solve, check`. The solvers themselves
(OR-Tools) are only loaded when something is solved.
"""

from scheduler.check import check
from scheduler.errors import BrokenPlan, Finding, InvalidProblem
from scheduler.plan import Plan
from scheduler.problem import Problem
from scheduler.result import Result, SolveParams, Status
from scheduler.solve import solve
from scheduler.validate import validate

__all__ = [
    "BrokenPlan",
    "Finding",
    "InvalidProblem",
    "Plan",
    "Problem",
    "Result",
    "SolveParams",
    "Status",
    "check",
    "solve",
    "validate",
]
