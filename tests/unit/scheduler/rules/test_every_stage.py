"""Every stage has a start week (R043)."""

from scheduler.checking.checker import check
from tests.builders import messages
from tests.complete import complete, complete_plan
from tests.rule_cases.plans import with_dates


def test_every_stage_needs_a_start_week_r043():
    plan = complete_plan()
    short = [
        item.model_copy(update={"starts": (8,)}) if item.activity == "jar-north" else item
        for item in plan.dates
    ]
    found = check(complete(), with_dates(plan, *short))
    assert "has 2 stages, but 1 start weeks" in messages(found)
