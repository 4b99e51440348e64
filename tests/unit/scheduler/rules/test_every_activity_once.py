"""Every activity of the problem is planned exactly once (R013)."""

from scheduler.checking.checker import check
from scheduler.values.plan import ActivityDates
from tests.builders import broken_rules
from tests.complete import complete, complete_plan
from tests.rule_cases.plans import with_dates


def test_an_area_left_out_is_named_r013():
    plan = complete_plan()
    damaged = with_dates(plan, *(item for item in plan.dates if item.activity != "jar-south"))
    found = check(complete(), damaged)
    missing = next(v for v in found if v.rule == "activity_missing")
    assert missing.place == "jar-south (South)"
    assert missing.requirement == "R013"


def test_an_activity_planned_twice_is_named_r013():
    plan = complete_plan()
    assert broken_rules(complete(), with_dates(plan, *plan.dates, plan.dates[0])) == {"activity_twice"}


def test_an_unknown_activity_is_named():
    plan = complete_plan()
    extra = ActivityDates(activity="jar-nowhere", starts=(3, 6))
    found = check(complete(), with_dates(plan, *plan.dates, extra))
    assert [(v.rule, v.place) for v in found] == [("activity_unknown", "jar-nowhere")]
