"""Every peer on tiny instances: its plan keeps the rules, its bound is no higher than any plan's cost.

Two formulations that share no line, and our own, agree on the optimum: each checks the others.
"""

import numpy as np
import pytest

from benchmarks.peers import cpsat_intervals, ours, planners_rule
from benchmarks.peers.answer import PeerAnswer
from benchmarks.peers.facts import Facts
from benchmarks.peers.judge import broken_rules, broken_unions, full_cost
from benchmarks.peers.methods import METHODS
from benchmarks.peers.places import PEERS_PYTHON
from benchmarks.peers.process import run
from benchmarks.peers.step_mip import StepMip
from scheduler.dates.search import solve_dates
from scheduler.validating.validation import validate
from scheduler.values.problem import ApartLink, NearLink, Problem, StageRef
from tests.known import known
from tests.tiny import tiny_problem
from tests.unit.benchmarks.mip_by_ortools import solved

SEEDS = range(4)
CASES = [
    (option, seed)
    for option in (1, 2, 3, 4)
    for seed in SEEDS
    if not validate(tiny_problem(option, seed))
]  # fmt: skip


def optimum(problem: Problem) -> int | None:
    answer = solve_dates(problem)
    assert answer.cost == answer.bound or answer.cost is None
    return answer.cost


def assert_brackets(problem: Problem, answer: PeerAnswer, best: int | None) -> None:
    """The plan is sound, and bound <= optimum <= cost; where nothing is possible nothing is found."""
    if answer.starts is None:
        return
    assert broken_rules(problem, answer.starts) == []
    assert (answer.bound or 0) <= known(best) <= full_cost(problem, answer.starts)


def step_optimum(problem: Problem) -> int | None:
    """The optimum of the program with step variables, with all unions that its plans break."""
    unions = frozenset()
    while True:
        model = StepMip(Facts(problem), unions)
        found = solved(model.mip)
        if found is None:
            return None
        starts = model.starts(found[1])
        assert full_cost(problem, starts) == found[0]
        broken = broken_unions(problem, starts)
        if not broken:
            assert broken_rules(problem, starts) == []
            return found[0]
        unions |= broken


@pytest.mark.parametrize(("option", "seed"), CASES)
def test_the_program_with_step_variables_has_the_same_optimum_as_column_generation(option, seed):
    problem = tiny_problem(option, seed)
    assert step_optimum(problem) == optimum(problem)


@pytest.mark.parametrize("link", [ApartLink, NearLink])
def test_distances_of_two_movable_stages_are_charged_exactly(link):
    """`apart` and `near` are the only terms that are not convex: both orders, overlap, and beyond the cap."""
    for seed in SEEDS:
        wide = tiny_problem(4, seed)
        if validate(wide):
            continue
        links = tuple(
            link(
                one=StageRef(activity=f"jar-{area.id}", stage="fieldwork"),
                other=StageRef(activity=f"ca-{area.id}", stage="visit"),
                cap_weeks=2 + number,
                price_per_week=3,
            )
            for number, area in enumerate(wide.areas)
        )
        problem = wide.model_copy(update={"links": links})
        assert step_optimum(problem) == optimum(problem)


def test_a_plan_gives_a_complete_hint():
    """Values of all columns that keep every row and cost what the plan costs."""
    for option in (1, 2, 3, 4):
        problem = tiny_problem(option, 4)
        starts = known(solve_dates(problem).starts)
        model = StepMip(Facts(problem))
        values, mip = model.values(starts), model.mip
        assert mip.offset + np.dot(mip.cost, values) == pytest.approx(full_cost(problem, starts))
        rows = np.add.reduceat(np.array(mip.value) * values[mip.index], mip.first[:-1])
        assert (rows <= np.array(mip.row_upper) + 1e-9).all()
        assert (rows >= np.array(mip.row_lower) - 1e-9).all()


@pytest.mark.parametrize(("option", "seed"), CASES)
def test_intervals_bound_the_optimum_from_below_and_their_plans_from_above(option, seed):
    problem = tiny_problem(option, seed)
    answer = cpsat_intervals.solve(problem, seconds=5, num_workers=1)
    assert_brackets(problem, answer, optimum(problem))


def test_intervals_are_exact_where_they_state_every_term():
    """Without the price of partners nothing is left out."""
    for option, seed in CASES[::4]:
        problem = tiny_problem(option, seed).model_copy(update={"partner_limits": ()})
        answer = cpsat_intervals.solve(problem, seconds=5, num_workers=1)
        best = optimum(problem)
        if best is not None:
            assert answer.bound == best == full_cost(problem, known(answer.starts))


def test_our_own_method_and_the_rule_are_judged_alike():
    for option, seed in CASES[::4]:
        problem = tiny_problem(option, seed)
        best = optimum(problem)
        answer = ours.solve(problem, seconds=5)
        assert_brackets(problem, answer, best)
        assert answer.bound == best or answer.starts is None
        assert_brackets(problem, planners_rule.solve(problem, seconds=5), best)


def test_a_plan_that_breaks_a_rule_is_found_out():
    problem = tiny_problem(3, 4)
    starts = known(solve_dates(problem).starts)
    assert broken_rules(problem, starts) == []
    moved = starts | {"jar-a0": tuple(week + 1 for week in starts["jar-a0"])}
    assert "within_link" in " ".join(broken_rules(problem, moved))


def test_an_answer_survives_its_file():
    answer = PeerAnswer({"jar-a0": (1, 4)}, 7, 1.5, "a remark", ((0.1, 9, None), (0.2, 9, 7)), 120)
    assert PeerAnswer.from_json(answer.to_json()) == answer


@pytest.mark.skipif(not PEERS_PYTHON.exists(), reason="the peers' packages are not installed (make peers)")
@pytest.mark.parametrize("name", ["mip", "pyjobshop"])
def test_peers_with_packages_of_their_own_bracket_the_optimum_too(name):
    method = next(own for own in METHODS if own.name == name)
    for option in (1, 4):
        problem = tiny_problem(option, 4)
        answer = run(method, problem, seconds=5)
        assert set(known(answer.starts)) == {activity.id for activity in problem.activities}
        assert_brackets(problem, answer, optimum(problem))


def test_a_missing_peer_is_named_with_advice(monkeypatch, tmp_path):
    monkeypatch.setattr("benchmarks.peers.places.PEERS_PYTHON", tmp_path / "python")
    method = next(own for own in METHODS if own.name == "pyjobshop")
    answer = run(method, tiny_problem(3, 4), seconds=1)
    assert answer.starts is None
    assert "make peers" in answer.remarks
