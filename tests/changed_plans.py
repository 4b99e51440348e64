"""Plans with some activities at other dates and with other teams, measured anew."""

from collections.abc import Iterable, Mapping

from scheduler.candidates.values import Change
from scheduler.checking.checker import SHORTAGE_RULES, check
from scheduler.cost import make_plan
from scheduler.values.plan import Plan, TeamMember
from scheduler.values.problem import Problem


def changed_plan(problem: Problem, plan: Plan, change: Change) -> Plan:
    """The plan with a change in place."""
    return with_teams(problem, plan, {dated.activity: dated.starts for dated in change.dates}, change.members)


def with_teams(
    problem: Problem, plan: Plan, dates: Mapping[str, tuple[int, ...]], members: Iterable[TeamMember]
) -> Plan:
    """The plan with some activities at other dates with these teams instead of theirs."""
    others = [member for member in plan.members if member.activity not in dates]
    return make_plan(problem, {**plan.starts(), **dates}, [*others, *members])


def new_faults(problem: Problem, plan: Plan, other: Plan) -> set[str]:
    """Rules that another plan breaks and the plan does not, shortages aside."""
    before, after = ({fault.rule for fault in check(problem, own)} for own in (plan, other))
    return after - before - SHORTAGE_RULES
