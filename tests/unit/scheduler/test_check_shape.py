"""A plan belongs to its problem and dates every activity once."""

from datetime import date

from scheduler.check import check
from scheduler.plan import ActivityDates, Plan
from tests.builders import broken_rules, complete, complete_plan, messages, one_area


def with_dates(plan: Plan, *dates: ActivityDates) -> Plan:
    return plan.model_copy(update={"dates": dates})


def test_a_sound_plan_that_uses_every_feature_breaks_no_rule():
    assert check(complete(), complete_plan()) == ()


def test_every_term_of_the_complete_plan_costs_something():
    costs = complete_plan().costs
    assert all(costs.date_terms.values())
    assert all(costs.team_terms.values())


def test_a_plan_for_another_problem_is_refused():
    plan = complete_plan()
    other = complete(name="changed afterwards")
    assert broken_rules(other, plan) == {"other_problem"}
    assert broken_rules(complete(), plan) == set()


def test_a_plan_that_counts_weeks_from_another_monday_is_refused():
    plan = complete_plan().model_copy(update={"first_monday": date(2005, 9, 12)})
    assert broken_rules(complete(), plan) == {"other_first_monday"}


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


def test_every_stage_needs_a_start_week_r043():
    plan = complete_plan()
    short = [
        item.model_copy(update={"starts": (8,)}) if item.activity == "jar-north" else item
        for item in plan.dates
    ]
    found = check(complete(), with_dates(plan, *short))
    assert "has 2 stages, but 1 start weeks" in messages(found)


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
