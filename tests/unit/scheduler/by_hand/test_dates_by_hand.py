"""Dates by hand: what is tied goes along only where it must, and a wish against the rules breaks as few as can be."""

import pytest

from scheduler.by_hand.against_rules import nearest_to_rules
from scheduler.by_hand.dates import dates_by_hand
from scheduler.cost import make_plan
from scheduler.nearby.linked_areas import Units
from scheduler.values.plan import Plan
from scheduler.values.problem import ClearLink, PeriodLimit, Problem, WithinLink
from scheduler.values.value import Starts
from tests.builders import assessment, broken_rules, changed, ref, review, span, two_areas
from tests.complete import complete, complete_plan

FIELDWORK = ref("jar-north", "fieldwork")


def pair(**changes: object) -> Problem:
    """A review whose assessment runs within its fieldwork, and a review in another area."""
    link = WithinLink(inner=ref("ca-north"), outer=FIELDWORK)
    activities = (review("north"), assessment("north"), review("south"))
    return two_areas(**{"activities": activities, "links": (link,)} | changes)


NOW: Starts = {"jar-north": (8, 11), "ca-north": (11,), "jar-south": (20, 23)}


def moved(problem: Problem, wanted: dict[str, int], now: Starts = NOW) -> Starts:
    return dates_by_hand(Units(problem), make_plan(problem, now, ()), wanted)


def test_an_assessment_goes_along_with_the_review_that_it_is_within_r034() -> None:
    assert moved(pair(), {"jar-north": 25}) == {**NOW, "jar-north": (25, 28), "ca-north": (28,)}


def test_a_review_goes_along_with_its_assessment() -> None:
    found = moved(pair(), {"ca-north": 30})
    assert found["ca-north"] == (30,)
    assert found["jar-north"][1] == 30


def test_what_is_tied_stays_where_the_link_lets_it() -> None:
    link = ClearLink(one=ref("ca-north"), other=FIELDWORK, clear_weeks=2)
    problem, now = pair(links=(link,)), {**NOW, "ca-north": (30,)}
    assert moved(problem, {"jar-north": 12}, now)["ca-north"] == (30,)
    assert moved(problem, {"jar-north": 25}, now)["ca-north"] != (30,)


def test_later_stages_keep_clear_of_closed_weeks_r028() -> None:
    """Three clear weeks instead of two, where the half-term of week 7 is in the way."""
    assert moved(pair(), {"jar-south": 4})["jar-south"] == (4, 8)


def test_dates_with_room_for_others_are_preferred_to_cheaper_ones_r014() -> None:
    """One assessment may begin up to week 29: the other dates of this review's fieldwork let it begin later."""
    limit = PeriodLimit(id="few", span=span(0, 29), kinds=("ca",), maximum=0)
    assert moved(pair(), {"jar-north": 25})["ca-north"] == (28,)
    assert moved(pair(period_limits=(limit,)), {"jar-north": 25})["ca-north"] == (29,)


@pytest.mark.parametrize(("week", "rules"), [(60, {"outside_window"}), (16, {"closed_week"})])
def test_a_wish_against_a_rule_breaks_that_alone(week: int, rules: set[str]) -> None:
    problem = pair(num_weeks=104)
    found = moved(problem, {"jar-north": week})
    assert found["jar-north"][0] == week
    assert broken_rules(problem, make_plan(problem, found, ())) - {"leader_missing"} == rules


def test_what_is_pinned_stays_and_the_rule_breaks() -> None:
    problem = changed(pair(), "activities", "ca-north", pinned_starts=(11,))
    found = nearest_to_rules(
        problem, {name: NOW[name] for name in ("jar-north", "ca-north")}, {"jar-north": 25}
    )
    assert found["ca-north"] == (11,)
    broken = broken_rules(problem, make_plan(problem, {**NOW, **found}, ()))
    assert broken - {"leader_missing"} == {"within_link"}


def test_dates_stay_within_the_horizon() -> None:
    problem = pair()
    now = {name: NOW[name] for name in ("jar-north", "ca-north")}
    assert nearest_to_rules(problem, now, {"jar-north": problem.num_weeks - 5})["jar-north"] == (47, 50)


def test_a_plan_that_uses_every_feature_can_be_changed() -> None:
    problem, plan = complete(), complete_plan()
    found: Plan = make_plan(problem, dates_by_hand(Units(problem), plan, {"ca-north": 41}), plan.members)
    assert broken_rules(problem, found) == set()
    assert found.starts() == {**plan.starts(), "ca-north": (41,)}
