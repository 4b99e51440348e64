"""Rules between two activities of an area; every refusal has its acceptance."""

import pytest

from scheduler.check import check
from scheduler.cost import make_plan
from scheduler.problem import LagLink, LagTable, WithinLink
from scheduler.value import WeekSpan
from tests.builders import assessment, broken_rules, one_area, ref, review, visit

SIX_TO_NINE_MONTHS = LagTable(
    id="months", first=tuple(week + 27 for week in range(104)), end=tuple(week + 40 for week in range(104))
)


def linked(link, **changes):
    activities = (
        review("north", team=None, start_window=WeekSpan(first=0, end=60)),
        assessment("north", **changes),
    )
    pools = ({"id": "audit_commission", "units": 1},)
    return one_area(
        num_weeks=104, activities=activities, links=(link,), lag_tables=(SIX_TO_NINE_MONTHS,), pools=pools
    )


def rules(problem, review_starts, assessment_start):
    starts = {"jar-north": review_starts, "ca-north": (assessment_start,)}
    return broken_rules(problem, make_plan(problem, starts, ()))


@pytest.mark.parametrize(("start", "broken"), [(38, True), (39, False), (51, False), (52, True)])
def test_option_1_the_assessment_follows_after_six_to_nine_months_r030(start, broken):
    link = LagLink(before=ref("jar-north", "fieldwork"), after=ref("ca-north"), table="months")
    assert rules(linked(link), (8, 11), start) == ({"lag_link"} if broken else set())


@pytest.mark.parametrize(("start", "broken"), [(27, True), (28, False), (40, False), (41, True)])
def test_option_2_the_review_follows_after_six_to_nine_months_r032(start, broken):
    link = LagLink(before=ref("ca-north"), after=ref("jar-north", "analysis"), table="months")
    assert rules(linked(link), (start, start + 3), 0) == ({"lag_link"} if broken else set())


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
    assert rules(problem, (8, 11), 39) == {"lag_link"}


@pytest.mark.parametrize(("start", "broken"), [(10, True), (11, False), (12, True)])
def test_option_3_a_concurrent_assessment_runs_within_the_fieldwork_r034(start, broken):
    problem = linked(WithinLink(inner=ref("ca-north"), outer=ref("jar-north", "fieldwork")))
    assert rules(problem, (8, 11), start) == ({"within_link"} if broken else set())


@pytest.mark.parametrize(
    ("duration", "start", "broken"),
    [(1, 11, False), (1, 12, False), (1, 13, True), (3, 11, False), (3, 10, True)],
)
def test_a_shorter_visit_may_start_later_within_and_a_longer_one_starts_with_it_r034(duration, start, broken):
    link = WithinLink(inner=ref("yot-north"), outer=ref("jar-north", "fieldwork"))
    yot = visit("yot", "north", duration, start_window=WeekSpan(first=0, end=40))
    problem = one_area(activities=(review("north", team=None), yot), links=(link,))
    plan = make_plan(problem, {"jar-north": (8, 11), "yot-north": (start,)}, ())
    assert broken_rules(problem, plan) == ({"within_link"} if broken else set())
