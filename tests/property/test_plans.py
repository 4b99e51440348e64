"""What is true of every solved plan, however short the time: it keeps every rule and survives JSON."""

from random import Random

import pytest

from scheduler.checking.checker import faults
from scheduler.dates.search import solve_dates
from scheduler.solving.solver import solve
from scheduler.teams.assignment import assign_teams
from scheduler.validating.validation import validate
from scheduler.values.documents import load_plan, load_problem
from scheduler.values.problem import Problem
from scheduler.values.result import Result, SolveParams, Status
from tests.property.changes import one_inspector_more, renamed
from tests.tiny import Option, tiny_problem
from tests.tiny_teams import tiny_teams

OPTIONS: tuple[Option, ...] = (1, 2, 3, 4)
NO_TIME = SolveParams(num_workers=1, dates_seconds=0.0, teams_seconds=0.0)
LITTLE = SolveParams(num_workers=1, dates_seconds=0.5, teams_seconds=0.05)
EXACT = SolveParams(num_workers=1, team_gap_target=0.0)
TEAM_SEEDS = range(300, 308)


def problems(option: Option, count: int) -> list[Problem]:
    """Sound ones; many of them are tight, and some have no plan."""
    draws = (tiny_problem(option, seed) for seed in range(5000, 6000))
    sound = (problem for problem in draws if not validate(problem))
    return [next(sound) for _ in range(count)]


@pytest.mark.parametrize("option", OPTIONS)
def test_the_first_plan_keeps_every_rule_when_there_is_time_for_no_other(option: Option) -> None:
    found = 0
    for problem in problems(option, 6):
        kept: list[Result] = []
        result = solve(problem, NO_TIME, keep=kept.append)
        for own in (result, *kept):
            if own.plan is not None:
                assert faults(problem, own.plan) == ()
                assert own.uncovered_places == own.plan.costs.uncovered_places
                found += 1
        assert (result.plan is None) == (result.status in (Status.INFEASIBLE, Status.UNKNOWN))
        assert not (kept and result.plan is None)
    assert found >= 3


@pytest.mark.parametrize("option", OPTIONS)
def test_a_solved_plan_keeps_every_rule_and_survives_json(option: Option) -> None:
    for problem in problems(option, 3):
        result = solve(problem, LITTLE)
        assert Result.model_validate_json(result.model_dump_json()) == result
        again = load_problem(problem.model_dump_json(indent=1))
        assert (again, again.hash) == (problem, problem.hash)
        if result.plan is not None:
            assert load_plan(result.plan.model_dump_json(indent=1)) == result.plan
            assert faults(again, result.plan) == ()
            assert result.dates.bound is None or result.dates.bound <= result.plan.costs.date_cost


@pytest.mark.parametrize("option", OPTIONS)
def test_the_same_seed_has_the_same_cost_and_bound_of_dates(option: Option) -> None:
    for problem in problems(option, 3):
        first, second = (solve_dates(problem, EXACT, whole_teams=True) for _ in range(2))
        assert (first.status, first.cost, first.bound) == (second.status, second.cost, second.bound)


@pytest.mark.parametrize("seed", TEAM_SEEDS)
def test_the_same_seed_has_the_same_rank_of_teams(seed: int) -> None:
    problem, starts = tiny_teams(seed)
    first, second = (assign_teams(problem, starts, EXACT) for _ in range(2))
    assert (first.rank, first.uncovered_bound) == (second.rank, second.uncovered_bound)


@pytest.mark.parametrize("seed", TEAM_SEEDS)
def test_one_more_inspector_never_worsens_the_teams(seed: int) -> None:
    problem, starts = tiny_teams(seed)
    few = assign_teams(problem, starts, EXACT)
    many = assign_teams(one_inspector_more(problem, Random(seed)), starts, EXACT)
    assert few.uncovered == few.uncovered_bound
    assert many.uncovered_bound <= few.uncovered_bound
    assert many.rank <= few.rank


@pytest.mark.parametrize("seed", TEAM_SEEDS)
def test_renaming_inspectors_changes_no_optimum_of_teams(seed: int) -> None:
    problem, starts = tiny_teams(seed)
    other = renamed(problem, Random(seed))
    by_place = {own.location: own.id for own in other.areas}
    home = {own.id: by_place[own.location] for own in problem.areas}
    named = {(own.area, own.kind): own.id for own in other.activities}
    moved = {named[home[own.area], own.kind]: starts[own.id] for own in problem.activities}
    assert assign_teams(other, moved, EXACT).rank == assign_teams(problem, starts, EXACT).rank
