"""Each rule of dates alone: what it forbids is not planned, what it allows is."""

from scheduler.dates.search import solve_dates
from scheduler.values.problem import ApartLink, NearLink, Published
from tests.builders import inspector, one_area, ref, review, span, visit
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
