"""Small programmes: dates and people of all areas searched together, against an exact model; nothing is believed."""

from functools import cache
from importlib import import_module
from typing import Any

import pytest

from benchmarks.instances import small
from scheduler.checking.checker import SHORTAGE_RULES, check
from scheduler.cost import date_terms, make_plan
from scheduler.counting.pre_check import lacking
from scheduler.dates.running import Running
from scheduler.nearby.linked_areas import Units
from scheduler.nearby.people import Schedule
from scheduler.people.staff import Staff
from scheduler.run.answers import DatesAnswer, TeamsAnswer
from scheduler.solving.dates import DatesLadder
from scheduler.solving.solver import solve
from scheduler.teams.assignment import assign_teams
from scheduler.together.proving import DISBELIEVED, cover_together, is_open, is_small, prove_together
from scheduler.together.reach import Reach
from scheduler.together.whole_model import MOST_TIMETABLES, WholeModel, num_seatings, timetables_of_all
from scheduler.values.problem import Problem
from scheduler.values.result import SolveParams, Status, TracePoint
from scheduler.verifying.verdict import StatedBounds
from scheduler.verifying.verifier import verify
from tests.adversary.model import Model
from tests.known import known
from tests.tiny import Option, tiny_problem

PARAMS = SolveParams(num_workers=1, dates_seconds=30, teams_seconds=30)
"""Limits that no test comes near: what is proven is proven by then, however slow the machine."""

TINY: list[tuple[Option, int, int]] = [
    (1, 2, 3),
    (2, 2, 4),
    (2, 4, 3),
    (3, 2, 3),
    (4, 3, 3),
    (1, 5, 6),
    (3, 4, 6),
]
"""Option, seed and number of inspectors; the first dates of most of them leave places uncovered."""

Begun = tuple[Running, DatesAnswer, TeamsAnswer]


@cache
def tiny(option: Option, seed: int, people: int) -> Problem:
    problem = tiny_problem(option, seed)
    return problem.model_copy(update={"inspectors": problem.inspectors[:people]})


def begun(problem: Problem, **changes: Any) -> Begun:
    """Dates as a solve begins with them, and any teams for them."""
    run = Running.begin(problem, PARAMS.model_copy(update=changes))
    dates = DatesLadder(run).dates(None, lacking(run.prepared.rows(whole_teams=True)))
    quick = PARAMS.model_copy(update={"teams_seconds": 0.0})
    return run, dates, assign_teams(problem, known(dates.starts), quick)


@cache
def best_values(option: Option, seed: int, people: int) -> tuple[int, ...]:
    return known(Model(tiny(option, seed, people)).best(("uncovered", "dates"))).values


@pytest.mark.parametrize(("option", "seed", "people"), TINY)
def test_what_is_proven_is_what_the_exact_model_says(option: Option, seed: int, people: int) -> None:
    problem = tiny(option, seed, people)
    dates, teams = prove_together(*begun(problem))
    assert (teams.uncovered, dates.cost) == best_values(option, seed, people)
    assert (dates.uncovered_bound, dates.bound) == best_values(option, seed, people)
    assert dates.status is Status.OPTIMAL
    plan = make_plan(problem, known(dates.starts), teams.members)
    assert {fault.rule for fault in check(problem, plan)} <= SHORTAGE_RULES


@pytest.mark.parametrize(("option", "seed", "people"), TINY)
def test_every_timetable_of_a_best_plan_is_in_reach_of_its_cost(
    option: Option, seed: int, people: int
) -> None:
    problem = tiny(option, seed, people)
    best = known(Model(problem).best(("uncovered", "dates")))
    run, dates, _ = begun(problem)
    covers = best.values[0] == 0
    units = Units(problem, run.prepared.rows(whole_teams=True) if covers else run.prepared.shared)
    reach = Reach(units, dates.certificates[0] if covers else None)
    found = known(reach.below(best.values[1], {}, MOST_TIMETABLES))
    assert all(timetables.are_at(best.starts).any() for timetables in found.values())
    assert reach.bound <= best.values[1]


SMALL: list[tuple[Option, int, int, int]] = [(2, 3, 18, 0), (2, 3, 18, 1), (1, 4, 15, 1)]
"""Option, areas, inspectors and seed; prices prove 645 of 658, 858 of 880 and 166 of 204."""


@pytest.mark.parametrize(("option", "areas", "people", "seed"), SMALL)
def test_a_small_programme_is_proven_where_prices_leave_a_gap(
    option: Option, areas: int, people: int, seed: int
) -> None:
    problem = small(option, areas, people, seed)
    dates, teams = prove_together(*begun(problem))
    assert dates.status is Status.OPTIMAL
    assert (dates.cost, teams.uncovered) == (dates.bound, dates.uncovered_bound)
    assert dates.figures.searched_with_people
    assert all(proof.bound < known(dates.bound) for proof in dates.certificates if proof.kind == "dates")


def test_a_claim_that_only_the_search_makes_is_refused_in_a_certificate_and_named_beside_it() -> None:
    problem = small(2, 3, 18, 0)
    result = solve(problem, PARAMS)
    assert result.status is Status.OPTIMAL
    plan, bound = known(result.plan), known(result.dates.bound)
    (certificate,) = result.certificates
    assert certificate.bound < bound
    stated = StatedBounds(date_bound=bound, searched_with_people=result.dates.searched_with_people)
    words = " ".join(verify(problem, plan, result.certificates, stated).unproven)
    assert f"less than {bound} is the word of a search of dates and people together alone" in words
    forged = certificate.model_copy(update={"bound": bound})
    assert not verify(problem, plan, (forged,)).is_accepted
    places = StatedBounds(uncovered_bound=1)
    told = " ".join(verify(problem, plan, result.certificates, places).unproven)
    assert "at least 1 place uncovered is a solver's word" in told


def test_a_plan_that_covers_every_place_is_found_near_the_bound_of_dates() -> None:
    """Found and proven in turn: what the first search does not find proves nothing."""
    run, dates, teams = begun(small(2, 3, 18, 0))
    assert teams.uncovered > 0
    found, better = known(cover_together(run, dates, teams, run.seconds_left()))
    assert better.uncovered == 0
    assert found.bound == dates.bound
    assert is_open(run, found, better)
    proven, again = prove_together(run, found, better)
    assert (proven.status, proven.cost) == (Status.OPTIMAL, proven.bound)
    assert not is_open(run, proven, again)


def test_a_stop_request_keeps_the_plan_and_its_bound() -> None:
    run, dates, teams = begun(small(2, 3, 18, 0))
    stopped = Running.begin(run.problem, PARAMS, stop=lambda: True)
    found, kept = prove_together(stopped, dates, teams)
    assert (found.starts, found.bound, kept) == (dates.starts, dates.bound, teams)
    assert found.was_stopped
    assert not found.figures.searched_with_people


def test_ctrl_c_during_the_search_keeps_the_best_plan() -> None:
    def interrupted(point: TracePoint) -> None:
        if point.phase == "proving":
            raise KeyboardInterrupt

    problem = small(2, 3, 18, 0)
    result = solve(problem, PARAMS, listener=interrupted)
    plan = known(result.plan)
    assert (result.status, plan.costs.uncovered_places) == (Status.FEASIBLE, 0)
    assert check(problem, plan) == ()


def test_no_time_is_an_answer_with_the_plan_so_far() -> None:
    _, dates, teams = begun(small(2, 3, 18, 0))
    run, *_ = begun(small(2, 3, 18, 0), dates_seconds=0.0, teams_seconds=0.0)
    found, kept = prove_together(run, dates, teams)
    assert (found.starts, found.bound, kept) == (dates.starts, dates.bound, teams)


@pytest.mark.parametrize("said", [None, 10**6])
def test_a_wrong_word_of_the_solver_proves_nothing(monkeypatch: pytest.MonkeyPatch, said: int | None) -> None:
    """'No plan', or a bound above a plan that was checked."""
    run, dates, teams = begun(small(2, 3, 18, 0))
    covering, better = known(cover_together(run, dates, teams, run.seconds_left()))
    monkeypatch.setattr(WholeModel, "cheapest_dates", lambda *_: said)
    found, kept = prove_together(run, covering, better)
    assert (found.cost, found.bound, kept) == (covering.cost, covering.bound, better)
    assert DISBELIEVED in found.figures.remarks


def test_a_search_that_breaks_off_leaves_what_was_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(import_module("scheduler.together.proving"), "prove_together", broken)
    result = solve(small(2, 3, 18, 0), PARAMS)
    assert (result.status, result.uncovered_places) == (Status.FEASIBLE, 0)
    assert any("dates and people together broke off" in remark for remark in result.dates.remarks)


def test_a_programme_that_is_too_large_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    run, dates, teams = begun(small(2, 3, 18, 0))
    assert is_small(run)
    units = Units(run.problem, run.prepared.shared)
    size = num_seatings(Staff(run.problem), known(timetables_of_all(units)))
    monkeypatch.setattr(import_module("scheduler.together.whole_model"), "MOST_SEATINGS", size - 1)
    assert not is_small(run)
    found, kept = prove_together(run, dates, teams)
    assert (found.uncovered_bound, kept) == (dates.uncovered_bound or 0, teams)


def test_the_model_holds_the_plan_so_far() -> None:
    """As cheap as it is and not cheaper: with its timetables alone the model has one choice of dates."""
    problem = small(2, 3, 18, 0)
    run, dates, teams = begun(problem)
    starts = known(dates.starts)
    units = Units(problem, run.prepared.shared)
    only = {unit: units.timetables_at(unit, starts) for unit in range(len(units))}
    model = WholeModel(units, Staff(problem), Schedule(starts, teams.members), only)
    cost = sum(date_terms(problem, starts).values())
    progress = run.progress("proving", run.seconds_left())
    assert model.cheapest_dates(0, cost + 5, PARAMS, progress, lambda _: None) == cost
