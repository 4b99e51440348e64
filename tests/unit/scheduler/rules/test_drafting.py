"""The leader's work after the team weeks: few reports are drafted at a time (R052)."""

import pytest

from scheduler.checking.checker import check
from scheduler.cost import make_plan
from scheduler.solving.solver import solve
from scheduler.teams.assignment import assign_teams
from scheduler.values.plan import TeamMember
from scheduler.values.problem import PastReview, Problem
from scheduler.values.result import SolveParams
from scheduler.values.value import LEADER
from tests.builders import inspector, members, review, team, two_areas
from tests.known import known
from tests.rule_cases.judges import Judge

AWAY = {"education": "bob"}
FOLLOWING = {"jar-north": (0, 3), "jar-south": (6, 9)}
"""North works up to week 4, south from week 6 to week 10."""


def problem(drafting_weeks: int, most: int = 1, past: int | None = None) -> Problem:
    """Two reviews that ann may lead, with so many drafting weeks, and perhaps a past one in draft up to a week."""
    wanted = team("education", min_members=2, min_bodies=1, drafting_weeks=drafting_weeks)
    done = PastReview(
        id="jar-past", area="north", team_weeks=(-9, -8), members=("ann",), leader="ann", drafting_end=past
    )
    return two_areas(
        activities=(review("north", team=wanted), review("south", team=wanted)),
        inspectors=(
            inspector("ann", "Ofsted", "education", is_leader=True),
            inspector("bob", "CSCI", "education", is_leader=True),
        ),
        leader_drafts=most,
        past_reviews=() if past is None else (done,),
    )


def team_of(north: str, south: str) -> tuple[TeamMember, ...]:
    other = {"ann": "bob", "bob": "ann"}
    return members(
        {
            "jar-north": {LEADER: north, "education": other[north]},
            "jar-south": {LEADER: south, "education": other[south]},
        }
    )


def checker(found: Problem, starts: dict[str, tuple[int, ...]], seats: tuple[TeamMember, ...]) -> bool:
    return check(found, make_plan(found, starts, seats)) == ()


@pytest.mark.parametrize(("weeks", "accepted"), [(6, True), (7, False)])
def test_a_leader_drafts_one_report_before_the_next_is_begun_r052(judge: Judge, weeks: int, accepted: bool):
    """North is drafted from week 5 on; the draft of south begins in week 11."""
    for decides in (judge, checker):
        assert decides(problem(weeks), FOLLOWING, team_of("ann", "ann")) is accepted
        assert decides(problem(weeks), FOLLOWING, team_of("ann", "bob"))


def test_two_drafts_at_a_time_are_allowed_r052(judge: Judge):
    for decides in (judge, checker):
        assert decides(problem(8, most=2), FOLLOWING, team_of("ann", "ann"))


@pytest.mark.parametrize(("end", "accepted"), [(5, True), (6, False)])
def test_the_draft_of_a_past_review_counts_r052(judge: Judge, end: int, accepted: bool):
    """A report from before the horizon is drafted up to week 4 or 5; that of north begins in week 5."""
    for decides in (judge, checker):
        assert decides(problem(3, past=end), FOLLOWING, team_of("ann", "bob")) is accepted
        assert decides(problem(3, past=end), FOLLOWING, team_of("bob", "ann"))


def test_members_who_do_not_lead_draft_nothing_r052(judge: Judge):
    for decides in (judge, checker):
        assert decides(problem(8), FOLLOWING, team_of("ann", "bob"))


def test_too_many_drafts_are_named_with_leader_and_week_r052():
    found = check(problem(8), make_plan(problem(8), FOLLOWING, team_of("ann", "ann")))
    assert [(v.rule, v.place, v.requirement) for v in found] == [("drafting", "ann", "R052")]
    assert "drafts 2 reports in the week of 21 November 2005 (week 11); at most 1" in found[0].message


def test_teams_are_found_in_which_leaders_take_turns_r052():
    answer = assign_teams(problem(8), FOLLOWING, SolveParams(teams_seconds=5.0))
    assert (answer.uncovered, answer.uncovered_bound) == (0, 0)
    assert len({m.inspector for m in answer.members if m.skill == LEADER}) == 2


def test_a_single_leader_leaves_a_seat_open_and_that_is_proven_r052():
    alone = problem(8).model_copy(update={"inspectors": problem(8).inspectors[:1]})
    answer = assign_teams(alone, FOLLOWING, SolveParams(teams_seconds=5.0))
    assert (answer.uncovered, answer.uncovered_bound) == (2, 2)
    twice = alone.model_copy(update={"leader_drafts": 2})
    assert assign_teams(twice, FOLLOWING, SolveParams(teams_seconds=5.0)).uncovered == 2


def test_dates_move_apart_where_a_leader_could_not_draft_both_r052():
    """One leader, a dear delay: dates alone put the reviews side by side, the repair lets the report be written."""
    pair = problem(8)
    ann, bob = pair.inspectors
    alone = pair.model_copy(
        update={"inspectors": (ann, bob.model_copy(update={"is_leader": False, "skills": ("education",)}))}
    )
    result = solve(alone, SolveParams(dates_seconds=2.0, teams_seconds=2.0))
    plan = known(result.plan)
    assert plan.costs.uncovered_places == 0
    assert check(alone, plan) == ()
    firsts = sorted(starts[0] for starts in plan.starts().values())
    assert firsts[1] - firsts[0] >= 8
