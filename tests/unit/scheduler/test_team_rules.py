"""Every rule of teams alone: some seats are fixed, one rule is added, both judges accept or refuse.

The judges are the assignment in the making (weeks and counts) and the CP-SAT model (rows); a seat that no
column stands for is refused by both.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from ortools.sat.python import cp_model

from scheduler.plan import TeamMember
from scheduler.problem import Absence, Period, Place, Problem
from scheduler.team_assignment import Assignment
from scheduler.team_model import TeamModel
from scheduler.team_part import TeamPart
from scheduler.team_rows import TeamRows
from scheduler.value import LEADER
from tests.builders import changed, inspector, members, review, span, team, two_areas

Starts = dict[str, tuple[int, ...]]
Judge = Callable[[Problem, Starts, tuple[TeamMember, ...]], bool]


def in_the_making(problem: Problem, starts: Starts, team: tuple[TeamMember, ...]) -> bool:
    """Whether the seats can be filled one after the other."""
    model = TeamModel(problem, starts)
    columns = [model.column_by_member.get((m.activity, m.skill, m.inspector)) for m in team]
    return None not in columns and Assignment(model).add_all(
        [column for column in columns if column is not None]
    )


def in_the_search(problem: Problem, starts: Starts, team: tuple[TeamMember, ...]) -> bool:
    """Whether CP-SAT finds these seats, filled and no others, feasible."""
    model = TeamModel(problem, starts)
    columns = [model.column_by_member.get((m.activity, m.skill, m.inspector)) for m in team]
    if None in columns:
        return False
    cp = cp_model.CpModel()
    people = TeamPart(cp, TeamRows(model), np.arange(model.num_columns), with_shares=True)
    for column, variable in enumerate(people.chosen):
        cp.add(variable == (column in columns))
    return cp_model.CpSolver().solve(cp) == cp_model.OPTIMAL


@pytest.fixture(params=[in_the_making, in_the_search])
def judge(request: pytest.FixtureRequest) -> Judge:
    chosen: Judge = request.param
    return chosen


def people(**changes: Any) -> Problem:
    """Ann leads and knows education, bob knows both skills; both are always there."""
    ann = inspector("ann", "Ofsted", "education", is_leader=True)
    bob = inspector("bob", "CSCI", "safeguarding", "education")
    periods = (Period(id="FY", kind="financial_year", span=span(0, 10)),)
    return two_areas(**{"inspectors": (ann, bob), "periods": periods} | changes)


APART: Starts = {"jar-north": (0, 3), "jar-south": (6, 9)}
LEADS = members({"jar-north": {LEADER: "ann"}})
BOTH = members({"jar-north": {LEADER: "ann"}, "jar-south": {LEADER: "ann"}})
PAIR = members({"jar-north": {LEADER: "ann", "education": "bob"}})


def test_seats_may_be_filled_by_able_people(judge: Judge) -> None:
    assert judge(people(), APART, PAIR)


def test_only_a_qualified_leader_may_lead_r057(judge: Judge) -> None:
    assert not judge(people(), APART, members({"jar-north": {LEADER: "bob"}}))


def test_a_seat_needs_its_skill_r059(judge: Judge) -> None:
    assert judge(people(), APART, members({"jar-north": {"education": "ann"}}))
    assert not judge(people(), APART, members({"jar-north": {"safeguarding": "ann"}}))


def test_a_person_has_one_seat_in_a_team_r059(judge: Judge) -> None:
    assert judge(people(), APART, PAIR)
    assert not judge(people(), APART, members({"jar-north": {LEADER: "ann", "education": "ann"}}))


def test_no_more_members_than_seats_r055(judge: Judge) -> None:
    crowd = members({"jar-north": {"education": "ann"}}) + members({"jar-north": {"education": "bob"}})
    assert not judge(people(), APART, crowd)
    wide = review("north", team=team("safeguarding", places=(Place(skill="education", count=2),)))
    assert judge(people(activities=(wide, review("south"))), APART, crowd)


def test_nobody_works_on_two_reviews_in_a_week_r028(judge: Judge) -> None:
    assert judge(people(), APART, BOTH)
    assert not judge(people(), APART | {"jar-south": (3, 6)}, BOTH)


def test_the_gap_between_analysis_and_fieldwork_may_be_used_for_another_review(judge: Judge) -> None:
    assert judge(people(), {"jar-north": (0, 3), "jar-south": (2, 5)}, BOTH)
    assert not judge(people(), {"jar-north": (0, 3), "jar-south": (1, 4)}, BOTH)


@pytest.mark.parametrize(("rest_weeks", "accepted"), [(1, True), (2, False)])
def test_after_a_review_follow_weeks_of_rest(judge: Judge, rest_weeks: int, accepted: bool) -> None:
    problem = changed(people(), "inspectors", "ann", rest_weeks=rest_weeks)
    assert judge(problem, APART, BOTH) is accepted


@pytest.mark.parametrize(("maximum", "accepted"), [(2, True), (1, False)])
def test_the_maximum_of_reviews_in_a_period_is_kept_r028(judge: Judge, maximum: int, accepted: bool) -> None:
    problem = changed(people(), "inspectors", "ann", max_reviews={"financial_year": maximum})
    assert judge(problem, APART, BOTH) is accepted


def test_a_review_counts_in_the_period_of_its_first_team_week(judge: Judge) -> None:
    problem = changed(people(), "inspectors", "ann", max_reviews={"financial_year": 1})
    assert judge(problem, APART | {"jar-south": (10, 13)}, BOTH)
    assert not judge(problem, APART | {"jar-south": (9, 12)}, BOTH)


@pytest.mark.parametrize(("week", "accepted"), [(2, True), (3, False)])
def test_a_team_week_in_an_absence_is_refused(judge: Judge, week: int, accepted: bool) -> None:
    problem = changed(people(), "inspectors", "ann", absences=(Absence(span=span(week, week + 1)),))
    assert judge(problem, APART, LEADS) is accepted


@pytest.mark.parametrize(("percent", "accepted"), [(80, True), (79, False)])
def test_a_seat_needs_most_of_a_week(judge: Judge, percent: int, accepted: bool) -> None:
    assert judge(changed(people(), "inspectors", "ann", percent=percent), APART, LEADS) is accepted


@pytest.mark.parametrize(("trained_from", "accepted"), [(0, True), (1, False)])
def test_nobody_joins_before_being_trained_r062(judge: Judge, trained_from: int, accepted: bool) -> None:
    assert judge(changed(people(), "inspectors", "ann", trained_from=trained_from), APART, LEADS) is accepted


@pytest.mark.parametrize("reason", ["conflicts", "previous_areas"])
def test_nobody_inspects_an_area_with_a_conflict_or_twice_running(judge: Judge, reason: str) -> None:
    assert judge(changed(people(), "inspectors", "ann", **{reason: ("south",)}), APART, LEADS)
    assert not judge(changed(people(), "inspectors", "ann", **{reason: ("north",)}), APART, LEADS)


def full_team(body: str, **team_changes: Any) -> tuple[Problem, tuple[TeamMember, ...]]:
    """A full team of three; ann and bob are of Ofsted, cat of `body`."""
    cat = inspector("cat", body, "safeguarding")
    bob = inspector("bob", "Ofsted", "education")
    ann = inspector("ann", "Ofsted", is_leader=True)
    wanted = team("safeguarding", "education", **team_changes)
    problem = people(inspectors=(ann, bob, cat), activities=(review("north", team=wanted), review("south")))
    return problem, members({"jar-north": {LEADER: "ann", "education": "bob", "safeguarding": "cat"}})


def test_a_team_comes_from_two_bodies_r056(judge: Judge) -> None:
    assert judge(full_team("CSCI")[0], APART, full_team("CSCI")[1])
    assert not judge(full_team("Ofsted")[0], APART, full_team("Ofsted")[1])


def test_a_team_may_be_asked_to_come_from_three_bodies(judge: Judge) -> None:
    problem, whole = full_team("CSCI", min_bodies=3)
    assert not judge(problem, APART, whole)
    assert judge(changed(problem, "inspectors", "bob", body="HMIC"), APART, whole)


def test_an_uncovered_seat_may_still_bring_another_body_r056(judge: Judge) -> None:
    problem, whole = full_team("Ofsted")
    assert judge(problem, APART, whole[:2])


def test_a_team_smaller_than_its_number_of_bodies_needs_one_body_per_member(judge: Judge) -> None:
    alone = review("north", team=team(min_members=1, min_bodies=2))
    assert judge(people(activities=(alone, review("south"))), APART, LEADS)
