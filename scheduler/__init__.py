"""The pure solver: Problem -> Plan, check; imports nothing of ours.

What planners need is here: `from scheduler import Problem, solve, check, explain`. The solvers themselves
(OR-Tools) are only loaded when something is solved or explained.
"""

from typing import TYPE_CHECKING, Any

from scheduler.checking.checker import check
from scheduler.solving.solver import solve
from scheduler.validating.validation import validate
from scheduler.values.errors import BrokenPlan, Finding, InvalidProblem
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.proof import Certificate
from scheduler.values.result import Result, SolveParams, Status
from scheduler.verifying.verifier import Verdict, verify

if TYPE_CHECKING:
    from scheduler.explaining.bottleneck_prices import bottlenecks
    from scheduler.explaining.explanation import explain
    from scheduler.explaining.impossibility import why_infeasible
    from scheduler.explaining.ranked_weeks import moves

__all__ = [
    "BrokenPlan",
    "Certificate",
    "Finding",
    "InvalidProblem",
    "Plan",
    "Problem",
    "Result",
    "SolveParams",
    "Status",
    "Verdict",
    "bottlenecks",
    "check",
    "explain",
    "moves",
    "solve",
    "validate",
    "verify",
    "why_infeasible",
]

_REASONS = {
    "bottlenecks": "bottleneck_prices",
    "explain": "explanation",
    "moves": "ranked_weeks",
    "why_infeasible": "impossibility",
}


def __getattr__(name: str) -> Any:
    """Reasons are imported when they are asked for: they need NumPy."""
    if name not in _REASONS:
        raise AttributeError(f"module 'scheduler' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(f"scheduler.explaining.{_REASONS[name]}"), name)
