"""The dates found are a cheapest plan: compared with trying everything on tiny random problems."""

from itertools import combinations

import pytest

from scheduler.cost import date_terms
from scheduler.counting.pre_check import precheck
from scheduler.dates.search import solve_dates
from scheduler.validating.validation import validate
from scheduler.values.problem import PartnerLimit
from scheduler.values.result import Status
from tests.builders import area, one_area, span, two_areas, visit
from tests.exact import cheapest_dates, people_suffice_each_week
from tests.known import known
from tests.tiny import Option, tiny_problem

SEEDS = range(8)
OPTIONS: tuple[Option, ...] = (1, 2, 3, 4)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("option", OPTIONS)
def test_dates_are_as_cheap_as_trying_everything_finds(option: Option, seed: int) -> None:
    problem = tiny_problem(option, seed)
    if validate(problem):
        pytest.skip("the draw made no sound problem")
    best, answer = cheapest_dates(problem), solve_dates(problem)
    if best is None:
        assert (answer.status, answer.starts, answer.bound) == (Status.INFEASIBLE, None, None)
        return
    assert (answer.status, answer.cost, answer.bound) == (Status.OPTIMAL, best[0], best[0])
    starts = known(answer.starts)
    assert sum(date_terms(problem, starts).values()) == best[0]
    assert people_suffice_each_week(problem, starts)
    (certificate,) = answer.certificates
    assert certificate.bound <= best[0]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("option", OPTIONS)
def test_no_covered_plan_is_cheaper_than_the_bound_for_whole_teams(option: Option, seed: int) -> None:
    problem = tiny_problem(option, seed)
    if validate(problem):
        pytest.skip("the draw made no sound problem")
    loose, covered = cheapest_dates(problem), cheapest_dates(problem, covered=True)
    answer = solve_dates(problem, whole_teams=True)
    if covered is not None:
        assert answer.status is Status.OPTIMAL
        assert known(loose)[0] <= known(answer.bound) <= covered[0]
    if loose is None:
        assert answer.status is Status.INFEASIBLE


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("option", OPTIONS)
def test_the_precheck_refuses_nothing_that_has_a_covered_plan(option: Option, seed: int) -> None:
    problem = tiny_problem(option, seed)
    if validate(problem) or not precheck(problem):
        pytest.skip("nothing is proven short")
    assert cheapest_dates(problem, covered=True) is None


@pytest.mark.parametrize(("num_areas", "status"), [(2, Status.OPTIMAL), (3, Status.INFEASIBLE)])
def test_what_fits_by_halves_but_not_whole_is_impossible_by_the_word_of_two_solvers(
    num_areas: int, status: Status
) -> None:
    """Two weeks for three areas, of which no two may be inspected in the same: half of each in each week would do."""
    names = ("North", "South", "East")[:num_areas]
    areas = tuple(area(name) for name in names)
    visits = tuple(visit("yot", place.id, start_window=span(10, 12)) for place in areas)
    limits = tuple(
        PartnerLimit(
            id=f"{a.id}-{b.id}", areas=(a.id, b.id), kinds=("yot",), maximum=1, price=1, max_excess=0
        )
        for a, b in combinations(areas, 2)
    )
    found = solve_dates(one_area(areas=areas, activities=visits, partner_limits=limits))
    assert (found.status, found.impossible) == (status, ())
    words = "Two searches went through all 6 timetables: no choice keeps all limits."
    assert (words in found.figures.remarks) == (status is Status.INFEASIBLE)


def test_a_programme_without_activities_is_solved_at_once():
    empty = two_areas(activities=(), links=())
    found = solve_dates(empty)
    assert (found.status, found.starts, found.cost, found.bound) == (Status.OPTIMAL, {}, 0, 0)
