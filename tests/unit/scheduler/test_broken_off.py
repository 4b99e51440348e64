"""No memory, a solver that crashes, a solver that lies: what was found before is kept, nothing is believed."""

from importlib import import_module
from typing import Any

import pytest

from benchmarks.instances import small
from scheduler.checking.checker import SHORTAGE_RULES, check
from scheduler.dates.choose import Choice
from scheduler.dates.close_gap import DISBELIEVED
from scheduler.dates.search import solve_dates
from scheduler.run.answers import DatesAnswer
from scheduler.solving.solver import solve
from scheduler.values.errors import BrokenPlan
from scheduler.values.plan import Plan, TeamMember
from scheduler.values.problem import Problem
from scheduler.values.result import Result, SolveParams, Status
from tests.builders import members, one_area, review, span
from tests.known import known

PARAMS = SolveParams(num_workers=1, dates_seconds=2, teams_seconds=0.3)
PROBLEM = small(3, seed=1)
SHORT = small(4, num_inspectors=20)
"""Its gap is closed by branch and cut only, and its dates leave places uncovered, so that the repair begins."""

PLACES = {
    "prices": ("scheduler.dates.generation", "Generation.run"),
    "master": ("scheduler.dates.master", "Master.solve"),
    "closing": ("scheduler.dates.close_gap", "pick_by_mip"),
    "relaxation of teams": ("scheduler.teams.assignment", "Relaxation.solve"),
    "model of teams": ("scheduler.teams.assignment", "TeamModel"),
    "search for teams": ("scheduler.teams.assignment", "search_teams"),
    "repair": ("scheduler.nearby.repairing", "JointModel.solve"),
}
"""Where each phase can break off: module and name."""


def broken(monkeypatch: pytest.MonkeyPatch, place: str, error: Exception) -> list[str]:
    """Let a place raise; returns where it was noted, once it was reached."""
    reached: list[str] = []

    def raising(*_: Any, **__: Any) -> Any:
        reached.append(place)
        raise error

    module, name = PLACES[place]
    owner: Any = import_module(module)
    *parents, last = name.split(".")
    for parent in parents:
        owner = getattr(owner, parent)
    monkeypatch.setattr(owner, last, raising)
    return reached


def without_search_of_all_areas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let small programmes be solved as large ones are: what is searched together would spare what is to break."""
    proving = import_module("scheduler.together.proving")
    monkeypatch.setattr(proving, "cover_together", lambda *_: None)
    monkeypatch.setattr(proving, "is_open", lambda *_: False)


def checked(problem: Problem, result: Result) -> Plan:
    plan = known(result.plan)
    assert {found.rule for found in check(problem, plan)} <= SHORTAGE_RULES
    assert result.dates.cost == plan.costs.date_cost
    assert result.uncovered_places == plan.costs.uncovered_places
    return plan


def remarks(result: Result) -> str:
    return " ".join((*result.dates.remarks, *(result.teams.remarks if result.teams else ())))


@pytest.mark.parametrize(
    ("place", "problem"),
    [
        ("prices", PROBLEM),
        ("master", PROBLEM),
        ("closing", SHORT),
        ("relaxation of teams", PROBLEM),
        ("model of teams", PROBLEM),
        ("repair", SHORT),
    ],
)
def test_without_memory_each_phase_leaves_what_it_and_those_before_had(
    monkeypatch: pytest.MonkeyPatch, place: str, problem: Problem
) -> None:
    without_search_of_all_areas(monkeypatch)
    reached = broken(monkeypatch, place, MemoryError())
    params = PARAMS.model_copy(update={"teams_seconds": 5}) if place == "repair" else PARAMS  # it comes last
    result = solve(problem, params)
    assert reached
    checked(problem, result)
    assert result.status is Status.FEASIBLE
    assert "broke off (there was not enough memory)" in remarks(result)


def test_a_search_for_teams_without_memory_leaves_the_teams_before_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without prices of people nothing is proven at once, so that the search begins."""
    monkeypatch.setattr(import_module("scheduler.teams.assignment").Relaxation, "solve", lambda *_: None)
    reached = broken(monkeypatch, "search for teams", MemoryError())
    result = solve(PROBLEM, PARAMS)
    assert reached
    assert checked(PROBLEM, result).members
    assert "The search for teams broke off" in remarks(result)


def test_the_twin_with_enough_memory_has_no_such_remark() -> None:
    assert "broke off" not in remarks(solve(PROBLEM, PARAMS))


def test_a_solver_that_crashes_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    broken(monkeypatch, "relaxation of teams", RuntimeError("GLOP died"))
    assert "The search for teams broke off (RuntimeError: GLOP died)" in remarks(solve(PROBLEM, PARAMS))


def test_what_breaks_off_before_there_is_any_plan_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    broken(monkeypatch, "prices", MemoryError())
    monkeypatch.setattr(import_module("scheduler.dates.search"), "greedy_room", lambda _rows: None)
    with pytest.raises(MemoryError):
        solve(PROBLEM, PARAMS)


def lying(monkeypatch: pytest.MonkeyPatch, choice: Choice, plan: list[int] | None = None) -> None:
    """Let branch and cut say this of its first columns, whatever they cost."""

    def answer(_columns: Any, numbers: Any, *_: Any) -> tuple[Choice, list[int]]:
        return choice, list(numbers[:1]) if plan is None else plan

    monkeypatch.setattr(import_module("scheduler.dates.close_gap"), "pick_by_mip", answer)


@pytest.fixture(scope="module")
def truth() -> DatesAnswer:
    """The best dates of the short problem, by solvers that say what is so."""
    return solve_dates(SHORT, PARAMS.model_copy(update={"dates_seconds": 60}), whole_teams=True)


@pytest.mark.parametrize(
    "choice",
    [
        Choice(1, True, 1),  # optimal, at a cost that no plan has
        Choice(None, True, None),  # infeasible, though the first plan is among the columns
        Choice(10**9, True, 10**9),  # optimal, and yet dearer than the first plan
    ],
)
def test_a_wrong_word_of_a_solver_proves_nothing(
    monkeypatch: pytest.MonkeyPatch, truth: DatesAnswer, choice: Choice
) -> None:
    lying(monkeypatch, choice, None if choice.cost == 1 else [])
    answer = solve_dates(SHORT, PARAMS, whole_teams=True)
    assert truth.status is Status.OPTIMAL
    assert known(answer.bound) <= known(truth.cost) <= known(answer.cost)
    assert DISBELIEVED in answer.figures.remarks
    assert DISBELIEVED not in truth.figures.remarks


def test_optimal_teams_that_break_a_rule_are_thrown_away_for_the_dates_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """R057: a solver says OPTIMAL of a team whose leader is none."""
    teams = import_module("scheduler.teams.assignment")
    real = teams.find_teams

    def wrong(*arguments: Any, **named: Any) -> Any:
        answer = real(*arguments, **named)
        team = members({"jar-north": {"leader": "bob", "safeguarding": "eve", "education": "dan"}})
        return answer.model_copy(update={"members": team})

    monkeypatch.setattr(teams, "find_teams", wrong)
    result = solve(one_area(), PARAMS)
    assert checked(one_area(), result).members == ()
    assert result.status is Status.FEASIBLE
    assert "A better plan broke rules, so it was thrown away" in remarks(result)


def test_optimal_dates_that_break_a_rule_never_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    timetable = import_module("scheduler.dates.search")
    real = timetable.find_dates

    def wrong(*arguments: Any, **named: Any) -> Any:
        answer = real(*arguments, **named)
        answer.starts["jar-north"] = (4, 7)  # fieldwork in the half-term week
        return answer

    monkeypatch.setattr(timetable, "find_dates", wrong)
    with pytest.raises(BrokenPlan, match="October half-term"):
        solve(one_area(), PARAMS)


def test_a_wrong_cost_never_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    module = import_module("scheduler.solving.sound_answer")
    real = module.make_plan

    def cheap(problem: Problem, starts: Any, team: tuple[TeamMember, ...]) -> Plan:
        plan: Plan = real(problem, starts, team)
        terms = {**plan.costs.date_terms, "urgency": 0}
        return plan.model_copy(update={"costs": plan.costs.model_copy(update={"date_terms": terms})})

    monkeypatch.setattr(module, "make_plan", cheap)
    with pytest.raises(BrokenPlan, match="urgency"):
        solve(one_area(activities=(review("north", start_window=span(3, 9)),)), PARAMS)
