"""Seats belong to people and activities of the problem."""

from scheduler.checking.checker import check
from scheduler.cost import make_plan
from scheduler.values.plan import TeamMember
from tests.builders import (
    messages,
    one_area,
)


def test_unknown_people_and_activities_are_named():
    problem = one_area()
    strangers = (
        TeamMember(activity="jar-north", skill="safeguarding", inspector="zoe"),
        TeamMember(activity="jar-nowhere", skill="safeguarding", inspector="bob"),
    )
    plan = make_plan(problem, {"jar-north": (8, 11)}, ())
    found = check(problem, plan.model_copy(update={"members": strangers}))
    assert "this inspector is not in the problem" in messages(found)
    assert "this activity is not in the problem" in messages(found)
