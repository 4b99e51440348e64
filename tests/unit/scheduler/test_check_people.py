"""Rules for one inspector; every refusal has its acceptance."""

import pytest

from scheduler.check import check
from scheduler.cost import make_plan
from scheduler.plan import TeamMember
from scheduler.problem import Absence, Period
from tests.builders import broken_rules, changed, members, messages, one_area, span, two_areas

NORTH = {"leader": "ann", "safeguarding": "bob", "education": "dan"}


def rules(problem, north=(8, 11), south=(20, 23), north_team=NORTH, south_team=NORTH):
    starts = {"jar-north": north, "jar-south": south}
    teams = members({"jar-north": north_team, "jar-south": south_team})
    return broken_rules(problem, make_plan(problem, starts, teams))


def with_person(name, **changes):
    return changed(two_areas(), "inspectors", name, **changes)


def test_nobody_works_on_two_reviews_in_one_week_r028():
    problem = two_areas()
    assert rules(problem, (8, 11), (9, 12)) == {"two_reviews_in_a_week", "rest"}
    other_leader = {"leader": "dan", "safeguarding": "eve"}
    problem = with_person("eve", trained_from=0)
    assert rules(problem, (8, 11), (9, 12), {"leader": "ann", "safeguarding": "bob"}, other_leader) == set()


def test_two_reviews_in_a_week_are_named_with_the_weeks():
    problem = two_areas()
    starts = {"jar-north": (8, 11), "jar-south": (8, 12)}
    plan = make_plan(problem, starts, members({"jar-north": NORTH, "jar-south": {"safeguarding": "bob"}}))
    found = [v for v in check(problem, plan) if v.rule == "two_reviews_in_a_week"]
    assert [v.place for v in found] == ["bob"]
    assert "the week of 31 October 2005 (week 8), the week of 28 November 2005 (week 12)" in found[0].message


def test_an_analysis_may_fall_into_the_clear_weeks_of_another_review():
    assert rules(with_person("ann", rest_weeks=0), (18, 21), (20, 24)) == set()


@pytest.mark.parametrize(("rest", "broken"), [(0, set()), (6, set()), (7, set()), (8, {"rest"})])
def test_the_weeks_of_rest_after_a_review_are_free(rest, broken):
    """Fieldwork ends in week 12, the next analysis is in week 20: seven weeks lie between."""
    assert rules(with_person("ann", rest_weeks=rest)) == broken


def test_rest_counts_from_the_last_team_week_only():
    """The clear weeks within a review are no rest: another review's analysis may lie there."""
    problem = with_person("bob", rest_weeks=1)
    problem = changed(problem, "inspectors", "eve", is_leader=True, skills=("education",))
    south = {"leader": "eve", "safeguarding": "bob"}
    north = {"leader": "ann", "safeguarding": "bob"}
    assert rules(problem, (19, 22), (21, 25), north, south) == set()
    assert rules(problem, (19, 22), (21, 24), north, south) == {"rest"}


def test_an_absent_inspector_fills_no_seat():
    away = (Absence(span=span(12, 13)),)
    assert rules(with_person("ann", absences=away)) == {"absent"}


def test_an_absence_in_the_clear_weeks_matters_to_nobody():
    assert rules(with_person("ann", absences=(Absence(span=span(9, 11)),))) == set()


@pytest.mark.parametrize(("percent", "broken"), [(79, {"absent"}), (80, set())])
def test_a_part_timer_fills_a_seat_only_with_enough_of_a_week(percent, broken):
    assert rules(with_person("ann", percent=percent)) == broken
    assert (
        rules(with_person("ann", absences=(Absence(span=span(8, 9), percent_available=percent),))) == broken
    )


def test_the_lowest_of_usual_time_and_absences_counts():
    """80 per cent usually and 90 per cent in a week are 80, not 72 (0.8 times 0.9)."""
    absences = (Absence(span=span(8, 9), percent_available=90),)
    assert rules(with_person("ann", percent=80, absences=absences)) == set()


@pytest.mark.parametrize(("trained", "broken"), [(8, set()), (9, {"untrained"}), (13, {"untrained"})])
def test_nobody_joins_a_team_before_being_trained_r062(trained, broken):
    assert rules(with_person("bob", trained_from=trained)) == broken


@pytest.mark.parametrize(("maximum", "broken"), [(1, {"too_many_reviews"}), (2, set())])
def test_the_yearly_maximum_of_reviews_is_kept_r028(maximum, broken):
    problem = with_person("bob", max_reviews={"financial_year": maximum})
    year = Period(id="FY2005-06", kind="financial_year", span=span(0, 30))
    assert rules(problem.model_copy(update={"periods": (year,)})) == broken


def test_a_review_counts_for_the_year_of_its_first_team_week():
    problem = with_person("bob", max_reviews={"financial_year": 1})
    years = (
        Period(id="FY1", kind="financial_year", span=span(0, 20)),
        Period(id="FY2", kind="financial_year", span=span(20, 52)),
    )
    assert rules(problem.model_copy(update={"periods": years}), (8, 11), (20, 23)) == set()
    assert rules(problem.model_copy(update={"periods": years}), (8, 11), (19, 22)) == {"too_many_reviews"}


def test_a_conflict_of_interest_bars_a_seat_r062():
    problem = with_person("bob", conflicts=("south",))
    starts = {"jar-north": (8, 11), "jar-south": (20, 23)}
    found = check(problem, make_plan(problem, starts, members({"jar-north": NORTH, "jar-south": NORTH})))
    assert [(v.rule, v.place, v.requirement) for v in found] == [("conflict_of_interest", "bob", "R062")]
    assert "jar-south (South)" in found[0].message
    assert rules(problem, south_team={"leader": "ann", "safeguarding": "dan"}) == set()


def test_nobody_inspects_the_same_area_twice_running():
    assert rules(with_person("bob", previous_areas=("north",))) == {"rotation"}
    assert rules(with_person("bob", previous_areas=())) == set()


def test_unknown_people_and_activities_are_named():
    problem = one_area()
    strangers = (
        TeamMember(activity="jar-north", skill="safeguarding", inspector="zoe"),
        TeamMember(activity="jar-nowhere", skill="safeguarding", inspector="bob"),
    )
    plan = make_plan(problem, {"jar-north": (8, 11)}, ())
    found = check(problem, plan.model_copy(update={"members": strangers}))
    assert "problem does not know this inspector" in messages(found)
    assert "problem does not know this activity" in messages(found)
