"""Only plans that keep every rule are measured, simulated and explained: others have their dates by breaking rules."""

from cli.errors import NotVerified
from cli.plan_argument import NamedPlan
from scheduler.check import SHORTAGE_RULES, check


def require_sound(found: NamedPlan) -> None:
    """Refuse a plan that breaks a rule; an uncovered seat, the leader's too, is no such rule.

    Raises
    ------
    NotVerified
        With everything that is wrong with it.
    """
    broken = [own for own in check(found.problem, found.plan) if own.rule not in SHORTAGE_RULES]
    if broken:
        raise NotVerified(broken)
