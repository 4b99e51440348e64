"""How many people dates lack, and with what skills, however the teams are re-assigned."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.cost import seats, uncovered_places
from scheduler.people.work_weeks import team_weeks
from scheduler.reasons.people_around import Teams, changed_people, teams_near
from scheduler.reasons.short_pools import ShortPool, least_lack, telling
from scheduler.reasons.shortfall import MissingPerson
from scheduler.reasons.situation import Situation
from scheduler.values.plan import TeamMember
from scheduler.values.problem import Problem
from scheduler.values.value import Starts, Week


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
    teams = teams_near(problem, starts, members, moved, accepted, least_lack(pools))
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
