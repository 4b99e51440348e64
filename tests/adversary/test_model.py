"""The exact model is right: it agrees with trying everything and with the checker, and shares nothing with `solve`."""

import ast
from pathlib import Path
from random import Random

import pytest

from scheduler.cost import make_plan
from scheduler.faults import faults
from scheduler.plan import Plan, TeamMember
from scheduler.problem import Problem
from scheduler.validate import validate
from tests.adversary.model import Model, keeps_rules
from tests.adversary.plans import some_plan
from tests.adversary.problems import tiny
from tests.adversary.seats import num_seats
from tests.brute_force import cheapest_dates, fewest_uncovered
from tests.tiny import tiny_problem

OF_THE_MODEL = ("weeks", "timetables", "seats", "prices", "choice", "limits", "people", "model")
VALUES = {"scheduler.problem", "scheduler.plan", "scheduler.value"}


@pytest.mark.parametrize("name", OF_THE_MODEL)
def test_the_model_knows_only_values_of_the_scheduler(name: str) -> None:
    """Else one error could be in both."""
    tree = ast.parse((Path(__file__).parent / f"{name}.py").read_text())
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    modules |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert {own for own in modules if own.startswith("scheduler")} <= VALUES
    assert {own for own in modules if own.startswith("tests.")} <= {
        f"tests.adversary.{own}" for own in OF_THE_MODEL
    }


def test_the_model_finds_what_trying_everything_finds() -> None:
    """Fewest uncovered places, and cheapest dates that cover every place."""
    problems = [
        own
        for seed in range(30)
        for option in (1, 2, 3, 4)
        if not validate(own := tiny_problem(option, seed))
    ]
    for problem in problems[:24]:
        best, covered = Model(problem).best(("uncovered",)), cheapest_dates(problem, covered=True)
        assert (best and best.values[0]) == fewest_uncovered(problem)
        cheapest = Model(problem).limit("uncovered", 0).best(("dates",))
        assert (cheapest and cheapest.values[0]) == (covered and covered[0])


@pytest.mark.parametrize("seed", range(40))
def test_the_model_and_the_checker_accept_the_same_plans(seed: int) -> None:
    """A sound plan, and the same with some stages in other weeks and other people in some seats."""
    draw = Random(seed)
    problem = tiny(f"model {seed}", suits=lambda own: some_plan(own, Random(0)) is not None)
    plan = some_plan(problem, draw)
    assert plan is not None
    assert faults(problem, plan) == ()
    for _ in range(12):
        other = _damaged(problem, plan, draw)
        broken = [own.rule for own in faults(problem, other) if not own.rule.startswith("wrong_")]
        assert keeps_rules(problem, other) == (broken == []), broken


def _damaged(problem: Problem, plan: Plan, draw: Random) -> Plan:
    starts = dict(plan.starts())
    if draw.random() < 0.7:
        name = draw.choice(sorted(starts))
        shift, first = draw.choice((-1, 1)), draw.randrange(len(starts[name]))
        starts[name] = tuple(week + shift * (number >= first) for number, week in enumerate(starts[name]))
    members = [own for own in plan.members if draw.random() < 0.8]
    teams = [(own.id, skill) for own in problem.activities for skill in num_seats(own)]
    for review, skill in draw.sample(teams, min(len(teams), draw.randint(0, 2))):
        who = draw.choice(problem.inspectors).id
        members.append(TeamMember(activity=review, skill=skill, inspector=who))
    return make_plan(problem, starts, members)
