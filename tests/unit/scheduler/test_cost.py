"""The solver's costing, and that the independent check agrees with it on any plan."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.instances import small
from scheduler.checking.checker import check
from scheduler.checking.claims import kilometres
from scheduler.cost import date_terms, distance_km, make_plan, team_terms, uncovered_places
from scheduler.values.plan import TeamMember
from scheduler.values.problem import Location, Problem
from tests.builders import LEEDS, LONDON, one_area, two_areas
from tests.complete import COMPLETE_STARTS, complete, complete_plan

WRONG_CLAIMS = {"wrong_cost", "wrong_uncovered_places"}
SMALL = small("mixed", num_areas=5, num_inspectors=26)


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        (LEEDS, LEEDS, 0),
        (LEEDS, LONDON, 273),
        (Location(lat=0, lon=0), Location(lat=0, lon=180), 20015),
        (Location(lat=0, lon=179), Location(lat=0, lon=-179), 222),
    ],
)
def test_distances_are_great_circles_in_whole_kilometres(a, b, km):
    assert distance_km(a, b) == distance_km(b, a) == km


@given(*(st.builds(Location, lat=st.floats(-90, 90), lon=st.floats(-180, 180)) for _ in range(2)))
def test_two_ways_to_compute_a_distance_agree(a, b):
    assert abs(distance_km(a, b) - kilometres(a, b)) <= 1


def test_urgency_costs_its_price_for_every_week_after_week_0_r027():
    problem = one_area()
    assert date_terms(problem, {"jar-north": (0, 3)})["urgency"] == 0
    assert date_terms(problem, {"jar-north": (9, 12)})["urgency"] == 27


def test_all_terms_are_reported_zero_included():
    terms = date_terms(two_areas(), {"jar-north": (0, 3), "jar-south": (0, 3)})
    assert set(terms) == {
        "urgency",
        "stretch",
        "sequencing",
        "co_ordination",
        "burden",
        "evenness",
        "partners",
        "stability",
    }
    assert set(terms.values()) == {0}


@pytest.mark.parametrize(("starts", "cost"), [((9, 12), 0), ((9, 13), 12), ((7, 10), 28), ((10, 12), 12)])
def test_every_moved_stage_costs_a_price_and_a_price_per_week(starts, cost):
    terms = date_terms(complete(), COMPLETE_STARTS | {"jar-north": starts})
    assert terms["stability"] == cost


@pytest.mark.parametrize(("week", "cost"), [(4, 18), (3, 21), (10, 0), (11, 0), (14, 3), (40, 78)])
def test_near_stages_are_cheap_far_ones_cost_up_to_the_cap_r097(week, cost):
    """The fieldwork runs in weeks 11 and 12: clear weeks are counted on both sides."""
    terms = date_terms(complete(), COMPLETE_STARTS | {"yot-north": (week,)})
    assert terms["co_ordination"] == cost


@pytest.mark.parametrize(("week", "cost"), [(25, 32), (26, 32), (30, 16), (33, 4), (34, 0), (60, 0)])
def test_every_clear_week_short_of_the_cap_costs_r036(week, cost):
    terms = date_terms(complete(), COMPLETE_STARTS | {"fostering-south": (week,)})
    assert terms["burden"] == cost


def test_team_terms_of_a_team_from_leeds_and_london():
    """Ann and Cat live in Leeds, Bob in London; Dan was announced and is gone."""
    members = [m for m in complete_plan().members if m.activity == "jar-north"]
    assert team_terms(complete(), COMPLETE_STARTS, members) == {"travel": 273, "fairness": 0, "change": 30}


def test_everybody_announced_counts_as_changed_while_nobody_is_chosen():
    assert team_terms(complete(), COMPLETE_STARTS, ())["change"] == 60


def test_reviews_above_the_fair_share_of_a_year_cost():
    problem, both = complete(), complete_plan().members
    assert team_terms(problem, COMPLETE_STARTS, both)["fairness"] == 50
    assert team_terms(problem, COMPLETE_STARTS | {"jar-south": (35, 38)}, both)["fairness"] == 0


def test_uncovered_places_are_seats_that_nobody_fills():
    assert uncovered_places(complete(), ()) == 6
    assert uncovered_places(complete(), complete_plan().members[1:]) == 1
    extra = TeamMember(activity="jar-north", skill="camhs", inspector="eve")
    assert uncovered_places(complete(), (*complete_plan().members, extra)) == 0


def test_equal_plans_are_equal_texts():
    plan = complete_plan()
    shuffled = make_plan(complete(), dict(reversed(plan.starts().items())), tuple(reversed(plan.members)))
    assert shuffled.model_dump_json() == plan.model_dump_json()


@st.composite
def any_plan(draw, problem: Problem):
    """Random dates that keep stages in order, and random people in demanded seats."""
    weeks = st.integers(0, problem.num_weeks - 8)
    starts = {}
    for activity in problem.activities:
        own = [draw(weeks)]
        for before, after in zip(activity.stages, activity.stages[1:], strict=False):
            own.append(own[-1] + before.duration_weeks + draw(st.integers(0, after.lag_max_weeks)))
        starts[activity.id] = tuple(own)
    people = st.sampled_from([None, *(i.id for i in problem.inspectors)])
    members = [
        TeamMember(activity=activity.id, skill=place.skill, inspector=person)
        for activity in problem.activities
        if activity.team
        for place in activity.team.places
        if (person := draw(people))
    ]
    return make_plan(problem, starts, members)


@settings(max_examples=40, deadline=None)
@given(st.data())
@pytest.mark.parametrize("problem", [complete(), SMALL], ids=["complete", "small"])
def test_costing_and_check_agree_on_any_plan(problem, data):
    plan = data.draw(any_plan(problem))
    assert not WRONG_CLAIMS & {found.rule for found in check(problem, plan)}
