"""What a solve makes of its problem is made once and handed on."""

import ast
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import scheduler
from benchmarks.instances import small
from scheduler.areas.graph import AreaGraph
from scheduler.dates.prepared import Prepared
from scheduler.dates.running import Running
from scheduler.solving.solver import solve
from scheduler.values.problem import Problem
from scheduler.values.result import SolveParams
from tests.builders import one_area

MOST_PARAMETERS = 8


def test_graphs_of_a_problem_are_built_once_for_all_steps_of_a_solve(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too few people, so that dates, teams, repair and the search for covered places all have their turn."""
    built: Counter[tuple[str, bool]] = Counter()
    module = import_module("scheduler.dates.prepared")
    real = module.build_graph

    def counted(problem: Problem, whole_teams: bool = False) -> AreaGraph:
        built[problem.hash, whole_teams] += 1
        graph: AreaGraph = real(problem, whole_teams)
        return graph

    monkeypatch.setattr(module, "build_graph", counted)
    result = solve(small(4, num_inspectors=20), SolveParams(dates_seconds=5, teams_seconds=5))
    assert (result.uncovered_places is None, set(built.values())) == (False, {1})


def test_rows_of_each_kind_are_the_same_for_all_who_ask() -> None:
    prepared = Prepared(one_area())
    assert prepared.rows(whole_teams=True) is prepared.rows(whole_teams=True)
    assert prepared.rows(whole_teams=True) is not prepared.rows(whole_teams=False)
    assert prepared.shared.graph is prepared.rows(whole_teams=False).graph


def test_a_part_of_a_solve_goes_on_with_what_is_prepared() -> None:
    run = Running.begin(one_area(), SolveParams(teams_seconds=9))
    part = run.silent().within(3.0).ended_if(True)
    assert part.prepared is run.prepared
    assert (part.params.teams_seconds, run.params.teams_seconds) == (3.0, 9.0)
    assert part.stop()
    assert run.ended_if(False).stop is None


def test_no_function_of_the_scheduler_has_more_than_eight_parameters() -> None:
    root = Path(scheduler.__file__).parent
    too_many = [
        f"{path.relative_to(root)}: {node.name}"
        for path in sorted(root.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and _num_parameters(node.args) > MOST_PARAMETERS
    ]
    assert too_many == []


def _num_parameters(given: ast.arguments) -> int:
    names: list[Any] = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    return sum(own.arg not in ("self", "cls") for own in names)
