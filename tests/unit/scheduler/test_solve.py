"""The whole solve on small problems: proofs, limits, stop requests, impossibility, certificate."""

import itertools
import subprocess
import sys
from importlib import import_module

import numpy as np
import pytest

from benchmarks.instances import Option, small
from scheduler.areas.graph_making import build_graph
from scheduler.checking.checker import SHORTAGE_RULES, check
from scheduler.cost import make_plan
from scheduler.counting.pre_check import precheck
from scheduler.dates.pricing import lagrangian_value, price_all, rounded_up
from scheduler.dates.rows import Rows
from scheduler.dates.search import solve_dates
from scheduler.people.capacity import People
from scheduler.solving.solver import solve
from scheduler.values.errors import BrokenPlan, InvalidProblem
from scheduler.values.problem import PeriodLimit
from scheduler.values.result import SolveParams, Status, TracePoint, gap
from scheduler.values.row_facts import RowName
from tests.builders import analysis, inspector, one_area, review, span, two_areas
from tests.complete import complete, complete_plan
from tests.known import known
from tests.prices import proven_value
from tests.rule_cases.solving import PEOPLE

PARAMS = SolveParams(num_workers=1, teams_seconds=0.8)
"""With little time for teams: how few places stay uncovered is tested with the teams."""


OPTIONS = pytest.mark.parametrize("option", [1, 2, 3, 4, "mixed"])


@OPTIONS
def test_a_solved_plan_keeps_every_rule(option: Option) -> None:
    problem = small(option, num_areas=6 if option == 2 else 8)
    result = solve(problem, PARAMS)
    plan = known(result.plan)
    assert check(problem, plan) == ()
    assert result.dates.cost == plan.costs.date_cost
    assert result.uncovered_places == plan.costs.uncovered_places
    assert result.problem_hash == problem.hash


@OPTIONS
def test_dates_are_proven_and_the_certificate_proves_its_bound_without_any_solver(option: Option) -> None:
    problem = small(option, num_areas=6 if option == 2 else 8)
    answer = solve_dates(problem, PARAMS, whole_teams=True)
    assert (answer.status, answer.figures.gap) == (Status.OPTIMAL, 0)
    (certificate,) = answer.certificates
    value = known(proven_value(problem, certificate))
    assert rounded_up(value, certificate.scale) == certificate.bound
    assert certificate.bound <= known(answer.cost)


@pytest.mark.parametrize("seed", range(3))
def test_any_prices_give_a_valid_bound(seed: int) -> None:
    problem = small(1)
    best = known(solve_dates(problem, PARAMS, whole_teams=True).cost)
    rows = Rows(build_graph(problem, whole_teams=True), People(problem))
    duals = np.random.default_rng(seed).integers(0, 3000, rows.num_rows)
    value = known(lagrangian_value(rows, price_all(rows, duals, 1000), duals, 1000))
    assert rounded_up(value, 1000) <= best


def test_the_listener_hears_falling_costs_and_rising_bounds() -> None:
    heard: list[TracePoint] = []
    answer = solve_dates(small(3), PARAMS, listener=heard.append)
    dates = [point for point in heard if point.phase == "dates"]
    costs = [point.incumbent for point in dates if point.incumbent is not None]
    bounds = [point.bound for point in dates if point.bound is not None]
    assert costs == sorted(costs, reverse=True)
    assert bounds == sorted(bounds)
    assert (costs[-1], bounds[-1]) == (answer.cost, answer.bound)
    assert tuple(heard) == answer.trace


def test_a_stop_request_keeps_the_best_plan() -> None:
    polls = itertools.count()
    problem = small(4)
    result = solve(problem, PARAMS, stop=lambda: next(polls) > 2)
    assert result.status is Status.FEASIBLE
    assert check(problem, known(result.plan)) == ()
    assert any("Stopped on request" in remark for remark in result.dates.remarks)


def test_out_of_time_is_a_result_with_a_plan() -> None:
    problem = small(4)
    result = solve(problem, PARAMS.model_copy(update={"dates_seconds": 0.0, "teams_seconds": 1.0}))
    assert result.status is Status.FEASIBLE
    plan = known(result.plan)
    assert check(problem, plan) == ()
    assert result.dates.cost == plan.costs.date_cost


def test_what_is_said_of_the_dates_holds_beside_a_plan_that_covers_every_place() -> None:
    """The review that is dearer to wait for takes the only week of the other one, while there is no time for more."""
    reviews = (
        review("north", start_window=span(0, 2), urgency_price=9, stages=(analysis(),)),
        review("south", start_window=span(0, 1), stages=(analysis(),)),
    )
    people = (
        inspector("ann", "Ofsted", is_leader=True),
        inspector("bob", "CSCI", "safeguarding"),
        inspector("dan", "HMIC", "education"),
    )
    problem = two_areas(activities=reviews, inspectors=people)
    result = solve(problem, SolveParams(num_workers=1, dates_seconds=0.0, teams_seconds=3))
    assert result.uncovered_places == 0
    told = " ".join(result.dates.remarks)
    assert "were found in the time for dates; " in told
    assert "there may be none" not in told


def test_ctrl_c_keeps_the_best_plan() -> None:
    def interrupted(point: TracePoint) -> None:
        if point.bound is not None and point.incumbent is not None:
            raise KeyboardInterrupt

    problem = small(4)
    result = solve(problem, PARAMS, listener=interrupted)
    assert check(problem, known(result.plan)) == ()


def test_a_plan_to_begin_with_is_used_as_far_as_it_keeps_the_rules() -> None:
    problem = small(4)
    best = solve_dates(problem, PARAMS)
    starts = known(best.starts)
    no_time = PARAMS.model_copy(update={"dates_seconds": 0.0})
    assert solve_dates(problem, no_time, hint=starts).cost == best.cost
    wrong = starts | {"jar-area-0001": (0, 90), "jar-area-0002": (500, 503), "jar-area-0003": ()}
    answer = solve_dates(problem, no_time, hint=wrong)
    broken = check(problem, make_plan(problem, known(answer.starts), ()))
    assert {violation.rule for violation in broken} <= SHORTAGE_RULES
    assert known(answer.cost) >= known(best.cost)


def test_a_lack_of_people_is_named_and_leaves_as_few_places_uncovered_as_proven() -> None:
    """Only where there are no dates at all, a problem is impossible."""
    pins = {"pinned_starts": (9, 12), "start_window": span(9, 10)}
    problem = two_areas(activities=(review("north", **pins), review("south", **pins)), inspectors=PEOPLE)
    result = solve(problem, PARAMS)
    leaders = (RowName(kind="people", skills=("leader",)),)
    assert (leaders, 6, 3) in [(own.rows, own.demand, own.capacity) for own in result.shortages]
    assert (result.status, result.uncovered_places, result.uncovered_bound) == (Status.OPTIMAL, 3, 3)
    assert {own.kind: own.bound for own in result.certificates}["uncovered"] == 3


def test_starts_that_fit_into_no_year_are_named() -> None:
    """Eight reviews that follow their assessments fit into no financial year of six starts."""
    problem = small(2, num_areas=8)
    result = solve(problem, PARAMS)
    assert (result.status, result.plan) == (Status.INFEASIBLE, None)
    found = {shortage.rows: (shortage.demand, shortage.capacity) for shortage in result.shortages}
    assert found[(RowName(kind="period_maximum", owner="FY2006-07-jar"),)] == (8, 6)
    fewer = solve(small(2, num_areas=6), PARAMS)
    assert (fewer.status, fewer.uncovered_places, fewer.shortages) == (Status.OPTIMAL, 0, ())


def test_limits_that_clash_only_together_are_proven_by_prices() -> None:
    """Each limit leaves room on its own; two reviews in three half-open windows do not fit together."""
    early = PeriodLimit(id="early", span=span(0, 20), kinds=("jar",), areas=("north",), minimum=1)
    close = PeriodLimit(id="close", span=span(0, 20), kinds=("jar",), maximum=1)
    other = PeriodLimit(id="other", span=span(0, 20), kinds=("jar",), areas=("south",), minimum=1)
    assert precheck(two_areas(period_limits=(early, close, other))) == ()
    result = solve(two_areas(period_limits=(early, close, other)), PARAMS)
    assert (result.status, result.plan) == (Status.INFEASIBLE, None)
    (shortage,) = result.shortages
    assert RowName(kind="period_maximum", owner="close") in shortage.rows
    assert shortage.demand > shortage.capacity
    assert solve(two_areas(period_limits=(early, close)), PARAMS).status is Status.OPTIMAL


def test_a_problem_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(InvalidProblem, match="jar-north"):
        solve(one_area(activities=(review("north"), review("north"))), PARAMS)


def test_a_plan_that_breaks_a_rule_never_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(problem, starts, members):
        return make_plan(problem, {**starts, "jar-north": (4, 7)}, ())

    monkeypatch.setattr(import_module("scheduler.solving.sound_answer"), "make_plan", wrong)
    with pytest.raises(BrokenPlan, match="jar-north"):
        solve(one_area(), PARAMS)


def test_more_capacity_never_worsens_the_bound() -> None:
    problem = small(3, num_inspectors=26)
    more = problem.model_copy(
        update={
            "inspectors": (
                *problem.inspectors,
                *(p.model_copy(update={"id": f"{p.id}-twin"}) for p in problem.inspectors),
            )
        }
    )
    few, many = (solve_dates(own, PARAMS, whole_teams=True) for own in (problem, more))
    assert known(many.bound) <= known(few.cost)


def test_the_same_problem_and_seed_have_the_same_cost() -> None:
    first, second = (solve_dates(small("mixed", seed=3), PARAMS) for _ in range(2))
    assert (first.cost, first.bound) == (second.cost, second.bound)


def test_the_complete_problem_is_solved_at_most_at_the_cost_of_a_plan_by_hand() -> None:
    result = solve(complete(), PARAMS)
    assert result.dates.status is Status.OPTIMAL
    assert known(result.plan).costs.date_cost <= complete_plan().costs.date_cost


def test_values_can_be_read_without_loading_a_solver() -> None:
    code = "import scheduler, sys; from scheduler import Problem, check, solve; sys.exit('ortools' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_gap_is_a_fraction_of_the_cost() -> None:
    assert gap(200, 199) == 0.005
    assert gap(0, 0) == 0
