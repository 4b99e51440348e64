"""Reviews a person and year (R028)."""

import pytest

from scheduler.problem import (
    Period,
)
from tests.builders import (
    changed,
    span,
    two_areas,
)
from tests.rule_cases.judges import APART, BOTH, Judge, people
from tests.rule_cases.plans import rules_of_two, with_person
from tests.rule_cases.solving import PEOPLE, solved_starts


@pytest.mark.parametrize(("maximum", "broken"), [(1, {"too_many_reviews"}), (2, set())])
def test_the_yearly_maximum_of_reviews_is_kept_r028(maximum, broken):
    problem = with_person("bob", max_reviews={"financial_year": maximum})
    year = Period(id="FY2005-06", kind="financial_year", span=span(0, 30))
    assert rules_of_two(problem.model_copy(update={"periods": (year,)})) == broken


def test_a_review_counts_for_the_year_of_its_first_team_week():
    problem = with_person("bob", max_reviews={"financial_year": 1})
    years = (
        Period(id="FY1", kind="financial_year", span=span(0, 20)),
        Period(id="FY2", kind="financial_year", span=span(20, 52)),
    )
    assert rules_of_two(problem.model_copy(update={"periods": years}), (8, 11), (20, 23)) == set()
    assert rules_of_two(problem.model_copy(update={"periods": years}), (8, 11), (19, 22)) == {
        "too_many_reviews"
    }


@pytest.mark.parametrize(("maximum", "accepted"), [(2, True), (1, False)])
def test_the_maximum_of_reviews_in_a_period_is_kept_r028(judge: Judge, maximum: int, accepted: bool) -> None:
    problem = changed(people(), "inspectors", "ann", max_reviews={"financial_year": maximum})
    assert judge(problem, APART, BOTH) is accepted


def test_a_review_counts_in_the_period_of_its_first_team_week(judge: Judge) -> None:
    problem = changed(people(), "inspectors", "ann", max_reviews={"financial_year": 1})
    assert judge(problem, APART | {"jar-south": (10, 13)}, BOTH)
    assert not judge(problem, APART | {"jar-south": (9, 12)}, BOTH)


def test_a_yearly_maximum_limits_reviews_when_teams_are_whole():
    def firsts(most: int) -> list[int]:
        people = tuple(p.model_copy(update={"max_reviews": {"year": most}}) for p in PEOPLE)
        periods = (
            Period(id="y1", kind="year", span=span(0, 26)),
            Period(id="y2", kind="year", span=span(26, 52)),
        )
        problem = two_areas(inspectors=people, periods=periods)
        return sorted(own[0] // 26 for own in solved_starts(problem, whole_teams=True).values())

    assert firsts(2) == [0, 0]
    assert firsts(1) == [0, 1]
