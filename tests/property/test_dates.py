"""What is true of the optimum of dates, whatever the problem: on tiny random problems with proven optima."""

from functools import cache
from random import Random

import pytest

from scheduler.checking.checker import faults
from scheduler.cost import make_plan
from scheduler.dates.search import solve_dates
from scheduler.run.answers import DatesAnswer
from scheduler.validating.validation import validate
from scheduler.values.problem import Problem
from scheduler.values.result import SolveParams, Status
from tests.known import known
from tests.property.changes import MORE, Change, renamed, shifted
from tests.tiny import Option, tiny_problem

SEEDS = range(100, 104)
OPTIONS: tuple[Option, ...] = (1, 2, 3, 4)
PARAMS = SolveParams(num_workers=1)
of_every_kind = pytest.mark.parametrize(("option", "seed"), [(o, s) for o in OPTIONS for s in SEEDS])


@cache
def sound(option: Option, seed: int) -> Problem:
    """The first sound problem of a series."""
    draws = (tiny_problem(option, 1000 * seed + number) for number in range(50))
    return next(problem for problem in draws if not validate(problem))


@cache
def optimum(problem_of: tuple[Option, int]) -> DatesAnswer:
    return solved(sound(*problem_of))


def solved(problem: Problem) -> DatesAnswer:
    """The optimum, or the proof that there is no plan."""
    answer = solve_dates(problem, PARAMS)
    assert answer.status in (Status.OPTIMAL, Status.INFEASIBLE)
    return answer


def test_the_problems_have_plans_and_have_none() -> None:
    """Else nothing below would be tested."""
    found = [optimum((option, seed)).status for option in OPTIONS for seed in SEEDS]
    assert found.count(Status.OPTIMAL) >= 8
    assert found.count(Status.INFEASIBLE) >= 2


@pytest.mark.parametrize("change", MORE)
@of_every_kind
def test_more_capacity_never_worsens_the_optimum_and_its_bound(
    option: Option, seed: int, change: Change
) -> None:
    before = optimum((option, seed))
    more = change(sound(option, seed), Random(seed))
    assert validate(more) == ()
    after = solved(more)
    if before.cost is not None:
        assert known(after.bound) <= known(after.cost) <= before.cost


@of_every_kind
def test_a_pin_is_kept_and_never_makes_a_plan_cheaper(option: Option, seed: int) -> None:
    """R017: at the optimum's own weeks it costs nothing; one week later it is kept or proven impossible."""
    problem, best = sound(option, seed), optimum((option, seed))
    if best.starts is None:
        return
    draw = Random(seed)
    chosen = draw.choice([own for own in problem.activities if own.pinned_starts is None])
    for later in (0, 1):
        pin = tuple(week + later for week in best.starts[chosen.id])
        pinned = chosen.model_copy(update={"pinned_starts": pin})
        changed = tuple(pinned if own is chosen else own for own in problem.activities)
        other = problem.model_copy(update={"activities": changed})
        if validate(other):
            continue
        answer = solved(other)
        if later and answer.starts is None:
            continue
        assert known(answer.starts)[chosen.id] == pin
        assert known(answer.cost) >= known(best.cost)
        assert later or answer.cost == best.cost


@pytest.mark.parametrize("weeks", [1, 7])
@of_every_kind
def test_shifting_the_horizon_shifts_the_plan(option: Option, seed: int, weeks: int) -> None:
    """R027: only urgency counts from week 0, so a first Monday earlier costs each activity its price a week."""
    problem, best = sound(option, seed), optimum((option, seed))
    other = shifted(problem, weeks)
    assert validate(other) == ()
    answer = solved(other)
    assert answer.status is best.status
    if best.starts is None or best.cost is None:
        return
    assert answer.cost == best.cost + weeks * sum(own.urgency_price for own in problem.activities)
    moved = {name: tuple(week + weeks for week in own) for name, own in best.starts.items()}
    assert faults(other, make_plan(other, moved, ())) == ()
    assert make_plan(other, moved, ()).costs.date_cost == answer.cost


@of_every_kind
def test_other_names_in_another_order_change_no_optimum(option: Option, seed: int) -> None:
    best, answer = optimum((option, seed)), solved(renamed(sound(option, seed), Random(seed)))
    assert (answer.status, answer.cost, answer.bound) == (best.status, best.cost, best.bound)
