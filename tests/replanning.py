"""Small published plans to replan: three reviews one after the other, and two teams of two people."""

from typing import Any

from scheduler.checking.checker import SHORTAGE_RULES, check
from scheduler.cost import make_plan
from scheduler.events import Event
from scheduler.events.stability import StabilityRule
from scheduler.replanning.replanner import replan
from scheduler.replanning.result import ReplanParams, ReplanResult
from scheduler.values.plan import Plan
from scheduler.values.problem import Calendar, Problem
from scheduler.values.value import LEADER
from tests.builders import LONDON, area, inspector, members, one_area, review, span, team

STARTS = {"jar-north": (2, 5), "jar-south": (10, 13), "jar-west": (20, 23)}
TEAMS = {
    "jar-north": {LEADER: "ann", "education": "cat"},
    "jar-south": {LEADER: "ann", "education": "cat"},
    "jar-west": {LEADER: "ann", "education": "cat"},
}
CALENDARS = (Calendar(id="office"), Calendar(id="school"))


def three_reviews(**changes: Any) -> Problem:
    """Reviews in three areas; ann and dan lead, cat and eve know education."""
    wanted = team("education", min_members=2)
    names = ("north", "south", "west")
    usual: dict[str, Any] = {
        "areas": (area("North"), area("South", LONDON), area("West")),
        "activities": tuple(review(name, team=wanted, urgency_price=1) for name in names),
        "calendars": CALENDARS,
        "inspectors": (
            inspector("ann", "Ofsted", is_leader=True),
            inspector("cat", "CSCI", "education"),
            inspector("dan", "HMIC", is_leader=True, home=LONDON),
            inspector("eve", "CSCI", "education", home=LONDON),
        ),
    }
    return one_area(**usual | changes)


def short_handed(**changes: Any) -> Problem:
    """The same with ann and cat only."""
    people = three_reviews().inspectors[:2]
    return three_reviews(**{"inspectors": people} | changes)


def published(problem: Problem) -> Plan:
    """The plan that was announced."""
    return make_plan(problem, STARTS, members(TEAMS))


def replanned(
    problem: Problem, event: Event, plan: Plan | None = None, frozen_weeks: int = 0, **changes: Any
) -> ReplanResult:
    """The answer to an event; every plan in it keeps the rules."""
    rule = StabilityRule(frozen_weeks=frozen_weeks)
    usual: dict[str, Any] = {"stability": rule, "num_workers": 1, "with_alternatives": False}
    found = replan(problem, plan or published(problem), event, ReplanParams(**usual | changes))
    for choice in found.choices:
        broken = {fault.rule for fault in check(found.problem, choice.plan)}
        assert broken <= SHORTAGE_RULES
    return found


def window(first: int, end: int) -> dict[str, Any]:
    """A start window as a change of an activity."""
    return {"start_window": span(first, end)}
