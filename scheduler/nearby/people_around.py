"""The teams that certain dates need: as few uncovered seats as possible, and of these as few changes as possible."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from scheduler.cost import uncovered_places
from scheduler.people.quick_teams import Assignment
from scheduler.people.team_model import TeamModel, indexes
from scheduler.run.cpsat import new_solver
from scheduler.teams.assignment import assign_teams
from scheduler.teams.part import TeamPart
from scheduler.teams.rows import TeamRows
from scheduler.values.arrays import Ints
from scheduler.values.plan import TeamMember
from scheduler.values.problem import Problem
from scheduler.values.result import SolveParams
from scheduler.values.value import Starts

LOCAL_SECONDS = 10.0
PROOF_SECONDS = 20.0


@dataclass(frozen=True)
class Teams:
    """Teams for some dates: who fills what, uncovered seats, and the least number that is proven."""

    members: tuple[TeamMember, ...]
    uncovered: int
    bound: int


def teams_near(
    problem: Problem,
    starts: Starts,
    members: Sequence[TeamMember],
    moved: Sequence[str],
    accepted: int,
    known_bound: int = 0,
) -> Teams:
    """Teams after some activities have moved: fewest uncovered seats, then fewest people changed in other teams.

    First only the teams around the moved ones may change; if more than `accepted` seats stay uncovered, all
    teams may, and the least number of uncovered seats is proven if time allows.

    Parameters
    ----------
    members
        The teams before.
    moved
        Identifiers of the activities that have moved, whose teams are made anew.
    known_bound
        So many seats stay uncovered at least; where that suffices as a proof nothing else is tried.
    """
    others = tuple(own for own in members if own.activity not in moved)
    if (open_seats := uncovered_places(problem, others)) <= max(accepted, known_bound):
        return Teams(others, open_seats, min(known_bound, open_seats))
    near = _near(problem, starts, members, moved)
    if near.uncovered <= max(accepted, known_bound):
        return replace(near, bound=min(known_bound, near.uncovered))
    params = SolveParams(teams_seconds=PROOF_SECONDS, team_gap_target=1.0)
    answer = assign_teams(problem, starts, params, hint=near.members)
    if answer.uncovered < near.uncovered:
        return Teams(answer.members, answer.uncovered, answer.uncovered_bound)
    return Teams(near.members, near.uncovered, answer.uncovered_bound)


def changed_people(before: Sequence[TeamMember], after: Sequence[TeamMember], moved: Sequence[str]) -> int:
    """People who are no longer in their team, those of moved activities left out."""
    lost = {(own.activity, own.inspector) for own in before} - {
        (own.activity, own.inspector) for own in after
    }
    return sum(activity not in moved for activity, _ in lost)


def _near(problem: Problem, starts: Starts, members: Sequence[TeamMember], moved: Sequence[str]) -> Teams:
    from ortools.sat.python import cp_model

    model = TeamModel(problem, starts)
    if not model.num_columns:
        return Teams((), int(model.counts.sum()), int(model.counts.sum()))
    kept = _kept(model, members, moved)
    columns = np.union1d(_columns_near(model, moved), kept).astype(np.int64)
    cp = cp_model.CpModel()
    part = TeamPart(cp, TeamRows(model), columns, with_shares=False)
    is_kept = np.isin(columns, kept)
    part.hint(is_kept, (model.counts - np.bincount(model.seat[kept], minlength=len(model.seats))).tolist())
    changes = [1 - part.chosen[n] for n in np.flatnonzero(is_kept)]
    cp.minimize(sum(part.uncovered) * (len(changes) + 1) + sum(changes))
    solver = new_solver(SolveParams(num_workers=1), LOCAL_SECONDS)
    status = solver.solve(cp)
    taken = kept
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        taken = columns[[bool(solver.value(own)) for own in part.chosen]]
    found = Assignment(model)
    found.add_all(taken.tolist())
    chosen = model.members(indexes(found.chosen))
    return Teams(chosen, uncovered_places(problem, chosen), 0)


def _kept(model: TeamModel, members: Sequence[TeamMember], moved: Sequence[str]) -> Ints:
    """The columns of present members of teams that have not moved."""
    known = model.column_by_member
    keys = ((own.activity, own.skill, own.inspector) for own in members if own.activity not in moved)
    return indexes(sorted(known[key] for key in keys if key in known))


def _columns_near(model: TeamModel, moved: Sequence[str]) -> Ints:
    """All columns of reviews that run, or end not long before or begin after, beside one of the moved ones."""
    rest = max((own.rest_weeks for own in model.problem.inspectors), default=0)
    near = np.zeros(len(model.reviews), dtype=bool)
    for review, weeks in zip(model.reviews, model.weeks, strict=True):
        if review.id in moved and weeks:
            near |= np.array(
                [bool(o) and o[0] <= weeks[-1] + rest and o[-1] + rest >= weeks[0] for o in model.weeks]
            )
    return np.flatnonzero(near[model.review])
