"""From a problem, its published plan and an event to the problem that a new plan has to solve."""

from collections import defaultdict
from collections.abc import Iterator

from scheduler.checking.checker import faults, misfits
from scheduler.events.changes import changed
from scheduler.events.freeze import frozen, held_but_impossible
from scheduler.events.kept_plan import KEPT_RULES, with_kept_plan
from scheduler.events.kinds import Event
from scheduler.events.passed_weeks import seats_of, with_begun_stages_open, with_people_at_work
from scheduler.events.settled import NOTHING_SETTLED, Hold, Settled
from scheduler.events.sound_events import CANCEL_FIRST, event_findings
from scheduler.events.stability import StabilityRule
from scheduler.validating.validation import require_valid
from scheduler.values.errors import Finding, InvalidProblem
from scheduler.values.plan import Plan
from scheduler.values.problem import Activity, Problem
from scheduler.values.value import Week

HELD: dict[Hold, tuple[str, str]] = {
    "under_way": ("is under way", CANCEL_FIRST),
    "notified": ("has had its notice", "Name it as one that may move, and give notice anew."),
}
"""What is said of an activity that keeps its dates, and what can be done about it."""


def apply(
    problem: Problem,
    plan: Plan,
    event: Event,
    now_week: Week,
    rule: StabilityRule | None = None,
    settled: Settled = NOTHING_SETTLED,
) -> Problem:
    """The problem after an event, in which the plan is what was published.

    Parameters
    ----------
    plan
        A plan for `problem`. Rules that people can live with (`KEPT_RULES`) give way to it, and its dates and teams
        stay as if they kept them (R094).
    now_week
        The present week: what begins before it has begun.
    rule
        The frozen zone and the prices of changing what was announced.
    settled
        What keeps its dates besides, and whether the present week has begun.

    Raises
    ------
    InvalidProblem
        With everything that makes no sense: an unknown name, weeks outside the horizon or in the past, a plan
        that breaks other rules, an event that leaves an activity no week at all, or that makes dates impossible which
        have to stay.
    """
    rule = rule or StabilityRule()
    _refuse(
        tuple(_plan_findings(problem, plan)) or tuple(event_findings(problem, plan, event, now_week, settled))
    )
    starts, first_open = plan.starts(), settled.first_open(now_week)
    announced = with_kept_plan(_announced(problem, plan, rule, now_week), plan)
    after = changed(announced, plan, event, now_week, settled)
    after = with_begun_stages_open(after, starts, first_open)
    _refuse(tuple(_held_findings(after, plan, event, now_week, settled)))
    after = with_people_at_work(after, seats_of(plan), starts, first_open)
    after = frozen(after, plan, event, now_week, now_week + rule.frozen_weeks, settled)
    require_valid(after)
    return after


def _refuse(findings: tuple[Finding, ...]) -> None:
    if findings:
        raise InvalidProblem(findings)


def _held_findings(
    after: Problem, plan: Plan, event: Event, now_week: Week, settled: Settled
) -> Iterator[Finding]:
    """What has to stay where the event leaves it no room (R019)."""
    for activity, hold in held_but_impossible(after, plan, event, now_week, settled):
        what, advice = HELD[hold]
        message = f"it {what} and keeps its dates, which the event makes impossible."
        yield Finding(f"activity {activity.id}", message, advice)


def _plan_findings(problem: Problem, plan: Plan) -> list[Finding]:
    """Only a plan that breaks no rules but those that may be waived can be replanned."""
    advice = "Change the plan or solve again: a plan that breaks this rule can't be replanned."
    broken = (found for found in faults(problem, plan) if found.rule not in KEPT_RULES)
    return [
        Finding(f"plan, {found.place}", f"{found.rule}: {found.message}", advice)
        for found in dict.fromkeys((*misfits(problem, plan), *broken))
    ]


def _announced(problem: Problem, plan: Plan, rule: StabilityRule, now_week: Week) -> Problem:
    """The problem in which the plan's dates and teams are published."""
    starts, members = plan.starts(), defaultdict(list)
    for member in plan.members:
        members[member.activity].append(member.inspector)

    def announced(activity: Activity) -> Activity:
        team = tuple(sorted(members[activity.id]))
        published = rule.published(activity, starts[activity.id], team, now_week)
        return activity.model_copy(update={"published": published})

    return problem.with_activities(announced)
