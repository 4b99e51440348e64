"""Option 3: two activities run concurrently (R034)."""

import pytest

from scheduler.cost import make_plan
from scheduler.values.problem import WithinLink
from scheduler.values.value import WeekSpan
from tests.builders import (
    broken_rules,
    one_area,
    ref,
    review,
    visit,
)
from tests.rule_cases.plans import linked, rules_of_pair
from tests.rule_cases.solving import solved_starts


@pytest.mark.parametrize(("start", "broken"), [(10, True), (11, False), (12, True)])
def test_option_3_a_concurrent_assessment_runs_within_the_fieldwork_r034(start, broken):
    problem = linked(WithinLink(inner=ref("ca-north"), outer=ref("jar-north", "fieldwork")))
    assert rules_of_pair(problem, (8, 11), start) == ({"within_link"} if broken else set())


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


def test_an_assessment_runs_within_the_fieldwork_or_starts_with_it_r034():
    link = WithinLink(inner=ref("ca-north"), outer=ref("jar-north", "fieldwork"))
    for duration, weeks in ((1, (3, 4)), (2, (3,)), (3, (3,))):
        problem = one_area(activities=(review("north"), visit("ca", "north", duration)), links=(link,))
        found = solved_starts(problem)
        assert found["jar-north"] == (0, 3)
        assert found["ca-north"][0] in weeks
