"""Options 1 and 2: the second activity follows six to nine months after the first (R030, R032)."""

import pytest

from scheduler.checking.checker import check
from scheduler.cost import make_plan
from scheduler.values.problem import LagLink, LagTable
from tests.builders import (
    one_area,
    ref,
    review,
    span,
    visit,
)
from tests.rule_cases.plans import SIX_TO_NINE_MONTHS, linked, rules_of_pair
from tests.rule_cases.solving import impossible, solved_starts


@pytest.mark.parametrize(("start", "broken"), [(38, True), (39, False), (51, False), (52, True)])
def test_option_1_the_assessment_follows_after_six_to_nine_months_r030(start, broken):
    link = LagLink(before=ref("jar-north", "fieldwork"), after=ref("ca-north"), table="months")
    assert rules_of_pair(linked(link), (8, 11), start) == ({"lag_link"} if broken else set())


@pytest.mark.parametrize(("start", "broken"), [(27, True), (28, False), (40, False), (41, True)])
def test_option_2_the_review_follows_after_six_to_nine_months_r032(start, broken):
    link = LagLink(before=ref("ca-north"), after=ref("jar-north", "analysis"), table="months")
    assert rules_of_pair(linked(link), (start, start + 3), 0) == ({"lag_link"} if broken else set())


def test_a_lag_of_five_months_between_activities_is_named_with_weeks():
    link = LagLink(before=ref("jar-north", "fieldwork"), after=ref("ca-north"), table="months")
    problem = linked(link)
    found = check(problem, make_plan(problem, {"jar-north": (8, 11), "ca-north": (34,)}, ()))
    assert [v.rule for v in found] == ["lag_link"]
    assert "21 clear weeks after the end of jar-north fieldwork" in found[0].message
    assert "allowed is the week of 5 June 2006 (week 39) to" in found[0].message
    assert found[0].requirement == "R030, R032"


def test_a_lag_where_the_table_allows_no_week_is_refused():
    link = LagLink(before=ref("jar-north", "fieldwork"), after=ref("ca-north"), table="months")
    table = SIX_TO_NINE_MONTHS.model_copy(update={"first": (39,) * 104, "end": (39,) * 104})
    problem = linked(link).model_copy(update={"lag_tables": (table,)})
    assert rules_of_pair(problem, (8, 11), 39) == {"lag_link"}


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
    assert solved_starts(problem) == {"jar-north": (0, 3), "ca-north": (14,)}
    too_early = visit("ca", "north", 2, start_window=span(0, 14))
    assert impossible(problem.model_copy(update={"activities": (review("north"), too_early)}))
