"""Who is there: inspectors as bits of whole numbers, by week and by skill."""

from collections import Counter
from collections.abc import Callable
from functools import partial

from scheduler.values.problem import Activity, Inspector, PastReview, Period, Problem
from scheduler.values.value import LEADER

People = int
"""A set of inspectors: bit `i` is set if the problem's inspector number `i` belongs to it."""


def demanded(activity: Activity) -> Counter[str]:
    """Seats of a team by skill; the leader's seat is one of skill 'leader' (R057)."""
    seats: Counter[str] = Counter()
    if activity.team is not None:
        seats.update({LEADER: 1} if activity.team.needs_leader else {})
        for place in activity.team.places:
            seats[place.skill] += place.count
    return seats


def needed_of_bodies(activity: Activity) -> dict[str, int]:
    """Fewest inspectors of a team by body, beside those who come for joint places (R035, R144)."""
    needed: dict[str, int] = {}
    if activity.team is None:
        return needed
    for quota in activity.team.quotas:
        lent = sum(place.count for place in activity.team.joint if place.body == quota.body)
        if quota.minimum > lent:
            needed[quota.body] = quota.minimum - lent
    return needed


class Staff:
    """The inspectors of a problem.

    Attributes
    ----------
    skills
        All demanded skills.
    rest
        The weeks of rest that everybody who can take any seat has at least.
    there
        For each week of the horizon the people who may do team work in it (R062).
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._gone = self._gone_weeks()
        self.skills = frozenset(skill for activity in problem.activities for skill in demanded(activity))
        self._by_skill = {skill: self._who(partial(_has, skill)) for skill in self.skills}
        useful = self.able(self.skills)
        self.rest = min(
            (p.rest_weeks for number, p in enumerate(problem.inspectors) if useful >> number & 1), default=0
        )
        self.there = [self._who(partial(self._is_there, week)) for week in range(problem.num_weeks)]
        self._throughout: dict[tuple[int, int], People] = {}
        self._independent: dict[tuple[str, tuple[str, ...]], People] = {}

    def able(self, skills: frozenset[str]) -> People:
        """People with at least one of the skills."""
        people = 0
        for skill in skills:
            people |= self._by_skill[skill]
        return people

    def of_body(self, body: str) -> People:
        """People of a body who have a demanded skill."""
        return self.able(self.skills) & self._who(lambda person: person.body == body)

    def there_lately(self, week: int) -> People:
        """People who are there in a week or were in one of the `rest` weeks before it."""
        people = 0
        for earlier in range(max(0, week - self.rest), min(week, len(self.there) - 1) + 1):
            people |= self.there[earlier]
        return people

    def there_throughout(self, first: int, length: int) -> People:
        """People who are there in all of some weeks; nobody beyond the horizon."""
        key = (first, length)
        if key not in self._throughout:
            weeks = self.there[first : first + length]
            people = -1 if len(weeks) == length else 0
            for there in weeks:
                people &= there
            self._throughout[key] = people
        return self._throughout[key]

    def independent(self, activity: Activity) -> People:
        """People without conflict of interest in its area who did not work there the last time (R062)."""
        area, last_team = activity.area, activity.previous_team
        if (area, last_team) not in self._independent:
            self._independent[area, last_team] = self._who(
                lambda p: area not in p.conflicts and area not in p.previous_areas and p.id not in last_team
            )
        return self._independent[area, last_team]

    def most_reviews(self, able: People, period: Period) -> int | None:
        """How many reviews some people may begin in a period; None if unbounded."""
        total = 0
        for number, person in enumerate(self.problem.inspectors):
            most = self.may_begin(person, period) if able >> number & 1 else 0
            if most is None:
                return None
            total += most
        return total

    def may_begin(self, person: Inspector, period: Period) -> int | None:
        """Reviews that a person may yet begin in a period, beside those that are done (R028); None if unbounded."""
        if period.kind not in person.max_reviews:
            return None
        first_weeks = [min(review.team_weeks) for review in _past(self.problem, person)]
        begun = sum(period.span.first <= week < period.span.end for week in first_weeks)
        return max(0, person.max_reviews[period.kind] - begun)

    def _who(self, holds: Callable[[Inspector], bool]) -> People:
        return sum(1 << number for number, person in enumerate(self.problem.inspectors) if holds(person))

    def _is_there(self, week: int, person: Inspector) -> bool:
        is_there = person.percent >= self.problem.min_percent and week not in self._gone[person.id]
        return week >= person.trained_from and is_there

    def _gone_weeks(self) -> dict[str, set[int]]:
        """Weeks of absences that leave too little, and of reviews which are done with the rest after them."""
        weeks, gone = self.problem.num_weeks, {person.id: set[int]() for person in self.problem.inspectors}
        for person in self.problem.inspectors:
            for absence in person.absences:
                if absence.percent_available < self.problem.min_percent:
                    gone[person.id].update(range(absence.span.first, min(absence.span.end, weeks)))
            for review in _past(self.problem, person):
                last = max(review.team_weeks)
                gone[person.id] |= {*review.team_weeks, *range(last + 1, last + 1 + person.rest_weeks)}
        return gone


def _past(problem: Problem, person: Inspector) -> list[PastReview]:
    return [review for review in problem.past_reviews if person.id in (*review.members, review.leader)]


def _has(skill: str, person: Inspector) -> bool:
    return person.is_leader if skill == LEADER else skill in person.skills
