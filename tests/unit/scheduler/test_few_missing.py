"""Dates to begin with where people are scarce, and a phase that ends early while it has found nothing."""

from scheduler.checking.checker import SHORTAGE_RULES, check
from scheduler.cost import make_plan
from scheduler.dates.few_missing import dates_with_few_missing
from scheduler.dates.people_enough import without_people
from scheduler.dates.prepared import Prepared
from scheduler.dates.search import solve_dates
from scheduler.nearby.candidates import MOST_KEPT, candidates_near
from scheduler.nearby.linked_areas import Units
from scheduler.people.quick_teams import quick_members
from scheduler.run.answers import Starts
from scheduler.run.progress import Progress
from scheduler.solving.solver import solve
from scheduler.values.problem import PeriodLimit, Place, Problem, Stage, Team
from scheduler.values.result import SolveParams
from tests.builders import inspector, one_area, review, span, two_areas
from tests.known import known


def open_places(problem: Problem, starts: Starts) -> int:
    """Uncovered places of a quick assignment; the plan keeps all other rules."""
    plan = make_plan(problem, starts, quick_members(problem, starts))
    assert {found.rule for found in check(problem, plan)} <= SHORTAGE_RULES
    return plan.costs.uncovered_places


def one_team(*windows: tuple[int, int]) -> Problem:
    """A review for each window, and three people who make one team."""
    reviews = tuple(
        review("north", id=f"r{number}", start_window=span(*own)) for number, own in enumerate(windows)
    )
    people = (
        inspector("ann", "Ofsted", is_leader=True),
        inspector("bob", "CSCI", "safeguarding"),
        inspector("dan", "HMIC", "education"),
    )
    return one_area(activities=reviews, inspectors=people)


def test_nobody_is_missing_where_dates_without_people_leave_most_of_them_out() -> None:
    problem = one_team((0, 40), (0, 40), (0, 40), (0, 40))
    blind = solve_dates(without_people(problem), SolveParams(num_workers=1, dates_seconds=2)).starts
    seeing = dates_with_few_missing(Prepared(problem), 1_000, lambda: False)
    assert (open_places(problem, known(blind)), open_places(problem, known(seeing))) == (9, 0)


def test_limits_that_leave_no_dates_are_not_softened_with_those_of_people() -> None:
    limit = PeriodLimit(id="none", span=span(0, 52), kinds=("jar",), maximum=0)
    limited = Prepared(two_areas(period_limits=(limit,)))
    assert dates_with_few_missing(limited, 10, lambda: False) is None
    problem = two_areas()
    found = known(dates_with_few_missing(Prepared(problem), 10, lambda: False))
    assert set(found) == {own.id for own in problem.activities}


def test_rows_that_others_go_on_to_use_keep_their_limits() -> None:
    """Too few people for three teams at once: they are missing at a price in a copy of the rows only."""
    prepared = Prepared(one_team((0, 2), (0, 2), (0, 2)))
    before = {whole: list(prepared.rows(whole).max_excess) for whole in (True, False)}
    assert known(dates_with_few_missing(prepared, 1_000, lambda: False)) != {}
    assert {whole: list(prepared.rows(whole).max_excess) for whole in (True, False)} == before


def test_without_time_for_dates_those_with_few_missing_are_the_plan() -> None:
    """Two of three reviews that have to begin at about the same time find the only team."""
    problem = one_team((0, 2), (0, 2), (0, 2))
    result = solve(problem, SolveParams(num_workers=1, dates_seconds=0.0, teams_seconds=2))
    assert {found.rule for found in check(problem, known(result.plan))} <= SHORTAGE_RULES
    assert result.uncovered_places == 3


def test_a_phase_without_any_plan_ends_before_its_time() -> None:
    progress = Progress("dates", 1_000.0, patience=0.0)
    assert progress.must_end()
    progress.found(5)
    assert not progress.must_end()
    assert not Progress("dates", 1_000.0).must_end()


def test_an_area_of_many_timetables_chooses_among_the_cheapest_and_the_present_one() -> None:
    """Four reviews in one area whose fieldwork may follow long after: more timetables than a model can hold."""
    pair = Team(places=(Place(skill="education"),), needs_leader=False, min_members=1, min_bodies=1)
    stages = tuple(Stage(id=f"s{n}", duration_weeks=1, lag_max_weeks=20, uses_team=True) for n in range(4))
    problem = one_area(activities=(review("north", stages=stages, team=pair, start_window=span(0, 20)),))
    units, present = Units(problem), {"jar-north": (19, 30, 40, 50)}
    found = candidates_near(units, 0, present, 52, 5)
    assert len(found.costs) == MOST_KEPT
    assert found.are_at(present).any()
    assert found.costs.min() == 0
    near = candidates_near(units, 0, present, 1, 5)
    assert 0 < len(near.costs) < MOST_KEPT
