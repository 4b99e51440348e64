"""The verifier's bounds are those of the solver's pricing, and never above what trying everything finds."""

import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest

from benchmarks.instances import small
from scheduler.areas.graph_making import build_graph
from scheduler.dates.pricing import lagrangian_value, price_all
from scheduler.dates.rows import Rows
from scheduler.dates.search import solve_dates
from scheduler.people.capacity import People
from scheduler.scarce.prices import Persons
from scheduler.scarce.pricing import TeamPricing
from scheduler.values.arrays import Ints
from scheduler.values.problem import PastReview, Problem
from scheduler.values.proof import Certificate, CertificateKind
from scheduler.verifying.bound import bound_of_dates, bound_of_missing
from scheduler.verifying.uncovered import bound_of_uncovered
from tests.builders import changed
from tests.complete import complete
from tests.exact import cheapest_dates
from tests.known import known
from tests.tiny import Option, tiny_problem

SCALE = 1000
OPTIONS: tuple[Option, ...] = (1, 2, 3, 4)
PROBLEMS: dict[str, Callable[[], Problem]] = {
    "complete": complete,
    "half-way": lambda: half_way(),
    **{f"option-{option}": (lambda o=option: small(o, num_areas=8)) for option in (*OPTIONS, "mixed")},
    **{f"tiny-{option}": (lambda o=option: tiny_problem(o, 4)) for option in OPTIONS},
}


def half_way() -> Problem:
    """A programme under way: a review is done, near weeks are frozen, a team may not come again."""
    done = PastReview(id="done", area="south", team_weeks=(1, 4, 5), members=("bob", "dan"), leader="dan")
    again = changed(complete(), "activities", "jar-north", previous_team=("eve",), short_notice=True)
    return Problem(**{**dict(again), "frozen_until": 10, "past_reviews": (done,)})


EACH = pytest.mark.parametrize("name", PROBLEMS)
COVERABLE: list[tuple[Option, int]] = [(1, 0), (1, 5), (1, 6), (2, 2), (2, 4), (2, 6), (3, 0), (3, 7)]
"""Tiny problems with a plan without uncovered place, by option and seed."""

PEOPLE_ROWS = ("pool", "hall", "everybody", "rest", "yearly")


def rows_of(problem: Problem, whole_teams: bool) -> Rows:
    """All rows, those of a union of skills among them."""
    rows = Rows(build_graph(problem, whole_teams), People(problem))
    rows.add_union(frozenset(rows.people.skills[:2]))
    return rows


def random_duals(rows: Rows, seed: int) -> Ints:
    draw = np.random.default_rng(seed)
    return draw.integers(0, 3000, rows.num_rows) * (draw.random(rows.num_rows) < 0.4)


def certificate(
    problem: Problem, kind: CertificateKind, duals: dict[str, int], whole_teams: bool = True
) -> Certificate:
    return Certificate(
        kind=kind, problem_hash=problem.hash, scale=SCALE, whole_teams=whole_teams, duals=duals, bound=0
    )


def named(rows: Rows, duals: Ints) -> dict[str, int]:
    return {rows.name(row): int(dual) for row, dual in enumerate(duals.tolist()) if dual}


@EACH
@pytest.mark.parametrize("whole_teams", [True, False])
def test_any_prices_prove_the_same_bound_of_dates_to_solver_and_verifier(
    name: str, whole_teams: bool
) -> None:
    problem = PROBLEMS[name]()
    rows = rows_of(problem, whole_teams)
    for seed in range(2):
        duals = random_duals(rows, seed)
        value = known(lagrangian_value(rows, price_all(rows, duals, SCALE), duals, SCALE))
        found = bound_of_dates(problem, certificate(problem, "dates", named(rows, duals), whole_teams))
        assert found.value == value


@EACH
def test_any_prices_prove_the_same_lack_of_timetables_to_solver_and_verifier(name: str) -> None:
    problem = PROBLEMS[name]()
    rows = rows_of(problem, whole_teams=True).without_costs()
    duals = random_duals(rows, 1)
    value = lagrangian_value(rows, price_all(rows, duals, SCALE), duals, SCALE, missing_price=1)
    assert bound_of_missing(problem, certificate(problem, "impossible", named(rows, duals))).value == value


@EACH
def test_any_prices_prove_the_same_uncovered_places_to_solver_and_verifier(name: str) -> None:
    problem = PROBLEMS[name]()
    rows, persons = rows_of(problem, whole_teams=False).without_costs(), Persons(problem)
    draw = np.random.default_rng(3)
    own = random_duals(rows, 2)
    own[[row for row in range(rows.num_rows) if rows.name(row).startswith(PEOPLE_ROWS)]] = 0
    people = draw.integers(0, 60, persons.num_prices) * (draw.random(persons.num_prices) < 0.5)
    unbounded = np.flatnonzero(persons.maxima.ravel() < 0)
    people[len(people) - persons.maxima.size + unbounded] = 0
    _, value = TeamPricing(rows, persons, SCALE, 1).price(np.concatenate([own, people]))
    names = named(rows, own) | {persons.name(n): int(dual) for n, dual in enumerate(people.tolist()) if dual}
    assert bound_of_uncovered(problem, certificate(problem, "uncovered", names, False)).value == value


@pytest.mark.parametrize(("option", "seed"), COVERABLE)
def test_no_plan_is_cheaper_than_a_verified_bound(option: Option, seed: int) -> None:
    problem = tiny_problem(option, seed)
    covered = known(cheapest_dates(problem, covered=True))
    (found,) = solve_dates(problem, whole_teams=True).certificates
    assert found.bound <= bound_of_dates(problem, found).bound <= covered[0]


def test_the_verifier_needs_neither_solver_nor_arrays() -> None:
    code = "import sys, scheduler.verifying.verifier; print(*{'ortools', 'numpy'} & set(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == ""
