"""Teams by hand: whoever is still free stays, others take the places of those who are not, and other teams stay."""

from collections.abc import Collection, Sequence

from scheduler.nearby.linked_areas import Units
from scheduler.nearby.model import Aim, JointModel
from scheduler.nearby.people import Schedule
from scheduler.people.roster import Roster
from scheduler.people.staff import Staff
from scheduler.people.work_weeks import occupied_weeks
from scheduler.run.progress import Progress
from scheduler.values.plan import TeamMember
from scheduler.values.problem import Activity, Problem, Seated
from scheduler.values.result import SolveParams
from scheduler.values.value import Starts

SECONDS = 5.0
"""A few teams take far less; this is for a machine that has much else to do."""

AIMS: tuple[Aim, ...] = ("uncovered", "present_people", "cost")


def refitted(
    units: Units,
    starts: Starts,
    members: Sequence[TeamMember],
    reviews: Collection[str],
    keeping: TeamMember | None = None,
) -> tuple[TeamMember, ...]:
    """The teams of a plan after the dates or people of some reviews have changed; all other teams stay.

    Of these reviews as few places as possible stay uncovered; then as many people as possible keep theirs; then
    those who come are the cheapest. Places for which nobody is free stay open.

    Parameters
    ----------
    starts
        Start weeks of every activity, the new ones.
    members
        The teams so far, also of people who can't be there any more.
    keeping
        Somebody who stays in their place whoever else comes.
    """
    staff = Staff(units.problem if keeping is None else _kept_for(units.problem, keeping))
    asked = [name for name in reviews if name in staff.reviews]
    if not asked:
        return tuple(members)
    model = JointModel(units, staff, Schedule(starts, tuple(members)), {}, asked, rings=0)
    found = model.solve(AIMS, SolveParams(num_workers=1), SECONDS, Progress("teams", SECONDS))
    if found is not None:
        return found.members
    return _those_who_may_stay(staff, starts, members, asked)


def freed(
    units: Units, starts: Starts, members: Sequence[TeamMember], new: TeamMember
) -> tuple[tuple[TeamMember, ...], list[str]]:
    """The teams in which somebody has a new place, without the places that they can't keep beside it.

    Parameters
    ----------
    members
        The teams without whoever had the place before.

    Returns
    -------
    The teams, and the reviews of which they give up a place: another one of this team, and those of other teams at
    work or resting in the same weeks.
    """
    staff = Staff(units.problem)
    rest_weeks = int(staff.rests[staff.number[new.inspector]])
    taken = occupied_weeks(staff.weeks(new.activity, starts), rest_weeks)
    given_up = [
        member
        for member in members
        if member.inspector == new.inspector
        and (
            member.activity == new.activity
            or not taken.isdisjoint(occupied_weeks(staff.weeks(member.activity, starts), rest_weeks))
        )
    ]
    kept = tuple(member for member in members if member not in given_up)
    return (*kept, new), list(dict.fromkeys(member.activity for member in given_up))


def _kept_for(problem: Problem, member: TeamMember) -> Problem:
    """The problem in which a place is kept for somebody."""

    def reserving(activity: Activity) -> Activity:
        held = activity.team.reserved if activity.team is not None else ()
        return activity.reserving((*held, Seated(skill=member.skill, inspector=member.inspector)))

    return problem.with_activity(member.activity, reserving)


def _those_who_may_stay(
    staff: Staff, starts: Starts, members: Sequence[TeamMember], asked: Collection[str]
) -> tuple[TeamMember, ...]:
    """The teams without those who can't be there: where the other teams break rules no model has an answer."""
    kept = [member for member in members if member.activity not in asked]
    roster = Roster(staff, starts, kept)
    for member in (member for member in members if member.activity in asked):
        review, weeks = staff.reviews[member.activity], staff.weeks(member.activity, starts)
        if roster.may_sit(review, member.skill, weeks)[staff.number[member.inspector]]:
            kept.append(member)
            roster.put(review, starts[review.id], [member])
    return tuple(kept)
