"""The teams that certain dates need: as few uncovered seats as possible, and of these as few changes as possible."""

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.cost import uncovered_places
from scheduler.nearby.linked_areas import Units
from scheduler.nearby.model import Aim, JointModel
from scheduler.nearby.people import Schedule
from scheduler.people.staff import Staff
from scheduler.run.progress import Progress
from scheduler.teams.assignment import assign_teams
from scheduler.values.plan import TeamMember
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
    units: Units,
    staff: Staff,
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
    problem = units.problem
    others = tuple(member for member in members if member.activity not in moved)
    if (open_seats := uncovered_places(problem, others)) <= max(accepted, known_bound):
        return Teams(others, open_seats, min(known_bound, open_seats))
    near = _near(units, staff, starts, others, moved)
    open_seats = uncovered_places(problem, near)
    if open_seats <= max(accepted, known_bound):
        return Teams(near, open_seats, min(known_bound, open_seats))
    params = SolveParams(teams_seconds=PROOF_SECONDS, team_gap_target=1.0)
    answer = assign_teams(problem, starts, params, hint=near)
    if answer.uncovered < open_seats:
        return Teams(answer.members, answer.uncovered, answer.uncovered_bound)
    return Teams(near, open_seats, answer.uncovered_bound)


def changed_people(before: Sequence[TeamMember], after: Sequence[TeamMember], moved: Sequence[str]) -> int:
    """People who are no longer in their team, those of moved activities left out."""
    lost = {(member.activity, member.inspector) for member in before} - {
        (member.activity, member.inspector) for member in after
    }
    return sum(activity not in moved for activity, _ in lost)


def _near(
    units: Units, staff: Staff, starts: Starts, members: tuple[TeamMember, ...], moved: Sequence[str]
) -> tuple[TeamMember, ...]:
    """Teams in which only reviews near the moved ones have other people."""
    model = JointModel(units, staff, Schedule(starts, members), {}, around=moved)
    aims: tuple[Aim, ...] = ("uncovered", "present_people")
    found = model.solve(aims, SolveParams(num_workers=1), LOCAL_SECONDS, Progress("teams", LOCAL_SECONDS))
    return members if found is None else found.members
