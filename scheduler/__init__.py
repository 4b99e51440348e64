"""The pure solver: Problem -> Plan, check; imports nothing of ours.

What planners need is here: `from scheduler import Problem, solve, check, explain`. Each name is imported when it is
first asked for: who reads a value of the scheduler pays neither for the solver nor for the other values.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scheduler.candidates.explanation import explain
    from scheduler.candidates.plan_state import PlanState
    from scheduler.candidates.weeks import week_candidates
    from scheduler.checking.checker import check
    from scheduler.explaining.bottleneck_prices import bottlenecks
    from scheduler.explaining.impossibility import why_infeasible
    from scheduler.solving.solver import solve
    from scheduler.validating.validation import validate
    from scheduler.values.errors import BrokenPlan, Finding, InvalidProblem
    from scheduler.values.plan import Plan
    from scheduler.values.problem import Problem
    from scheduler.values.proof import Certificate
    from scheduler.values.result import Result, SolveParams, Status
    from scheduler.verifying.verifier import Verdict, verify

__all__ = [
    "BrokenPlan",
    "Certificate",
    "Finding",
    "InvalidProblem",
    "Plan",
    "PlanState",
    "Problem",
    "Result",
    "SolveParams",
    "Status",
    "Verdict",
    "bottlenecks",
    "check",
    "explain",
    "solve",
    "validate",
    "verify",
    "week_candidates",
    "why_infeasible",
]

_MODULE_BY_NAME = {
    "BrokenPlan": "values.errors",
    "Certificate": "values.proof",
    "Finding": "values.errors",
    "InvalidProblem": "values.errors",
    "Plan": "values.plan",
    "PlanState": "candidates.plan_state",
    "Problem": "values.problem",
    "Result": "values.result",
    "SolveParams": "values.result",
    "Status": "values.result",
    "Verdict": "verifying.verifier",
    "bottlenecks": "explaining.bottleneck_prices",
    "check": "checking.checker",
    "explain": "candidates.explanation",
    "solve": "solving.solver",
    "validate": "validating.validation",
    "verify": "verifying.verifier",
    "week_candidates": "candidates.weeks",
    "why_infeasible": "explaining.impossibility",
}


def __getattr__(name: str) -> Any:
    """A public name, from the module that defines it."""
    if name not in _MODULE_BY_NAME:
        raise AttributeError(f"module 'scheduler' has no attribute '{name}'")
    return getattr(import_module(f"scheduler.{_MODULE_BY_NAME[name]}"), name)
