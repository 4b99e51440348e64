"""All measures of a plan in one value."""

from scheduler.measures.burden import Burden, burden
from scheduler.measures.judgements import Judgements, judgements
from scheduler.measures.load import Load, load
from scheduler.measures.people_needed import PeopleNeeded, people_needed
from scheduler.measures.shared_members import SharedMembers, shared_members
from scheduler.measures.travel import Travel, travel
from scheduler.measures.visits import Visits, visits
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.value import Value


class Kinds(Value):
    """Which kinds of activity make the two judgements that the options speak of."""

    review: str = "jar"
    assessment: str = "ca"


class Measures(Value):
    """What a plan means for areas and people; each part is described where it is counted."""

    burden: Burden
    judgements: Judgements
    shared_members: SharedMembers
    visits: Visits
    travel: Travel
    load: Load
    people_needed: PeopleNeeded


def measure_plan(problem: Problem, plan: Plan, kinds: Kinds | None = None) -> Measures:
    """All measures of a plan of the problem (R038: the trade-off is shown, not hidden)."""
    kinds = kinds or Kinds()
    pair = (kinds.review, kinds.assessment)
    return Measures(
        burden=burden(problem, plan),
        judgements=judgements(problem, plan, *pair),
        shared_members=shared_members(problem, plan, *pair),
        visits=visits(problem, plan),
        travel=travel(problem, plan),
        load=load(problem, plan),
        people_needed=people_needed(problem, plan),
    )
