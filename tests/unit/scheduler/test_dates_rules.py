"""Each rule of dates alone: what it forbids is not planned, what it allows is."""

from typing import Any

from scheduler.dates_answer import DatesAnswer
from scheduler.problem import (
    Absence,
    AnonymousPool,
    ApartLink,
    Calendar,
    Capacity,
    Closure,
    LagLink,
    LagTable,
    NearLink,
    PartnerLimit,
    Period,
    PeriodLimit,
    Problem,
    Published,
    WithinLink,
)
from scheduler.result import Status
from scheduler.timetable import solve_dates
from tests.builders import assessment, inspector, one_area, ref, review, span, two_areas, visit


def starts(problem: Problem, **how: Any) -> dict[str, tuple[int, ...]]:
    answer = solve_dates(problem, **how)
    assert answer.status is Status.OPTIMAL
    assert answer.starts is not None
    return answer.starts


def impossible(problem: Problem, **how: Any) -> bool:
    answer: DatesAnswer = solve_dates(problem, **how)
    return answer.status is Status.INFEASIBLE and answer.starts is None


PEOPLE = (
    inspector("ann", "Ofsted", "education"),
    inspector("bob", "CSCI", "safeguarding"),
    inspector("dan", "HMIC", is_leader=True),
)
"""Exactly one team."""


def test_the_most_urgent_week_is_the_first_of_the_window_r027():
    assert starts(one_area())["jar-north"] == (0, 3)
    assert starts(one_area(activities=(review("north", start_window=span(20, 25)),)))["jar-north"] == (20, 23)


def test_no_stage_runs_in_a_closed_week():
    closed = Calendar(id="school", closures=(Closure(span=span(3, 4)), Closure(span=span(5, 7))))
    open_weeks = Calendar(id="school")
    office = Calendar(id="office")
    assert starts(one_area(calendars=(office, open_weeks)))["jar-north"] == (0, 3)
    assert starts(one_area(calendars=(office, closed)))["jar-north"] == (4, 7)


def test_a_stretch_is_used_when_it_is_cheaper_than_to_wait_r049():
    closed = Calendar(id="school", closures=(Closure(span=span(3, 4)),))
    calendars = (Calendar(id="office"), closed)
    assert starts(one_area(calendars=calendars, activities=(review("north", urgency_price=9),)))[
        "jar-north"
    ] == (0, 4)
    assert starts(one_area(calendars=calendars, activities=(review("north", urgency_price=3),)))[
        "jar-north"
    ] == (1, 4)


def test_a_pinned_activity_stays():
    assert starts(one_area(activities=(review("north", pinned_starts=(9, 13)),)))["jar-north"] == (9, 13)


def test_a_published_stage_moves_only_if_that_saves_more_than_its_price():
    def published(price: int) -> dict[str, tuple[int, ...]]:
        announced = Published(starts=(9, 12), move_price=price)
        return starts(one_area(activities=(review("north", urgency_price=1, published=announced),)))

    assert published(4)["jar-north"] == (0, 3)
    assert published(5)["jar-north"] == (9, 12)


def test_a_lag_link_keeps_to_its_table_r030():
    table = LagTable(id="months", first=tuple(range(10, 114)), end=tuple(range(12, 116)))
    link = LagLink(
        before=ref("jar-north", "fieldwork"), after=ref("ca-north"), table="months", price_per_week=1
    )
    problem = one_area(
        num_weeks=104,
        activities=(review("north"), visit("ca", "north", 2)),
        links=(link,),
        lag_tables=(table,),
    )
    assert starts(problem) == {"jar-north": (0, 3), "ca-north": (14,)}
    too_early = visit("ca", "north", 2, start_window=span(0, 14))
    assert impossible(problem.model_copy(update={"activities": (review("north"), too_early)}))


def test_an_assessment_runs_within_the_fieldwork_or_starts_with_it_r034():
    link = WithinLink(inner=ref("ca-north"), outer=ref("jar-north", "fieldwork"))
    for duration, weeks in ((1, (3, 4)), (2, (3,)), (3, (3,))):
        problem = one_area(activities=(review("north"), visit("ca", "north", duration)), links=(link,))
        found = starts(problem)
        assert found["jar-north"] == (0, 3)
        assert found["ca-north"][0] in weeks


def test_far_apart_stops_paying_at_the_cap_r036():
    link = ApartLink(one=ref("jar-north", "fieldwork"), other=ref("ca-north"), cap_weeks=10, price_per_week=2)
    problem = one_area(
        activities=(review("north"), visit("ca", "north", start_window=span(0, 40))), links=(link,)
    )
    answer = solve_dates(problem)
    assert answer.cost == 0
    assert answer.starts is not None
    assert answer.starts["ca-north"][0] >= 3 + 2 + 10


def test_co_ordinated_visits_come_close_r097():
    link = NearLink(one=ref("jar-north", "fieldwork"), other=ref("yot-north"), cap_weeks=26, price_per_week=1)
    activities = (review("north"), visit("yot", "north", start_window=span(10, 20)))
    assert starts(one_area(activities=activities, links=(link,)))["yot-north"] == (10,)


def test_an_anonymous_pool_serves_so_many_at_a_time():
    def weeks(*exceptions: Capacity) -> set[tuple[int, ...]]:
        window = {"start_window": span(5, 9), "urgency_price": 1}
        pool = AnonymousPool(id="audit_commission", units=1, exceptions=exceptions)
        activities = (assessment("north", **window), assessment("south", **window))
        return set(starts(two_areas(activities=activities, pools=(pool,))).values())

    assert weeks() == {(5,), (7,)}
    assert weeks(Capacity(span=span(5, 7), units=2)) == {(5,)}


def test_one_team_works_on_one_review_in_a_week():
    found = starts(two_areas(inspectors=PEOPLE))
    weeks = [{a, f, f + 1} for a, f in found.values()]
    assert not weeks[0] & weeks[1]
    assert set(starts(two_areas()).values()) == {(0, 3)} or len(set(starts(two_areas()).values())) == 2


def test_people_of_two_skills_are_counted_once():
    both = (inspector("ann", "Ofsted", "education", "safeguarding"), inspector("dan", "HMIC", is_leader=True))
    assert impossible(one_area(inspectors=both))
    assert not impossible(one_area(inspectors=(*both, inspector("bob", "CSCI", "education"))))


def test_an_absent_inspector_is_not_counted():
    away = inspector(
        "dan", "HMIC", is_leader=True, absences=(Absence(span=span(0, 10), percent_available=79),)
    )
    assert starts(one_area(inspectors=(*PEOPLE[:2], away)))["jar-north"] == (10, 13)
    there = inspector(
        "dan", "HMIC", is_leader=True, absences=(Absence(span=span(0, 10), percent_available=80),)
    )
    assert starts(one_area(inspectors=(*PEOPLE[:2], there)))["jar-north"] == (0, 3)


def test_a_hard_maximum_of_a_period_is_kept_and_a_priced_one_bought_when_worth_it_r014():
    def firsts(**limit: Any) -> list[int]:
        period = PeriodLimit(id="autumn", span=span(0, 8), kinds=("jar",), maximum=1, **limit)
        people = (*PEOPLE, *(p.model_copy(update={"id": p.id + "2"}) for p in PEOPLE))
        return sorted(
            own[0] for own in starts(two_areas(inspectors=people, period_limits=(period,))).values()
        )

    assert firsts() == [0, 8]
    assert firsts(price=23, max_excess=1) == [0, 0]
    assert firsts(price=25, max_excess=1) == [0, 8]
    assert firsts(price=23, max_excess=0) == [0, 8]


def test_a_minimum_of_a_period_is_reached_r014():
    def first(**limit: Any) -> int:
        period = PeriodLimit(id="later", span=span(8, 12), kinds=("jar",), minimum=1, **limit)
        return starts(one_area(period_limits=(period,)))["jar-north"][0]

    assert first() == 8
    assert first(price=23, max_excess=1) == 0
    assert first(price=25, max_excess=1) == 8


def test_a_minimum_that_nothing_can_reach_is_impossible_r014():
    period = PeriodLimit(id="later", span=span(45, 50), kinds=("jar",), minimum=1)
    assert impossible(one_area(period_limits=(period,)))


def test_partners_are_not_visited_twice_in_a_week_unless_paid_r128():
    def overlap(price: int, max_excess: int) -> bool:
        limit = PartnerLimit(
            id="police",
            areas=("north", "south"),
            kinds=("yot",),
            maximum=1,
            price=price,
            max_excess=max_excess,
        )
        window = {"start_window": span(3, 6), "urgency_price": 5}
        activities = (visit("yot", "north", **window), visit("yot", "south", **window))
        return len(set(starts(two_areas(activities=activities, partner_limits=(limit,))).values())) == 1

    assert overlap(4, 1)
    assert not overlap(6, 1)
    assert not overlap(4, 0)


def test_a_team_must_be_there_for_all_its_weeks_when_teams_are_whole():
    def away(name: str, first: int, end: int) -> Any:
        return inspector(name, "HMIC", is_leader=True, absences=(Absence(span=span(first, end)),))

    people = (*PEOPLE[:2], away("dan", 0, 3), away("eve", 3, 10))
    assert starts(one_area(inspectors=people))["jar-north"] == (0, 3)
    assert starts(one_area(inspectors=people), whole_teams=True)["jar-north"] == (5, 8)


def test_a_conflict_of_interest_leaves_an_area_without_team_when_teams_are_whole():
    barred = tuple(p.model_copy(update={"conflicts": ("north",)}) for p in PEOPLE)
    assert not impossible(one_area(inspectors=barred))
    assert impossible(one_area(inspectors=barred), whole_teams=True)


def test_a_team_rests_after_its_review_when_teams_are_whole():
    def gap(rest_weeks: int) -> int:
        people = tuple(p.model_copy(update={"rest_weeks": rest_weeks}) for p in PEOPLE)
        single = {"stages": (review("x").stages[0],)}
        problem = two_areas(
            inspectors=people, activities=(review("north", **single), review("south", **single))
        )
        first, second = sorted(own[0] for own in starts(problem, whole_teams=True).values())
        return second - first

    assert [gap(0), gap(1), gap(3)] == [1, 2, 4]


def test_a_yearly_maximum_limits_reviews_when_teams_are_whole():
    def firsts(most: int) -> list[int]:
        people = tuple(p.model_copy(update={"max_reviews": {"year": most}}) for p in PEOPLE)
        periods = (
            Period(id="y1", kind="year", span=span(0, 26)),
            Period(id="y2", kind="year", span=span(26, 52)),
        )
        problem = two_areas(inspectors=people, periods=periods)
        return sorted(own[0] // 26 for own in starts(problem, whole_teams=True).values())

    assert firsts(2) == [0, 0]
    assert firsts(1) == [0, 1]
