"""Plans that break rules are asked about and replanned like others; rules give way to what they have (R094)."""

import pytest

from scheduler.candidates.explanation import explain
from scheduler.candidates.plan_state import PlanState
from scheduler.candidates.weeks import week_candidates
from scheduler.checking.checker import SHORTAGE_RULES, faults, misfits
from scheduler.cost import make_plan
from scheduler.events import KEPT_RULES, with_kept_dates, with_kept_limits
from scheduler.events.kept_plan import with_kept_plan
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from services.plans.waived_rules import WAIVABLE_RULES
from tests.complete import complete, complete_plan
from tests.corruptions import CATALOGUE, Corruption
from tests.known import known

MISFITTING = {
    *("activity_missing", "activity_twice", "activity_unknown", "stages_missing", "outside_horizon"),
    *("other_problem", "other_first_monday", "inspector_unknown", "team_of_unknown_activity"),
    "too_many_members",
}
"""Rules without which a plan is none of its problem."""

WAIVED = [corruption for corruption in CATALOGUE if corruption.rules and corruption.rules <= KEPT_RULES]


def kept(problem: Problem, plan: Plan) -> tuple[Problem, Plan]:
    """The problem in which the plan's dates and limits may be as they are, and the plan for it."""
    found = with_kept_limits(with_kept_dates(problem, plan), plan)
    return found, make_plan(found, plan.starts(), plan.members)


@pytest.mark.parametrize("corruption", CATALOGUE, ids=lambda corruption: corruption.name)
def test_every_plan_of_its_problem_is_answered_for(corruption: Corruption) -> None:
    """Whatever rule it breaks; what the present week costs is what it costs."""
    problem, plan = corruption.damaged(0)
    if misfits(problem, plan):
        assert corruption.rules & MISFITTING or corruption.name == "swapped_weeks"
        return
    assert not corruption.rules & MISFITTING
    today, now = kept(problem, plan)
    state = PlanState(today, now)
    review = next(own.id for own in problem.activities if own.team is not None)
    answer = week_candidates(state, review)
    assert (answer.date_cost, answer.people_cost) == (now.costs.date_cost, now.costs.team_cost)
    assert [own.week for own in answer.weeks if own.is_present] == [plan.starts()[review][0]]


@pytest.mark.parametrize(
    "corruption",
    [
        found
        for found in CATALOGUE
        if found.name in ("closed_week", "anonymous_pool_exceeded", "absent_person")
    ],
    ids=lambda corruption: corruption.name,
)
def test_every_plan_of_its_problem_is_explained(corruption: Corruption) -> None:
    today, now = kept(*corruption.damaged(0))
    answer = explain(today, now, "south")
    assert answer.plan_cost == now.costs.date_cost
    assert all(own.cost == answer.plan_cost - own.saving for own in answer.alternatives)


@pytest.mark.parametrize("corruption", WAIVED, ids=lambda corruption: corruption.name)
def test_rules_give_way_to_a_plan_and_its_costs_stay(corruption: Corruption) -> None:
    problem, plan = corruption.damaged(0)
    if misfits(problem, plan):
        return
    found = with_kept_plan(problem, plan)
    now = make_plan(found, plan.starts(), plan.members)
    assert faults(found, now) == ()
    assert now.costs == plan.costs


def test_a_plan_that_keeps_the_rules_leaves_them_as_they_are() -> None:
    assert with_kept_plan(complete(), complete_plan()) == complete()


def test_what_may_be_replanned_is_what_may_be_waived() -> None:
    """A lack of people is a cost."""
    assert WAIVABLE_RULES.keys() - SHORTAGE_RULES == KEPT_RULES


def test_a_limit_gives_way_no_further_than_the_plan_goes() -> None:
    """R014: one more would break it as before."""
    corruption = next(found for found in WAIVED if found.name == "too_many_in_a_period")
    problem, plan = corruption.damaged(0)
    wider = with_kept_limits(problem, plan)
    (limit,) = (found for found in wider.period_limits if found not in problem.period_limits)
    begun = [
        own
        for own in problem.activities
        if own.kind in limit.kinds and plan.starts()[own.id][0] in limit.span
    ]
    assert known(limit.maximum) + (0 if limit.price is None else limit.max_excess) == len(begun)
