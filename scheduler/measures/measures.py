"""All measures of a plan in one value."""

from scheduler.measures.dates import Burden, Judgements, Load, Visits, burden, judgements, load, visits
from scheduler.measures.people import (
    PeopleNeeded,
    SharedMembers,
    Travel,
    people_needed,
    shared_members,
    travel,
)
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.value import Value

NO_PAIR = ("", "")
"""Kinds of no activity: a problem without a pair has no two judgements, nor members in common."""


class Measures(Value):
    """What a plan means for areas and people; each part is described where it is counted."""

    burden: Burden
    judgements: Judgements
    shared_members: SharedMembers
    visits: Visits
    travel: Travel
    load: Load
    people_needed: PeopleNeeded


def measure_plan(problem: Problem, plan: Plan) -> Measures:
    """All measures of a plan of the problem (R038: the trade-off is shown, not hidden)."""
    pair = problem.pair or NO_PAIR
    return Measures(
        burden=burden(problem, plan),
        judgements=judgements(problem, plan, *pair),
        shared_members=shared_members(problem, plan, *pair),
        visits=visits(problem, plan),
        travel=travel(problem, plan),
        load=load(problem, plan),
        people_needed=people_needed(problem, plan),
    )
