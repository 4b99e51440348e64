"""A review that is done, beside two that ann may lead."""

from typing import Any

from scheduler.checking.checker import check
from scheduler.cost import make_plan
from scheduler.values.plan import TeamMember
from scheduler.values.problem import PastReview, Problem
from tests.builders import changed
from tests.rule_cases.judges import Starts, people


def after_past(*team_weeks: int, **changes: Any) -> Problem:
    """Ann worked on another review in these weeks; `changes` are hers."""
    done = PastReview(id="jar-done", area="north", team_weeks=team_weeks, members=("ann",))
    return changed(people(), "inspectors", "ann", **changes).model_copy(update={"past_reviews": (done,)})


def keeps_people_rules(problem: Problem, starts: Starts, team: tuple[TeamMember, ...]) -> bool:
    """Whether the checker finds nothing but empty leaders' seats."""
    return {v.rule for v in check(problem, make_plan(problem, starts, team))} <= {"leader_missing"}
