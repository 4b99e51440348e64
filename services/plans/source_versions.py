"""The version that a planner changes by hand, with the facts that it goes by and what is proven under them."""

from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from services.naming.names import Names
from services.naming.people import names_of_inspectors
from services.plans import plan_store
from services.plans.facts_of_now import by_facts_of_now, problem_of_now
from services.plans.freshness import freshness_of
from services.plans.staleness import differ

CHANGED = "Nobody wrote down which."
"""Said of facts that have changed since a version was made, where the log does not tell."""


@dataclass(frozen=True)
class Source:
    """A version with its problem and plan, both by the facts of a day where those have changed (`is_rebuilt`).

    Attributes
    ----------
    rules
        The text of the rules that the problem follows; None: those of now.
    why_changed
        Which facts have changed since the version was made, in sentences; empty if none have.
    date_bound, team_bound, uncovered_bound
        What is proven of the cost of dates that leave no place uncovered, of that of people for the version's dates,
        and of uncovered places; None: nothing.
    """

    version: int
    option: str
    rules: str | None
    problem: Problem
    plan: Plan
    names: Names
    is_rebuilt: bool = False
    why_changed: str = ""
    date_bound: int | None = None
    team_bound: int | None = None
    uncovered_bound: int | None = None

    @property
    def has_facts_of_now(self) -> bool:
        """Whether it went by the facts of now when it was looked at."""
        return self.is_rebuilt or not self.why_changed

    def is_outdated(self, session: Session, as_of: date) -> bool:
        """Whether facts have changed since it was looked at, or had then and could not be taken in."""
        if not self.is_rebuilt:
            return plan_store.find_version(session, self.version).is_stale
        return differ(self.problem, problem_of_now(session, self.option, as_of))


def stored_source(session: Session, version: int) -> Source:
    """A version as it was stored; NotFound if there is none."""
    stored, people = plan_store.load_plan(session, version), names_of_inspectors(session)
    row, result = plan_store.find_version(session, version), stored.result
    fresh = freshness_of(session, row)
    return Source(
        version=version,
        option=row.option,
        rules=row.rules,
        problem=stored.problem,
        plan=stored.plan,
        names=Names(stored.problem, people),
        why_changed=(fresh.why or CHANGED) if fresh.is_stale else "",
        date_bound=_bound_if_covered(stored),
        team_bound=None if result.teams is None else result.teams.bound,
        uncovered_bound=result.uncovered_bound,
    )


def _bound_if_covered(stored: plan_store.StoredPlan) -> int | None:
    """What is proven of the cost of dates of plans that leave no place uncovered.

    Where the version leaves some uncovered, its own bound may be one of such plans only: its certificates say more.
    """
    return _proven(stored.plan) if stored.plan.costs.uncovered_places else stored.result.dates.bound


def _proven(plan: Plan) -> int | None:
    bounds = (certificate.bound for certificate in plan.certificates if certificate.kind == "dates")
    return max(bounds, default=None)


def present_source(session: Session, version: int, as_of: date) -> Source:
    """A version by the facts of now; as it was stored where nothing has changed, or the plan does not fit them.

    Where facts have changed, the bound of dates is what the old prices still prove.
    """
    source = stored_source(session, version)
    if source.has_facts_of_now:
        return source
    found = by_facts_of_now(session, source.problem, source.plan, source.option, as_of)
    if found is None:
        return source
    problem, plan = found
    if problem.hash == source.problem.hash:
        return replace(source, rules=None, is_rebuilt=True)
    return replace(
        source,
        rules=None,
        problem=problem,
        plan=plan,
        names=Names(problem, names_of_inspectors(session)),
        is_rebuilt=True,
        date_bound=_proven(plan),
        team_bound=None,
        uncovered_bound=None,
    )
