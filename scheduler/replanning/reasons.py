"""Why an activity moves: whom it makes room for, who of its team is missing, or what it is tied to."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cached_property

from scheduler.nearby.linked_areas import Units
from scheduler.people.staff import Staff
from scheduler.people.work_weeks import occupied_weeks, team_weeks
from scheduler.values.plan import Plan, TeamMember
from scheduler.values.problem import Activity, Problem
from scheduler.values.value import Week
from scheduler.values.words import week_in_words

MOST_NAMED = 2
"""Areas to which an activity gives something that are named."""


class Reasons:
    """Answers for one plan beside the one before it.

    Parameters
    ----------
    problem
        The problem after the event.
    forced
        Activities that cannot keep their dates.
    units
        Those of the problem.
    """

    def __init__(
        self, problem: Problem, before: Plan, after: Plan, forced: Collection[str], units: Units
    ) -> None:
        self.problem, self.forced, self.units = problem, forced, units
        self.staff = Staff(problem)
        self.old, self.new = before.starts(), after.starts()
        self.before, self.after = before, after
        self.areas = {area.id: area.name for area in problem.areas}
        self.activities = {activity.id: activity for activity in problem.activities}

    def why(self, activity: Activity) -> str:
        """In a few words why an activity has other dates than before."""
        if activity.id not in self.old:
            return "made for the event"
        if activity.id in self.forced:
            return "it cannot keep its dates"
        reasons = (
            *self._given(activity),
            *self._left(activity),
            *self._missing(activity),
            *self._tied(activity),
        )
        return next(iter(reasons), "all costs together are lower there")

    def _given(self, activity: Activity) -> Iterator[str]:
        """Its people who work for others now, in weeks in which they would have worked or rested here."""
        given: dict[str, list[str]] = defaultdict(list)
        for member in self._team(activity.id):
            other = self._new_work(member, activity)
            if other is not None:
                given[other].append(member.skill.replace("_", " "))
        for name, skills in sorted(given.items(), key=lambda item: -len(item[1]))[:MOST_NAMED]:
            first = week_in_words(self.problem.first_monday, self._weeks(name)[0])
            yield f"gives its {_listed(skills)} to {self._called(name)} from {first}"

    def _new_work(self, member: TeamMember, activity: Activity) -> str | None:
        """A review that has somebody now and had not before, at a time that clashes with their old seat."""
        rest = self.problem.inspectors[self.staff.number[member.inspector]].rest_weeks
        weeks = occupied_weeks(team_weeks(activity, self.old[activity.id]), rest)
        for name in sorted(self._reviews_of.get(member.inspector, ())):
            has_moved = self.old.get(name) != self.new[name]
            had = any(known.inspector == member.inspector for known in self._team(name))
            is_new = has_moved or not had
            if name != activity.id and is_new and weeks & occupied_weeks(self._weeks(name), rest):
                return name
        return None

    def _left(self, activity: Activity) -> Iterator[str]:
        """Whoever uses now what this activity used before and others share."""
        used = self._shared(activity.id, self.old)
        for name in self.new:
            has_moved = self.new[name] != self.old.get(name)
            if name == activity.id or not has_moved or self._is_with(name, activity.id):
                continue
            if used & (self._shared(name, self.new) - self._shared(name, self.old)):
                first = week_in_words(self.problem.first_monday, self.new[name][0])
                yield f"leaves its weeks to {self._called(name)}, which starts on {first}"
                return

    def _missing(self, activity: Activity) -> Iterator[str]:
        """People of its team who are not there in its old weeks, or may not work there."""
        weeks = team_weeks(activity, self.old[activity.id]) if activity.team is not None else ()
        for member in self._team(activity.id):
            person = self.staff.number.get(member.inspector)
            if person is None or not weeks:
                continue
            if not (self.staff.there(weeks)[person] and self.staff.independent(activity)[person]):
                first = week_in_words(self.problem.first_monday, weeks[0])
                seat = member.skill.replace("_", " ")
                yield f"its {seat} {member.inspector} can't be there in the weeks from {first}"
                return

    def _tied(self, activity: Activity) -> Iterator[str]:
        """What moves in the same area, and is tied to it."""
        for name in self.units.names[self.units.unit_of[activity.id]]:
            if name != activity.id and self.old.get(name) != self.new[name]:
                yield f"goes with {name}"
                return

    def _called(self, name: str) -> str:
        return self.areas[self.activities[name].area]

    def _team(self, name: str) -> list[TeamMember]:
        return self._teams.get(name, [])

    def _weeks(self, name: str) -> tuple[Week, ...]:
        return team_weeks(self.activities[name], self.new[name])

    def _is_with(self, name: str, other: str) -> bool:
        return self.units.unit_of[name] == self.units.unit_of[other]

    def _shared(self, name: str, starts: dict[str, tuple[Week, ...]]) -> set[int]:
        """Rows of what areas share that the unit of an activity uses."""
        unit = self.units.unit_of[name]
        if not self.units.has_dates(unit, starts):
            return set()
        return {row for row, use in self.units.uses(unit, starts).items() if use > 0}

    @cached_property
    def _teams(self) -> dict[str, list[TeamMember]]:
        teams: dict[str, list[TeamMember]] = defaultdict(list)
        for member in self.before.members:
            teams[member.activity].append(member)
        return dict(teams)

    @cached_property
    def _reviews_of(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for member in self.after.members:
            found[member.inspector].add(member.activity)
        return dict(found)


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
