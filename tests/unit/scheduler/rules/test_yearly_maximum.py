"""Reviews a person and year (R028)."""

import pytest

from scheduler.values.problem import Period
from tests.builders import (
    changed,
    span,
    two_areas,
)
from tests.rule_cases.judges import APART, BOTH, LEADS, Judge, people
from tests.rule_cases.past import after_past, keeps_people_rules
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


@pytest.mark.parametrize(("first", "maximum", "accepted"), [(-4, 1, False), (-4, 2, True), (-9, 1, True)])
def test_a_past_review_counts_in_the_period_of_its_first_team_week_r028(
    judge: Judge, first: int, maximum: int, accepted: bool
) -> None:
    """The year began eight weeks before the horizon."""
    year = (Period(id="FY", kind="financial_year", span=span(-8, 10)),)
    problem = after_past(first, first + 3, max_reviews={"financial_year": maximum})
    for decides in (judge, keeps_people_rules):
        assert decides(problem.model_copy(update={"periods": year}), APART, LEADS) is accepted


def test_past_reviews_above_the_maximum_are_no_fault_of_the_plan_r028() -> None:
    year = (Period(id="FY", kind="financial_year", span=span(-8, 10)),)
    problem = after_past(-4, max_reviews={"financial_year": 0}).model_copy(update={"periods": year})
    assert keeps_people_rules(problem, APART, ())
    assert not keeps_people_rules(problem, APART, LEADS)


@pytest.mark.parametrize(("kind", "accepted"), [("calendar_year", False), ("financial_year", True)])
def test_maxima_of_calendar_and_financial_years_hold_side_by_side_r028(
    judge: Judge, kind: str, accepted: bool
) -> None:
    """Both reviews begin in one calendar year, but in two financial years."""
    years = (
        Period(id="2006", kind="calendar_year", span=span(0, 52)),
        Period(id="FY1", kind="financial_year", span=span(0, 3)),
        Period(id="FY2", kind="financial_year", span=span(3, 52)),
    )
    problem = changed(people(periods=years), "inspectors", "ann", max_reviews={kind: 1})
    for decides in (judge, keeps_people_rules):
        assert decides(problem, APART, BOTH) is accepted
