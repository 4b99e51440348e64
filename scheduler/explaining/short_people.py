"""How many people dates lack, who could fill a missing seat, and why each of them is not free."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from scheduler.cost import seats, uncovered_places
from scheduler.explaining.short_pools import ShortPool, least_lack, telling
from scheduler.explaining.shortfall import MissingPerson
from scheduler.explaining.without_area import Situation
from scheduler.nearby.people_around import Teams, changed_people, teams_near
from scheduler.people.eligibility import attendance, has_skill, is_independent
from scheduler.people.work_weeks import occupied_weeks, team_weeks
from scheduler.values.plan import TeamMember
from scheduler.values.problem import Activity, Inspector, Problem
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


def holders(
    problem: Problem, missing: MissingPerson, starts: Starts, members: Sequence[TeamMember]
) -> tuple[Holder, ...]:
    """Everybody with the missing skill, in the order of the problem.

    Parameters
    ----------
    starts, members
        Dates and teams in which the seat is empty.
    """
    reviews = {own.id: own for own in problem.activities if own.team is not None}
    review = reviews[missing.activity]
    teams: dict[str, list[str]] = {}
    for own in members:
        teams.setdefault(own.inspector, []).append(own.activity)
    present = attendance(problem)
    return tuple(
        _holder(
            problem,
            review,
            inspector,
            present[n],
            missing,
            starts,
            [reviews[r] for r in teams.get(inspector.id, [])],
        )
        for n, inspector in enumerate(problem.inspectors)
        if has_skill(inspector, missing.skill)
    )


def _holder(
    problem: Problem,
    review: Activity,
    inspector: Inspector,
    present: Sequence[bool],
    missing: MissingPerson,
    starts: Starts,
    others: Sequence[Activity],
) -> Holder:
    weeks = missing.weeks
    if inspector.trained_from > weeks[0]:
        return Holder(inspector=inspector.id, why="not_trained")
    away = tuple(week for week in weeks if not (0 <= week < len(present) and present[week]))
    if away:
        return Holder(inspector=inspector.id, why="away", weeks=away)
    if not is_independent(inspector, review):
        return Holder(inspector=inspector.id, why="not_independent")
    if review in others:
        return Holder(inspector=inspector.id, why="same_team")
    occupied = occupied_weeks(weeks, inspector.rest_weeks)
    busy = tuple(
        own.id
        for own in others
        if occupied & occupied_weeks(team_weeks(own, starts[own.id]), inspector.rest_weeks)
    )
    if busy:
        return Holder(inspector=inspector.id, why="busy", activities=busy)
    for period in _full_periods(problem, inspector, weeks[0], others, starts):
        return Holder(inspector=inspector.id, why="at_maximum", period=period)
    return Holder(inspector=inspector.id, why="other")


def _full_periods(
    problem: Problem, inspector: Inspector, first: Week, others: Sequence[Activity], starts: Starts
) -> Iterator[str]:
    """Periods of the week in which the person has begun as many reviews as allowed."""
    begun = [min(team_weeks(own, starts[own.id]), default=None) for own in others]
    for period in problem.periods:
        maximum = inspector.max_reviews.get(period.kind)
        count = sum(week is not None and week in period.span for week in begun)
        if maximum is not None and first in period.span and count >= maximum:
            yield period.id


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
    """One entry for each uncovered seat, those of the activities named `first` before others."""
    filled = Counter((own.activity, own.skill) for own in members)
    reviews = [own for own in problem.activities if own.team is not None]
    return [
        MissingPerson(activity=review.id, skill=skill, weeks=team_weeks(review, starts[review.id]))
        for review in sorted(reviews, key=lambda own: own.id not in first)
        for skill, count in seats(review).items()
        for _ in range(count - filled[review.id, skill])
    ]
