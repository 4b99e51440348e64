"""Uncovered places over all dates: bounds against trying everything, incumbents that never get worse."""

from functools import cache

import numpy as np
import pytest

from benchmarks.instances import small
from scheduler.cost import date_terms, make_plan, uncovered_places
from scheduler.dates.prepared import Prepared
from scheduler.dates.pricing import rounded_up
from scheduler.dates.running import Running
from scheduler.dates.search import solve_dates
from scheduler.scarce.prices import Persons
from scheduler.scarce.pricing import TeamPricing
from scheduler.scarce.search import cover
from scheduler.solving.solver import solve
from scheduler.teams.assignment import assign_teams
from scheduler.values.arrays import Ints
from scheduler.values.problem import Absence, PartnerLimit, PeriodLimit, Place, Problem, Stage, Team
from scheduler.values.result import SolveParams, Status
from scheduler.verifying.verifier import verify
from tests.builders import inspector, one_area, review, span, two_areas, visit
from tests.exact import fewest_uncovered
from tests.known import known
from tests.tiny import Option, tiny_problem

PARAMS = SolveParams(num_workers=1, dates_seconds=2.0, teams_seconds=1.0)
SCALE = 1000
SHORT: list[tuple[Option, int, int]] = [(1, 2, 3), (2, 2, 4), (2, 4, 3), (3, 2, 3), (4, 3, 3)]
"""Option, seed and number of inspectors of tiny problems in which the first dates leave places uncovered."""

EACH = pytest.mark.parametrize(("option", "seed", "people"), SHORT)


def short_problem(option: Option, seed: int, people: int) -> Problem:
    problem = tiny_problem(option, seed)
    return problem.model_copy(update={"inspectors": problem.inspectors[:people]})


@cache
def fewest(option: Option, seed: int, people: int) -> int | None:
    return fewest_uncovered(short_problem(option, seed, people))


@EACH
def test_as_few_places_as_possible_stay_uncovered_and_the_bound_never_says_more(
    option: Option, seed: int, people: int
) -> None:
    problem = short_problem(option, seed, people)
    result = solve(problem, PARAMS)
    plan = known(result.plan)
    assert result.uncovered_places == fewest(option, seed, people)
    assert result.uncovered_places - 1 <= known(result.uncovered_bound) <= result.uncovered_places
    verdict = verify(problem, plan, plan.certificates)
    assert verdict.refusals == ()


@EACH
def test_any_prices_bound_what_stays_uncovered(option: Option, seed: int, people: int) -> None:
    """However bad the prices of rows and persons are."""
    problem = short_problem(option, seed, people)
    rows, persons = Prepared(problem).shared.without_costs(), Persons(problem)
    pricing = TeamPricing(rows, persons, SCALE, uncovered_price=1)
    least = known(fewest(option, seed, people))
    for number in range(20):
        _, value = pricing.price(random_prices(rows.num_rows, persons, number))
        assert rounded_up(known(value), SCALE) <= least


def random_prices(num_rows: int, persons: Persons, seed: int) -> Ints:
    """Few prices, none of what is not there."""
    draw = np.random.default_rng(seed)
    size = num_rows + persons.num_prices
    prices = draw.integers(0, SCALE, size) * (draw.random(size) < draw.choice([0.02, 0.1, 0.3]))
    has_limit = [persons.limit(number) >= 0 for number in range(persons.num_prices)]
    return np.where(np.concatenate([np.ones(num_rows, dtype=bool), has_limit]), prices, 0)


def test_dates_and_people_together_cover_what_the_cheapest_dates_leave_open() -> None:
    problem = small(4)
    dates = solve_dates(problem, PARAMS, whole_teams=True)
    teams = assign_teams(problem, known(dates.starts), PARAMS)
    found = cover(Running.begin(problem, PARAMS), known(dates.starts), teams, 20.0)
    assert (teams.uncovered, known(found.best).teams.uncovered, found.uncovered_bound) == (2, 0, 0)
    assert known(dates.cost) <= known(found.date_bound) <= known(found.best).date_cost


def test_what_is_there_already_is_kept_if_there_is_no_time() -> None:
    problem = small(4)
    dates = solve_dates(problem, PARAMS, whole_teams=True)
    starts = known(dates.starts)
    teams = assign_teams(problem, starts, PARAMS)
    for seconds, stop in ((0.0, None), (5.0, lambda: True)):
        found = cover(Running.begin(problem, PARAMS, stop=stop), dates.starts, teams, seconds)
        assert (known(found.best).starts, known(found.best).teams) == (dates.starts, teams)
        assert found.uncovered_bound == 0


def test_without_a_plan_to_begin_with_one_is_found() -> None:
    problem = two_areas()
    found = cover(Running.begin(problem, PARAMS), None, None, 5.0)
    assert (known(found.best).teams.uncovered, found.uncovered_bound) == (0, 0)
    assert known(found.best).date_cost == sum(date_terms(problem, known(found.best).starts).values())


def test_fixed_and_movable_stages_of_a_team_are_priced_together() -> None:
    """R059: both reviews have their analysis in week 9; only one of the fieldworks can move."""
    north = review("north", pinned_starts=(9, 12), start_window=span(9, 10))
    south = review("south", start_window=span(9, 10))
    problem = two_areas(activities=(north, south))
    people = problem.inspectors[: len(problem.inspectors) // 2]
    problem = problem.model_copy(update={"inspectors": people})
    result = solve(problem, PARAMS)
    assert result.uncovered_places == uncovered_places(problem, known(result.plan).members)
    assert result.uncovered_places == result.uncovered_bound == fewest_uncovered(problem)


def test_impossible_is_only_what_has_no_dates_even_with_people_enough() -> None:
    limit = PeriodLimit(id="none", span=span(0, 52), kinds=("jar",), maximum=0)
    assert solve(two_areas(period_limits=(limit,)), PARAMS).status is Status.INFEASIBLE
    always = {"absences": (Absence(span=span(0, 51)),)}
    away = tuple(own.model_copy(update=always) for own in two_areas().inspectors)
    result = solve(two_areas(inspectors=away), PARAMS)
    assert (result.status, result.uncovered_bound) == (Status.OPTIMAL, result.uncovered_places)


def test_prices_of_persons_have_names_of_their_own() -> None:
    persons = Persons(tiny_problem(1, 0))
    names = [persons.name(number) for number in range(persons.num_prices)]
    assert len(set(names)) == len(names)
    assert names[0] == "person:i0:week:0"
    assert names[-1].endswith(":year:y2")


def test_what_dates_of_covered_plans_cost_at_least_can_be_verified() -> None:
    problem = small(4)
    found = cover(Running.begin(problem, PARAMS), None, None, 20.0)
    assert known(found.best).teams.uncovered == 0
    certificate = found.date_certificate
    assert known(certificate).bound == found.date_bound
    plan = make_plan(problem, known(found.best).starts, known(found.best).teams.members)
    assert verify(problem, plan, (known(certificate),)).refusals == ()
    forged = known(certificate).model_copy(update={"bound": plan.costs.date_cost + 1})
    assert verify(problem, plan, (forged,)).refusals != ()


def test_that_people_never_suffice_is_a_minimum_of_one() -> None:
    """A proof that no dates let every place be covered is one of at least one uncovered place."""
    problem = small(3, num_inspectors=18, seed=1)
    result = solve(problem, PARAMS.model_copy(update={"dates_seconds": 0.5}))
    assert [own.kind for own in result.certificates][:1] == ["impossible"]
    assert 1 <= known(result.uncovered_bound) <= (result.uncovered_places or 0)


def test_dates_that_cover_every_place_are_no_dearer_than_need_be() -> None:
    """A cheaper week of the second team is free once a visit without any team makes room, which no repair moves."""
    pair = Team(places=(Place(skill="education", count=2),), needs_leader=False, min_members=1, min_bodies=1)
    desk = Stage(id="desk", duration_weeks=1, uses_team=True)
    on_site = Stage(id="on_site", duration_weeks=1, on_site=True)
    activities = (
        review("north", stages=(desk,), start_window=span(5, 6), team=pair, urgency_price=0),
        review(
            "north", id="second", stages=(desk, on_site), start_window=span(8, 11), team=pair, urgency_price=5
        ),
        visit("yot", "north", start_window=span(9, 11)),
    )
    partners = PartnerLimit(
        id="police", areas=("north",), kinds=("jar", "yot"), maximum=1, price=1, max_excess=0
    )
    people = (
        inspector("bob", "CSCI", "education", rest_weeks=3),
        inspector("eve", "CSCI", "education"),
    )
    problem = one_area(activities=activities, partner_limits=(partners,), inspectors=people)
    result = solve(problem, SolveParams(num_workers=1, dates_seconds=20, teams_seconds=20))
    assert (result.uncovered_places, known(result.plan).costs.date_cost) == (0, 45)
    assert known(result.dates.bound) <= 45
    assert verify(problem, result.plan, result.certificates).is_accepted
