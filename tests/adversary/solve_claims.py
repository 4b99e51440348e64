"""What `solve` claims: the plan, its cost, its bounds, its status, its certificates."""

from collections.abc import Iterator
from functools import lru_cache
from random import Random

from scheduler.solving.solver import solve
from scheduler.values.plan import ActivityDates
from scheduler.values.result import Result, SolveParams, Status
from tests.adversary.draw import chance
from tests.adversary.model import Best, Model, at, costs_of, keeps_rules
from tests.adversary.plans import with_people_at_work, with_reserved_seats
from tests.adversary.problems import tiny
from tests.adversary.proofs import wrong_proofs
from tests.adversary.question import Question, Subject, gets_an_answer

PARAMS = SolveParams(dates_seconds=20.0, teams_seconds=20.0, team_gap_target=0.0, num_workers=1)


def draw(seed: str) -> Question:
    """Any tiny problem, but three of four have a plan."""
    by = Random(seed)
    is_any = by.randrange(4) == 0
    problem = tiny(seed, suits=lambda problem: is_any or Model(problem).best(("uncovered",)) is not None)
    if chance(by, 0.3):
        problem = with_people_at_work(problem, by)
    return Question(with_reserved_seats(problem, by) if chance(by, 0.3) else problem)


def ask(question: Question) -> Result:
    """Solve it."""
    return solve(question.problem, PARAMS)


@lru_cache(maxsize=1)
def best_of(question: Question) -> Best | None:
    """The best plan there is."""
    return Model(question.problem).best()


@lru_cache(maxsize=1)
def teams_for(question: Question, dates: tuple[ActivityDates, ...]) -> Best | None:
    """The best teams for the dates of a plan."""
    starts = {item.activity: item.starts for item in dates}
    return Model(question.problem, at(starts)).best(("uncovered", "people"))


@lru_cache(maxsize=1)
def cheapest_of(question: Question, uncovered: int) -> int | None:
    """The least cost of dates of plans with no more uncovered places."""
    best = Model(question.problem).limit("uncovered", uncovered).best(("dates",))
    return None if best is None else best.values[0]


def impossible_is_impossible(question: Question, result: Result) -> Iterator[str]:
    """INFEASIBLE is said where no plan keeps the rules."""
    best = best_of(question)
    if result.status is Status.INFEASIBLE and best is not None:
        yield f"there is a plan {best.values}"


def a_plan_is_found(question: Question, result: Result) -> Iterator[str]:
    """A tiny problem that has a plan gets one."""
    best = best_of(question)
    if best is not None and result.plan is None:
        yield f"{result.status}, but there is a plan {best.values}"


def a_plan_keeps_the_rules(question: Question, result: Result) -> Iterator[str]:
    """Every rule, as the adversary reads it."""
    if result.plan is not None and not keeps_rules(question.problem, result.plan):
        yield "the plan breaks a rule"


def costs_are_right(question: Question, result: Result) -> Iterator[str]:
    """Every term of the cost, and the number of uncovered places."""
    if result.plan is not None:
        costs = costs_of(question.problem, result.plan.starts(), result.plan.members)
        if costs != result.plan.costs:
            yield f"it costs {costs}, not {result.plan.costs}"


def no_plan_is_better(question: Question, result: Result) -> Iterator[str]:
    """Nothing leaves fewer places uncovered, nor has cheaper dates at as few, nor cheaper people for these dates."""
    best = best_of(question)
    if result.plan is None or best is None:
        return
    costs, teams = result.plan.costs, teams_for(question, result.plan.dates)
    found = (costs.uncovered_places, costs.date_cost)
    if found != best.values[:2]:
        yield f"{found} is found, {best.values[:2]} is possible; {result.status}"
    elif teams is not None and costs.team_cost > teams.values[1]:
        yield f"people cost {costs.team_cost}, {teams.values[1]} is possible for these dates; {result.status}"


def optimal_is_optimal(question: Question, result: Result) -> Iterator[str]:
    """What is called optimal, as a whole or in one phase, is so.

    People are optimal for the dates of the plan: 'dates first and teams afterwards' (docs/solver-model.md). Other dates
    of the same cost may have cheaper teams.
    """
    if result.plan is None:
        return
    costs, best, teams = result.plan.costs, best_of(question), teams_for(question, result.plan.dates)
    found = (costs.uncovered_places, costs.date_cost)
    if best is None or teams is None:
        return
    if result.status is Status.OPTIMAL and found != best.values[:2]:
        yield f"{found} is called optimal, {best.values[:2]} is possible"
    people = (costs.uncovered_places, costs.team_cost)
    if result.teams and result.teams.status is Status.OPTIMAL and people != teams.values:
        yield f"teams {people} are called optimal, {teams.values} are possible"
    cheapest = cheapest_of(question, costs.uncovered_places)
    if result.dates.status is Status.OPTIMAL and costs.date_cost != cheapest:
        yield f"dates for {costs.date_cost} are called optimal, {cheapest} is possible"


def bounds_are_bounds(question: Question, result: Result) -> Iterator[str]:
    """No bound is above what it bounds.

    That of dates speaks of plans with no more uncovered places than the plan found, that of people and
    `uncovered_bound_for_dates` of the dates found, `uncovered_bound` of all plans.
    """
    best = best_of(question)
    if best is None:
        return
    if result.uncovered_bound is not None and result.uncovered_bound > best.values[0]:
        yield f"at least {result.uncovered_bound} uncovered places are claimed, {best.values[0]} are possible"
    if result.plan is None:
        return
    costs, teams = result.plan.costs, teams_for(question, result.plan.dates)
    cheapest = cheapest_of(question, costs.uncovered_places)
    if cheapest is not None and result.dates.bound is not None and result.dates.bound > cheapest:
        yield f"dates cost at least {result.dates.bound}, but {cheapest} is possible"
    if teams is None or result.teams is None:
        return
    if result.uncovered_bound_for_dates is not None and result.uncovered_bound_for_dates > teams.values[0]:
        yield f"these dates leave {result.uncovered_bound_for_dates} uncovered, but {teams.values[0]} is possible"
    is_covered_best = teams.values[0] == costs.uncovered_places
    if is_covered_best and result.teams.bound is not None and result.teams.bound > teams.values[1]:
        yield f"people cost at least {result.teams.bound}, but {teams.values[1]} is possible"


def shortages_are_short(question: Question, result: Result) -> Iterator[str]:
    """Where something is counted as short, no plan covers every place."""
    best = best_of(question)
    if result.shortages and best is not None and best.values[0] == 0:
        yield f"{[shortage.message for shortage in result.shortages]}, but a plan covers every place"


def certificates_prove(question: Question, result: Result) -> Iterator[str]:
    """Every certificate is about this problem and is accepted, and what it claims is true."""
    yield from wrong_proofs(question.problem, result.plan, result.certificates)


SOLVE = Subject(
    "solve",
    draw,
    ask,
    (
        gets_an_answer,
        impossible_is_impossible,
        a_plan_is_found,
        a_plan_keeps_the_rules,
        costs_are_right,
        no_plan_is_better,
        optimal_is_optimal,
        bounds_are_bounds,
        shortages_are_short,
        certificates_prove,
    ),
    share=26,
)
