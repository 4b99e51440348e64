"""A solve in a process of its own answers as `solve` does, ends when it is told to, and serves replanning (R094)."""

import time

import pytest

from scheduler.events import Postponement
from scheduler.replanning import solved_beside as module
from scheduler.replanning.result import ReplanParams
from scheduler.replanning.solved_beside import solving_beside
from scheduler.solving import beside
from scheduler.solving.beside import SolveBeside
from scheduler.solving.solver import solve
from scheduler.values.problem import PeriodLimit, Problem
from scheduler.values.result import SolveParams, Status
from tests.builders import span
from tests.known import known
from tests.replanning import STARTS, published, replanned, three_reviews

PARAMS = SolveParams(num_workers=1, dates_seconds=20.0, teams_seconds=40.0)


def started(problem: Problem) -> SolveBeside:
    return known(SolveBeside.start(problem, PARAMS))


def test_it_answers_as_a_solve_in_this_process_does():
    problem = three_reviews()
    found, here = known(started(problem).answer(60.0)), solve(problem, PARAMS)
    assert (found.status, found.plan, found.params) == (Status.OPTIMAL, here.plan, here.params)


def test_an_impossible_problem_is_an_answer_too():
    """No review may start at all."""
    none = PeriodLimit(id="none", span=span(0, 52), kinds=("jar",), maximum=0)
    found = known(started(three_reviews(period_limits=(none,))).answer(60.0))
    assert (found.status, found.plan) == (Status.INFEASIBLE, None)


def test_without_an_answer_in_time_it_is_told_to_end_and_leaves_no_process(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(beside, "SECONDS_TO_END", 10.0)
    solving = started(three_reviews())
    assert solving.answer(0.0) is None  # it had no time to begin
    assert solving.process.wait(10) != 0


def test_nobody_waits_for_one_that_is_abandoned():
    solving = started(three_reviews())
    solving.abandon()
    before = time.monotonic()
    assert solving.answer(60.0) is None
    assert time.monotonic() - before < 30.0


def test_where_no_process_can_be_started_there_is_none(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(beside.sys, "executable", "/no/such/python")
    assert SolveBeside.start(three_reviews(), PARAMS) is None


@pytest.mark.parametrize(
    "params",
    [
        ReplanParams(num_workers=1),
        ReplanParams(with_alternatives=False),
        ReplanParams(),
    ],
    ids=["one core", "fewest moves only", "small programme"],
)
def test_it_is_not_started_where_there_is_no_use_for_it(params: ReplanParams):
    problem = three_reviews()
    with solving_beside(problem, published(problem), params, 8.0) as found:
        assert found is None


def test_the_cheapest_plan_after_an_event_comes_from_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "MOST_UNITS", 2)  # three areas are no small programme here
    monkeypatch.setattr("scheduler.replanning.small_programmes.MOST_UNITS", 2)
    event = Postponement(activity="jar-south", not_before=STARTS["jar-south"][0] + 2)
    found = replanned(three_reviews(), event, with_alternatives=True, num_workers=2, seconds=30.0)
    cheapest = next(choice for choice in found.choices if "lowest_cost" in choice.names)
    fresh = known(solve(found.problem, SolveParams(num_workers=1)).plan)
    cost = fresh.costs.date_cost + fresh.costs.team_cost
    assert (cheapest.uncovered, cheapest.cost) <= (fresh.costs.uncovered_places, cost)
    assert found.bounds["lowest_cost"] <= cheapest.cost
