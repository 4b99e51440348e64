"""Each rule of dates alone: what it forbids is not planned, what it allows is."""

from typing import Any

from scheduler.dates.search import solve_dates
from scheduler.solving.solver import solve
from scheduler.values.problem import Absence, ApartLink, NearLink, Problem, Published, SavedPlace
from scheduler.values.result import SolveParams, Status
from scheduler.verifying.verifier import verify
from tests.builders import inspector, one_area, ref, review, span, team, visit
from tests.known import known
from tests.rule_cases.solving import impossible, solved_starts


def test_the_most_urgent_week_is_the_first_of_the_window_r027():
    assert solved_starts(one_area())["jar-north"] == (0, 3)
    assert solved_starts(one_area(activities=(review("north", start_window=span(20, 25)),)))["jar-north"] == (
        20,
        23,
    )


def test_a_published_stage_moves_only_if_that_saves_more_than_its_price():
    def published(price: int) -> dict[str, tuple[int, ...]]:
        announced = Published(starts=(9, 12), move_price=price)
        return solved_starts(one_area(activities=(review("north", urgency_price=1, published=announced),)))

    assert published(4)["jar-north"] == (0, 3)
    assert published(5)["jar-north"] == (9, 12)


def test_far_apart_stops_paying_at_the_cap_r036():
    link = ApartLink(one=ref("jar-north", "fieldwork"), other=ref("ca-north"), cap_weeks=10, price_per_week=2)
    problem = one_area(
        activities=(review("north"), visit("ca", "north", start_window=span(0, 40))), links=(link,)
    )
    answer = solve_dates(problem)
    assert answer.cost == 0
    assert known(answer.starts)["ca-north"][0] >= 3 + 2 + 10


def test_co_ordinated_visits_come_close_r097():
    link = NearLink(one=ref("jar-north", "fieldwork"), other=ref("yot-north"), cap_weeks=26, price_per_week=1)
    activities = (review("north"), visit("yot", "north", start_window=span(10, 20)))
    assert solved_starts(one_area(activities=activities, links=(link,)))["yot-north"] == (10,)


def test_people_of_two_skills_are_counted_once():
    both = (inspector("ann", "Ofsted", "education", "safeguarding"), inspector("dan", "HMIC", is_leader=True))
    assert impossible(one_area(inspectors=both))
    assert not impossible(one_area(inspectors=(*both, inspector("bob", "CSCI", "education"))))


def saving(review_changes: dict[str, Any] | None = None, **changes: Any) -> Problem:
    """An urgent review that does without a management seat after the assessment; no link joins the two."""
    wanted = team("safeguarding", "education", saved=(SavedPlace(skill="management", after=ref("ca-north")),))
    activities = (
        review("north", team=wanted, start_window=span(0, 10), **(review_changes or {})),
        visit("ca", "north", start_window=span(0, 10), duration=2),
    )
    return one_area(**{"activities": activities} | changes)


def test_a_place_is_saved_only_after_the_activity_that_saves_it_r033():
    """The bound knows it as well, and the verifier agrees."""
    problem = saving()
    result = solve(problem, SolveParams(num_workers=1, teams_seconds=2))
    assert (result.uncovered_places, result.dates.cost, result.dates.bound) == (0, 6, 6)
    assert known(result.plan).starts() == {"jar-north": (2, 5), "ca-north": (0,)}
    assert verify(problem, known(result.plan), result.certificates).is_accepted


def test_dates_found_without_people_keep_the_order_of_a_saved_place_r033():
    away = tuple(
        own.model_copy(update={"absences": (Absence(span=span(0, 30)),)}) for own in one_area().inspectors
    )
    result = solve(saving(inspectors=away), SolveParams(num_workers=1, teams_seconds=2))
    assert known(result.plan).starts() == {"jar-north": (2, 5), "ca-north": (0,)}
    assert result.uncovered_places == result.uncovered_bound == 3


def test_a_place_that_cannot_be_saved_is_impossible_and_that_is_proven_r033():
    problem = saving({"pinned_starts": (1, 4)})
    result = solve(problem, SolveParams(num_workers=1, teams_seconds=2))
    assert (result.status, result.plan) == (Status.INFEASIBLE, None)
    assert verify(problem, None, result.certificates).is_accepted
