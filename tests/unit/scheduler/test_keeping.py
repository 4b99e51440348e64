"""The best plan so far is handed over while solving, always checked, never a worse one."""

import pytest

from benchmarks.instances import Option, small
from scheduler.checking.checker import SHORTAGE_RULES, check, faults
from scheduler.cost import make_plan
from scheduler.people.quick_teams import quick_members
from scheduler.run.keeper import Keeper
from scheduler.solving.solver import solve
from scheduler.values.result import Result, SolveParams, Status
from tests.builders import members, one_area
from tests.complete import COMPLETE_STARTS, complete, complete_plan
from tests.known import known
from tests.solved import solved_plan

PARAMS = SolveParams(num_workers=1, dates_seconds=2, teams_seconds=0.3)


def order(result: Result) -> tuple[int, int, int]:
    costs = known(result.plan).costs
    return costs.uncovered_places, costs.date_cost, costs.team_cost


@pytest.mark.parametrize("option", [1, 4])
def test_every_plan_on_the_way_is_checked_and_better_than_the_one_before(option: Option) -> None:
    problem = small(option, seed=1)
    kept: list[Result] = []
    result = solve(problem, PARAMS, keep=kept.append)
    assert len(kept) >= 2
    for own in kept:
        plan = known(own.plan)
        assert {found.rule for found in check(problem, plan)} <= SHORTAGE_RULES
        assert (own.status, own.problem_hash) == (Status.FEASIBLE, problem.hash)
        assert own.dates.cost == plan.costs.date_cost
    ranks = [order(own) for own in kept]
    assert ranks == sorted(ranks, reverse=True)
    assert order(result) <= ranks[-1]


def test_what_was_seen_on_the_way_is_never_better_than_the_answer() -> None:
    """The cheapest dates leave two places uncovered, and with no time for a repair it stays at that."""
    problem = small(4)
    kept: list[Result] = []
    result = solve(problem, PARAMS.model_copy(update={"teams_seconds": 0.05}), keep=kept.append)
    assert order(result) <= min(order(own) for own in kept)
    assert result.uncovered_places == 0
    assert any("fewer" in remark or "more places are covered" in remark for remark in result.dates.remarks)


def test_a_bound_that_is_known_comes_with_the_plan_and_its_certificate() -> None:
    kept: list[Result] = []
    result = solve(one_area(), PARAMS, keep=kept.append)
    last = kept[-1]
    assert (last.dates.bound, last.dates.gap) == (result.dates.bound, 0)
    assert known(last.plan).certificates == result.certificates != ()


def test_a_plan_that_breaks_a_rule_is_not_handed_over() -> None:
    kept: list[Result] = []
    keeper = Keeper(complete(), PARAMS, kept.append, 0.0)
    keeper.offer({**COMPLETE_STARTS, "jar-north": (4, 7)}, complete_plan().members)
    assert kept == []
    keeper.offer(COMPLETE_STARTS, complete_plan().members)
    assert [own.plan for own in kept] == [complete_plan()]


def test_of_wrong_people_only_the_dates_are_handed_over() -> None:
    kept: list[Result] = []
    Keeper(complete(), PARAMS, kept.append, 0.0).offer(
        COMPLETE_STARTS, members({"jar-south": {"leader": "bob"}})
    )
    assert [own.plan.members for own in kept if own.plan] == [()]


def test_a_keeper_that_fails_is_told_of_and_ends_no_solve() -> None:
    def full(_: Result) -> None:
        raise OSError("no space left")

    result = solve(one_area(), PARAMS, keep=full)
    assert result.status is Status.OPTIMAL
    assert any("could not be kept (OSError: no space left)" in remark for remark in result.dates.remarks)


def test_quick_people_keep_every_rule() -> None:
    problem = small(3, seed=1)
    starts = solved_plan(problem, PARAMS).starts()
    members = quick_members(problem, starts)
    assert members
    assert faults(problem, make_plan(problem, starts, members)) == ()


def test_without_time_for_it_a_plan_waits_for_the_end_of_its_phase() -> None:
    kept: list[Result] = []
    keeper = Keeper(
        complete(), PARAMS, kept.append, started=10.0**12
    )  # so late that no share of the time has come
    keeper.offer(COMPLETE_STARTS, complete_plan().members)
    assert kept == []
    keeper.flush()
    keeper.flush()
    assert len(kept) == 1
