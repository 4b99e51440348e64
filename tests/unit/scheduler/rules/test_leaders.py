"""Teams have a qualified leader (R057)."""

from scheduler.checking.checker import check
from scheduler.values.value import LEADER
from tests.builders import members, one_area, review, team
from tests.complete import complete, complete_plan
from tests.rule_cases.judges import APART, Judge, people
from tests.rule_cases.plans import GOOD, rules_of_team


def test_a_missing_leader_is_named_r057():
    """The seat is named even where the plan owns up to it as an uncovered place."""
    problem = complete()
    seats = {"safeguarding": "bob", "camhs": "cat"}
    found = check(problem, complete_plan(problem, teams={"jar-north": seats}))
    assert [(v.rule, v.place, v.requirement) for v in found] == [
        ("leader_missing", "jar-north (North)", "R057")
    ]


def test_any_body_may_lead_but_only_a_qualified_leader_r057():
    assert rules_of_team(GOOD | {"leader": "eve"}) == {"leader_unqualified"}
    assert rules_of_team({"leader": "dan", "safeguarding": "bob", "education": "ann"}) == set()


def test_a_team_without_a_leaders_seat_needs_none():
    problem = one_area(
        activities=(
            review("north", team=team("safeguarding", "education", needs_leader=False, min_members=2)),
        )
    )
    assert rules_of_team({"safeguarding": "bob", "education": "dan"}, problem) == set()
    assert rules_of_team(GOOD, problem) == {"too_many_members"}


def test_only_a_qualified_leader_may_lead_r057(judge: Judge) -> None:
    assert not judge(people(), APART, members({"jar-north": {LEADER: "bob"}}))
