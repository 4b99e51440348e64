"""What makes a plan unfit to leave a solve: every violation but the shortages, which are a cost."""

from scheduler.check import SHORTAGE_RULES, check
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.violations import Violation


def faults(problem: Problem, plan: Plan) -> tuple[Violation, ...]:
    """Violations found by the independent check; a seat that nobody can fill is a shortage, not a mistake."""
    return tuple(found for found in check(problem, plan) if found.rule not in SHORTAGE_RULES)
