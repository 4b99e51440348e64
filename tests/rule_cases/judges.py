"""Two judges of teams: the assignment in the making (weeks and counts), and the CP-SAT model (rows).

A seat that no column stands for is refused by both."""

from collections.abc import Callable
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from scheduler.people.quick_teams import Assignment
from scheduler.people.team_model import TeamModel
from scheduler.teams.part import TeamPart
from scheduler.teams.rows import TeamRows
from scheduler.values.plan import TeamMember
from scheduler.values.problem import Period, Problem
from scheduler.values.value import LEADER
from tests.builders import (
    inspector,
    members,
    review,
    span,
    team,
    two_areas,
)

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


def full_team(body: str, **team_changes: Any) -> tuple[Problem, tuple[TeamMember, ...]]:
    """A full team of three; ann and bob are of Ofsted, cat of `body`."""
    cat = inspector("cat", body, "safeguarding")
    bob = inspector("bob", "Ofsted", "education")
    ann = inspector("ann", "Ofsted", is_leader=True)
    wanted = team("safeguarding", "education", **team_changes)
    problem = people(inspectors=(ann, bob, cat), activities=(review("north", team=wanted), review("south")))
    return problem, members({"jar-north": {LEADER: "ann", "education": "bob", "safeguarding": "cat"}})
