"""Slack with people, against trying every move and asking the independent check."""

import subprocess
import sys
from collections.abc import Sequence

import pytest

from scheduler.checking.checker import check
from scheduler.cost import make_plan
from scheduler.simulating.slack_weeks import REACH_WEEKS, Slack, blocks, slack
from scheduler.values.plan import Plan
from scheduler.values.problem import Absence, Problem
from scheduler.values.value import LEADER
from tests.builders import changed, members, one_area, review, span
from tests.complete import complete, complete_plan

COMPLETE, PLAN = complete(), complete_plan()


def sound_moves(problem: Problem, plan: Plan, names: Sequence[str]) -> tuple[int, ...]:
    """Moves of some activities together that keep every rule with the same teams."""
    found = []
    for weeks in range(-REACH_WEEKS, REACH_WEEKS + 1):
        starts = dict(plan.starts())
        starts.update({name: tuple(week + weeks for week in starts[name]) for name in names})
        inside = all(week >= 0 for own in starts.values() for week in own)
        if weeks and inside and not check(problem, make_plan(problem, starts, plan.members)):
            found.append(weeks)
    return tuple(found)


@pytest.mark.parametrize("name", ["jar-north", "ca-north", "jar-south", "ca-south"])
def test_free_slack_is_every_move_that_the_check_accepts(name: str) -> None:
    (found,) = slack(COMPLETE, PLAN, [name])
    assert found.free_moves == sound_moves(COMPLETE, PLAN, [name])


def test_pinned_activities_have_no_slack_and_are_not_listed() -> None:
    assert {own.activity for own in slack(COMPLETE, PLAN)} == {
        "jar-north",
        "ca-north",
        "jar-south",
        "ca-south",
    }
    (pinned,) = slack(COMPLETE, PLAN, ["yot-north"])
    assert (pinned.free_moves, pinned.total_moves) == ((), ())


def test_a_review_moves_with_the_assessment_within_it() -> None:
    """R034: alone neither has any slack."""
    assert blocks(COMPLETE)["ca-south"] == ("jar-south", "ca-south")
    (found,) = slack(COMPLETE, PLAN, ["jar-south"])
    assert found.free_moves == ()
    assert set(found.total_moves) >= set(sound_moves(COMPLETE, PLAN, ["jar-south", "ca-south"])) != set()


def test_total_slack_takes_any_team_that_is_free() -> None:
    """R047: ann is away after the planned weeks; dan, who is free, could lead."""
    away = (Absence(span=span(13, 40)),)
    problem = changed(one_area(), "inspectors", "ann", absences=away)
    team = {"jar-north": {LEADER: "ann", "safeguarding": "bob", "education": "dan"}}
    plan = make_plan(problem, {"jar-north": (9, 12)}, members(team))
    assert slack(problem, plan, ["jar-north"])[0].free_later == 0
    cover = changed(
        changed(one_area(), "inspectors", "ann", absences=away), "inspectors", "cat", skills=("education",)
    )
    (found,) = slack(cover, make_plan(cover, plan.starts(), plan.members), ["jar-north"])
    assert found.free_later == 0
    assert found.total_later > 0


def test_slack_ends_with_the_window() -> None:
    problem = one_area(activities=(review("north", start_window=span(8, 11), team=None),))
    plan = make_plan(problem, {"jar-north": (9, 12)}, ())
    (found,) = slack(problem, plan)
    assert found == Slack(activity="jar-north", free_moves=(-1, 1), total_moves=(-1, 1))
    assert (found.free_earlier, found.free_later, found.total_earlier, found.total_later) == (1, 1, 1, 1)


@pytest.mark.parametrize("first", ["scheduler.simulating.slack_weeks", "scheduler.simulating"])
def test_either_way_in_can_be_imported_first(first: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import {first}"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
