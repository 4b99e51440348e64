"""How many people dates lack, who could fill a missing seat, and why each of them is not free."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Literal

from scheduler.cost import seats, uncovered_places
from scheduler.explaining.short_pools import ShortPool, least_lack, telling
from scheduler.explaining.shortfall import MissingPerson
from scheduler.explaining.situation import Situation
from scheduler.nearby.people_around import Teams, changed_people, teams_near
from scheduler.people.capacity import body_demand
from scheduler.people.eligibility import has_skill
from scheduler.people.roster import Roster, WhyNot
from scheduler.people.work_weeks import team_weeks
from scheduler.values.plan import TeamMember
from scheduler.values.problem import Inspector, Problem
from scheduler.values.value import Identifier, Starts, Value, Week

Why = Literal["not_trained", "away", "not_independent", "same_team", "busy", "at_maximum", "other"]
"""Not trained yet, away in some of the weeks, a conflict or rotation, in another seat of this team, working on or
resting after other reviews, at the maximum of a period, or kept by another rule (bodies of a team, drafting)."""


class Holder(Value):
    """An inspector with a missing skill and what stands in the way.

    Attributes
    ----------
    activities
        The reviews that keep the person busy.
    weeks
        The weeks of absence.
    period
        The period whose maximum is reached.
    """

    inspector: Identifier
    why: Why
    activities: tuple[str, ...] = ()
    weeks: tuple[Week, ...] = ()
    period: str = ""


class SeatHolders(Value):
    """A missing person, and everybody who has the skill with what stands in the way of each."""

    seat: MissingPerson
    holders: tuple[Holder, ...]


def holders(roster: Roster, missing: MissingPerson) -> tuple[Holder, ...]:
    """Everybody with the missing skill, in the order of the problem.

    Parameters
    ----------
    roster
        Dates and teams in which the seat is empty.
    """
    review = roster.staff.reviews[missing.activity]
    return tuple(
        _holder(inspector, roster.why_not(number, review, missing.skill, missing.weeks))
        for number, inspector in enumerate(roster.staff.problem.inspectors)
        if has_skill(inspector, missing.skill)
    )


def _holder(inspector: Inspector, found: WhyNot | None) -> Holder:
    """Why somebody is not in a seat that they could fill by themselves is not to be seen from them alone."""
    if found is None or found.why in ("no_skill", "kept", "drafting"):
        return Holder(inspector=inspector.id, why="other")
    return Holder(
        inspector=inspector.id,
        why=found.why,
        activities=found.activities,
        weeks=found.weeks,
        period=found.period,
    )


@dataclass(frozen=True)
class PeopleShortfall:
    """Missing people, whether fewer are proven not to do, the teams, how many people change in other teams, and
    the counts that show the lack."""

    missing: tuple[MissingPerson, ...]
    is_proven: bool
    teams: Teams
    changed: int
    pools: tuple[ShortPool, ...] = ()


def people_shortfall(situation: Situation, component: int, timetable: tuple[Week, ...]) -> PeopleShortfall:
    """The fewest people to be added so that no more places stay uncovered than in the plan now."""
    problem, members = situation.problem, situation.plan.members
    starts, moved = situation.moved(component, timetable), situation.graph.names(component)
    accepted = uncovered_places(problem, members)
    pools = situation.people.short(component, timetable, starts)
    teams = teams_near(situation.units, situation.staff, starts, members, moved, accepted, least_lack(pools))
    lack = max(0, teams.uncovered - accepted)
    missing = tuple(open_seats(problem, starts, teams.members, moved)[:lack])
    is_proven = lack == 0 or teams.bound == teams.uncovered
    changed = changed_people(members, teams.members, moved)
    return PeopleShortfall(missing, is_proven, teams, changed, telling(pools) if missing else ())


def open_seats(
    problem: Problem, starts: Starts, members: Sequence[TeamMember], first: tuple[str, ...] = ()
) -> list[MissingPerson]:
    """One entry for each uncovered seat, those of the activities named `first` before others.

    As many seats of a team as members of some bodies are missing are for them (R144).
    """
    filled = Counter((member.activity, member.skill) for member in members)
    body_of = {inspector.id: inspector.body for inspector in problem.inspectors}
    there = Counter((member.activity, body_of[member.inspector]) for member in members)
    reviews = [activity for activity in problem.activities if activity.team is not None]
    found = []
    for review in sorted(reviews, key=lambda review: review.id not in first):
        weeks = team_weeks(review, starts[review.id])
        wanted = [body for body, least in body_demand(review) for _ in range(least - there[review.id, body])]
        skills = [
            skill for skill, count in seats(review).items() for _ in range(count - filled[review.id, skill])
        ]
        for skill, body in zip(skills, chain(wanted, repeat("")), strict=False):
            found.append(MissingPerson(activity=review.id, skill=skill, weeks=weeks, body=body))
    return found
