"""The exact model is right: it agrees with trying everything and with the checker, and shares nothing with `solve`."""

import ast
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from random import Random
from typing import Any, get_args

import pytest

from scheduler.checking.checker import faults
from scheduler.cost import make_plan
from scheduler.values.plan import ActivityDates, Costs, Plan, TeamMember
from scheduler.values.problem import Link, Problem
from scheduler.values.value import Value
from tests.adversary.draw import chance
from tests.adversary.model import Model, keeps_rules
from tests.adversary.plans import some_plan, with_people_at_work, with_reserved_seats
from tests.adversary.problems import Size, tiny
from tests.adversary.seats import num_seats
from tests.known import known

OF_THE_MODEL = ("weeks", "timetables", "seats", "prices", "choice", "limits", "people", "model")
LINKS = get_args(Link)
VALUES = {"scheduler.values.problem", "scheduler.values.plan", "scheduler.values.value"}


@pytest.mark.parametrize("name", OF_THE_MODEL)
def test_the_model_knows_only_values_of_the_scheduler(name: str) -> None:
    """Else one error could be in both."""
    tree = ast.parse((Path(__file__).parent / f"{name}.py").read_text())
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    modules |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert {name for name in modules if name.startswith("scheduler")} <= VALUES
    assert {name for name in modules if name.startswith("tests.")} <= {
        f"tests.adversary.{name}" for name in OF_THE_MODEL
    }


def test_the_model_finds_what_trying_everything_finds() -> None:
    """Every date of every stage with everybody in every seat; the checker says which of them are plans."""
    found = []
    for seed in range(10):
        problem = tiny(f"everything {seed}", Size(areas=2, activities=1, window=2, people=3), _is_minute)
        ranks = [
            (plan.costs.uncovered_places, plan.costs.date_cost, plan.costs.team_cost)
            for plan in _all_plans(problem)
            if not faults(problem, plan)
        ]
        best = Model(problem).best()
        assert (best and best.values) == min(ranks, default=None)
        found.append(best is not None)
    assert set(found) == {True, False}


def _is_minute(problem: Problem) -> bool:
    """Whether everything can be tried: no more than three stages and four seats."""
    seats = sum(sum(num_seats(activity).values()) for activity in problem.activities)
    return sum(len(activity.stages) for activity in problem.activities) <= 3 and 1 <= seats <= 4


def _all_plans(problem: Problem) -> Iterator[Plan]:
    """All of them, and much that is no plan."""
    weeks = [
        product(range(problem.num_weeks), repeat=len(activity.stages)) for activity in problem.activities
    ]
    seats = [
        (activity.id, skill) for activity in problem.activities for skill in num_seats(activity).elements()
    ]
    people = [None, *(person.id for person in problem.inspectors)]
    for chosen in product(*weeks):
        starts = {activity.id: week for activity, week in zip(problem.activities, chosen, strict=True)}
        if _breaks_dates(problem, starts):
            continue
        for who in product(people, repeat=len(seats)):
            filled = zip(seats, who, strict=True)
            members = [
                TeamMember(activity=a, skill=s, inspector=person) for (a, s), person in filled if person
            ]
            yield make_plan(problem, starts, members)


def _breaks_dates(problem: Problem, starts: dict[str, tuple[int, ...]]) -> bool:
    """Whether the checker refuses dates without anybody in a team, even if they cost what they may."""
    terms = {"uncovered_places": 0, "date_terms": {}, "team_terms": {}}
    plan = Plan(
        problem_hash=problem.hash,
        first_monday=problem.first_monday,
        dates=tuple(ActivityDates(activity=name, starts=weeks) for name, weeks in starts.items()),
        costs=Costs.model_validate(terms),
    )
    return any(not found.rule.startswith("wrong_") for found in faults(problem, plan))


@pytest.mark.parametrize("seed", range(24))
def test_the_model_and_the_checker_accept_the_same_plans(seed: int) -> None:
    """A sound plan, and the same with some stages in other weeks and other people in some seats."""
    draw = Random(seed)
    problem = tiny(f"model {seed}", suits=lambda problem: some_plan(problem, Random(0)) is not None)
    at_work = with_people_at_work(problem, draw)
    if some_plan(at_work, Random(0)) is not None:
        problem = at_work
    if chance(draw, 0.5):
        problem = with_reserved_seats(problem, draw)
    plan = some_plan(problem, draw)
    assert faults(problem, known(plan)) == ()
    for _ in range(12):
        other = _damaged(problem, known(plan), draw)
        broken = [found.rule for found in faults(problem, other) if not found.rule.startswith("wrong_")]
        assert keeps_rules(problem, other) == (broken == []), broken


def _damaged(problem: Problem, plan: Plan, draw: Random) -> Plan:
    starts = dict(plan.starts())
    if draw.random() < 0.7:
        name = draw.choice(sorted(starts))
        shift, first = draw.choice((-1, 1)), draw.randrange(len(starts[name]))
        starts[name] = tuple(week + shift * (number >= first) for number, week in enumerate(starts[name]))
    members = [member for member in plan.members if draw.random() < 0.8]
    teams = [(activity.id, skill) for activity in problem.activities for skill in num_seats(activity)]
    for review, skill in draw.sample(teams, min(len(teams), draw.randint(0, 2))):
        who = draw.choice(problem.inspectors).id
        members.append(TeamMember(activity=review, skill=skill, inspector=who))
    return make_plan(problem, starts, members)


def test_the_problems_use_every_field_of_the_schema() -> None:
    """Each field with a default has another value somewhere, in each kind of link."""
    drawn = [tiny(f"fields {seed}") for seed in range(150)]
    drawn += [with_people_at_work(problem, Random(number)) for number, problem in enumerate(drawn[:40])]
    drawn += [with_reserved_seats(problem, Random(number)) for number, problem in enumerate(drawn[:10])]
    used = {path for problem in drawn for path in _used(problem, "problem")}
    assert _fields(Problem, "problem") - used == {"problem.version"}  # of which there is one value only


def _used(value: Any, path: str) -> Iterator[str]:
    """Fields that differ from their default, by their path."""
    if isinstance(value, Value):
        kind = f"{path}[{value.kind}]" if isinstance(value, LINKS) else path
        for name, field in type(value).model_fields.items():
            inner = getattr(value, name)
            if inner != field.get_default(call_default_factory=True):
                yield f"{kind}.{name}"
            yield from _used(inner, f"{kind}.{name}")
    elif isinstance(value, tuple):
        for part in value:
            yield from _used(part, path)


def _fields(kind: Any, path: str) -> set[str]:
    """All fields of a value and of the values in it, by their path."""
    if isinstance(kind, type) and issubclass(kind, Value):
        name = f"{path}[{kind.model_fields['kind'].default}]" if kind in LINKS else path
        fields = {f"{name}.{field}" for field in kind.model_fields if not (kind in LINKS and field == "kind")}
        inner = (_fields(field.annotation, f"{name}.{key}") for key, field in kind.model_fields.items())
        return fields.union(*inner)
    return set().union(*(_fields(part, path) for part in get_args(kind)))
