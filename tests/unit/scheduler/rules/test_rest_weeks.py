"""Rest after a review."""

import pytest

from tests.builders import (
    changed,
    review,
    two_areas,
)
from tests.rule_cases.judges import APART, BOTH, LEADS, Judge, people
from tests.rule_cases.past import after_past, keeps_people_rules
from tests.rule_cases.plans import rules_of_two, with_person
from tests.rule_cases.solving import PEOPLE, solved_starts


@pytest.mark.parametrize(("rest", "broken"), [(0, set()), (6, set()), (7, set()), (8, {"rest"})])
def test_the_weeks_of_rest_after_a_review_are_free(rest, broken):
    """Fieldwork ends in week 12, the next analysis is in week 20: seven weeks lie between."""
    assert rules_of_two(with_person("ann", rest_weeks=rest)) == broken


def test_rest_counts_from_the_last_team_week_only():
    """The clear weeks within a review are no rest: another review's analysis may lie there."""
    problem = with_person("bob", rest_weeks=1)
    problem = changed(problem, "inspectors", "eve", is_leader=True, skills=("education",))
    south = {"leader": "eve", "safeguarding": "bob"}
    north = {"leader": "ann", "safeguarding": "bob"}
    assert rules_of_two(problem, (19, 22), (21, 25), north, south) == set()
    assert rules_of_two(problem, (19, 22), (21, 24), north, south) == {"rest"}


@pytest.mark.parametrize(("rest_weeks", "accepted"), [(1, True), (2, False)])
def test_after_a_review_follow_weeks_of_rest(judge: Judge, rest_weeks: int, accepted: bool) -> None:
    problem = changed(people(), "inspectors", "ann", rest_weeks=rest_weeks)
    assert judge(problem, APART, BOTH) is accepted


def test_a_team_rests_after_its_review_when_teams_are_whole():
    def gap(rest_weeks: int) -> int:
        people = tuple(p.model_copy(update={"rest_weeks": rest_weeks}) for p in PEOPLE)
        single = {"stages": (review("x").stages[0],)}
        problem = two_areas(
            inspectors=people, activities=(review("north", **single), review("south", **single))
        )
        first, second = sorted(own[0] for own in solved_starts(problem, whole_teams=True).values())
        return second - first

    assert [gap(0), gap(1), gap(3)] == [1, 2, 4]


@pytest.mark.parametrize(("last", "accepted"), [(-3, True), (-2, False)])
def test_the_rest_after_a_past_review_still_counts(judge: Judge, last: int, accepted: bool) -> None:
    """Two weeks of rest: a review that ended in the last week but one before the horizon leaves week 0 closed."""
    for decides in (judge, keeps_people_rules):
        assert decides(after_past(last - 1, last, rest_weeks=2), APART, LEADS) is accepted


@pytest.mark.parametrize(("first", "accepted"), [(6, False), (7, True)])
def test_a_review_rests_before_one_whose_dates_are_known(judge: Judge, first: int, accepted: bool) -> None:
    """North ends in week 4; with two weeks of rest the person is free from week 7 on."""
    for decides in (judge, keeps_people_rules):
        assert decides(after_past(first, rest_weeks=2), APART, LEADS) is accepted
