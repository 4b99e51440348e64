"""One review a week and person (R028, R047)."""

import pytest

from scheduler.checking.checker import check
from scheduler.cost import make_plan
from tests.builders import (
    members,
    two_areas,
)
from tests.rule_cases.judges import APART, BOTH, LEADS, Judge, people
from tests.rule_cases.past import after_past, keeps_people_rules
from tests.rule_cases.plans import NORTH, rules_of_two, with_person
from tests.rule_cases.solving import PEOPLE, solved_starts


def test_nobody_works_on_two_reviews_in_one_week_r028():
    problem = two_areas()
    assert rules_of_two(problem, (8, 11), (9, 12)) == {"two_reviews_in_a_week", "rest"}
    other_leader = {"leader": "dan", "safeguarding": "eve"}
    problem = with_person("eve", trained_from=0)
    assert (
        rules_of_two(problem, (8, 11), (9, 12), {"leader": "ann", "safeguarding": "bob"}, other_leader)
        == set()
    )


def test_two_reviews_in_a_week_are_named_with_the_weeks():
    problem = two_areas()
    starts = {"jar-north": (8, 11), "jar-south": (8, 12)}
    plan = make_plan(problem, starts, members({"jar-north": NORTH, "jar-south": {"safeguarding": "bob"}}))
    found = [v for v in check(problem, plan) if v.rule == "two_reviews_in_a_week"]
    assert [v.place for v in found] == ["bob"]
    assert "the week of 31 October 2005 (week 8), the week of 28 November 2005 (week 12)" in found[0].message


def test_an_analysis_may_fall_into_the_clear_weeks_of_another_review():
    assert rules_of_two(with_person("ann", rest_weeks=0), (18, 21), (20, 24)) == set()


def test_nobody_works_on_two_reviews_in_a_week_r028(judge: Judge) -> None:
    assert judge(people(), APART, BOTH)
    assert not judge(people(), APART | {"jar-south": (3, 6)}, BOTH)


def test_the_gap_between_analysis_and_fieldwork_may_be_used_for_another_review(judge: Judge) -> None:
    assert judge(people(), {"jar-north": (0, 3), "jar-south": (2, 5)}, BOTH)
    assert not judge(people(), {"jar-north": (0, 3), "jar-south": (1, 4)}, BOTH)


def test_one_team_works_on_one_review_in_a_week():
    found = solved_starts(two_areas(inspectors=PEOPLE))
    weeks = [{a, f, f + 1} for a, f in found.values()]
    assert not weeks[0] & weeks[1]
    assert (
        set(solved_starts(two_areas()).values()) == {(0, 3)}
        or len(set(solved_starts(two_areas()).values())) == 2
    )


@pytest.mark.parametrize(("weeks", "accepted"), [((-2, -1), True), ((1, 2), True), ((2, 3), False)])
def test_nobody_works_in_the_weeks_of_a_past_review_r028(
    judge: Judge, weeks: tuple[int, ...], accepted: bool
) -> None:
    """North takes weeks 0, 3 and 4; a past review may lie in its clear weeks."""
    for decides in (judge, keeps_people_rules):
        assert decides(after_past(*weeks), APART, LEADS) is accepted
