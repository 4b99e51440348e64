"""A plan belongs to its problem and dates every activity once."""

from datetime import date

from scheduler.checking.checker import check
from scheduler.values.plan import ActivityDates, Plan
from tests.builders import broken_rules, one_area
from tests.complete import complete, complete_plan


def with_dates(plan: Plan, *dates: ActivityDates) -> Plan:
    return plan.model_copy(update={"dates": dates})


def test_a_sound_plan_that_uses_every_feature_breaks_no_rule():
    assert check(complete(), complete_plan()) == ()


def test_every_term_of_the_complete_plan_costs_something():
    costs = complete_plan().costs
    assert all(costs.date_terms.values())
    assert all(costs.team_terms.values())


def test_a_plan_from_a_stranger_never_stops_the_check():
    """Absurd weeks and unknown names give violations, not crashes."""
    plan = complete_plan()
    absurd = {"jar-north": (-5, 10**30), "ca-south": (-(10**9),)}
    dates = [d.model_copy(update={"starts": absurd.get(d.activity, d.starts)}) for d in plan.dates]
    plan = with_dates(plan, *dates)
    assert {"outside_window", "outside_horizon", "stage_lag"} <= broken_rules(complete(), plan)
    empty = Plan.model_validate(
        {
            "problem_hash": "?",
            "first_monday": date.max,
            "dates": (),
            "costs": {"uncovered_places": 0, "date_terms": {}, "team_terms": {}},
        }
    )
    assert "activity_missing" in broken_rules(one_area(), empty)
