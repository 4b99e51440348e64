"""Who could work on a review in some weeks while all other teams stay as they are."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from scheduler.people.eligibility import attendance, has_skill, is_independent
from scheduler.people.matching import pair_up
from scheduler.people.past_work import past_begun, past_drafts
from scheduler.people.work_weeks import drafting_span, occupied_weeks, team_weeks
from scheduler.values.plan import Plan
from scheduler.values.problem import Activity, Problem
from scheduler.values.value import LEADER, Week


class Staffing:
    """The teams of a plan, and what each person still could do."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.number = {inspector.id: number for number, inspector in enumerate(problem.inspectors)}
        self.activities = {activity.id: activity for activity in problem.activities}
        self.present = attendance(problem)
        self.weeks = {name: team_weeks(self.activities[name], own) for name, own in plan.starts().items()}
        self.seats: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self.reviews: dict[int, set[str]] = defaultdict(set)
        self.led: dict[int, set[str]] = defaultdict(set)
        for member in plan.members:
            person = self.number[member.inspector]
            self.seats[member.activity].append((member.skill, person))
            self.reviews[person].add(member.activity)
            if member.skill == LEADER:
                self.led[person].add(member.activity)
        self.begun = past_begun(problem)
        self.past_drafts = past_drafts(problem)

    def may_work(
        self, person: int, skill: str, activity: Activity, weeks: Sequence[Week], moved: Collection[str] = ()
    ) -> bool:
        """Whether a person could have a seat of an activity in these team weeks.

        Parameters
        ----------
        moved
            Activities that do not count as the person's other reviews, apart from this one: those that move too.
        """
        inspector = self.problem.inspectors[person]
        if not (has_skill(inspector, skill) and is_independent(inspector, activity)):
            return False
        if not weeks:
            return True
        inside = weeks[0] >= 0 and weeks[-1] < self.problem.num_weeks
        if not inside or not self.present[person, list(weeks)].all():
            return False
        others = self.reviews[person] - {activity.id, *moved}
        return (
            self._is_rested(person, weeks, others)
            and all(left > 0 for left in self.begins_left(person, weeks[0], others).values())
            and (skill != LEADER or self.drafts_left(person, activity, weeks, others) > 0)
        )

    def begins_left(self, person: int, week: Week, others: Collection[str]) -> dict[int, int]:
        """Reviews that a person may still begin, by number of each period with a maximum that holds `week`."""
        most = self.problem.inspectors[person].max_reviews
        left = {}
        for number, period in enumerate(self.problem.periods):
            if period.kind in most and week in period.span:
                begun = sum(self.weeks[own][0] in period.span for own in others if self.weeks.get(own))
                left[number] = most[period.kind] - begun - int(self.begun[person, number])
        return left

    def drafts_left(
        self, person: int, activity: Activity, weeks: Sequence[Week], others: Collection[str]
    ) -> int:
        """Reports that a leader may still draft in the fullest week of drafting after these team weeks (R052)."""
        load = Counter(self.past_drafts.get(self.problem.inspectors[person].id, {}))
        for name in self.led[person] & set(others):
            load.update(drafting_span(self.activities[name], self.weeks[name]))
        most = self.problem.leader_drafts
        return most - max((load[week] for week in drafting_span(activity, weeks)), default=0)

    def _is_rested(self, person: int, weeks: Sequence[Week], others: Collection[str]) -> bool:
        rest = self.problem.inspectors[person].rest_weeks
        own = occupied_weeks(weeks, rest)
        return not any(own & occupied_weeks(self.weeks[other], rest) for other in others)

    def bodies_needed(self, activity: Activity) -> int:
        """Different bodies that the filled seats of a team must bring; joint places and open seats count (R056)."""
        team = activity.team
        if team is None:
            return 0
        open_seats = team.seats() - len(self.seats[activity.id])
        return min(team.min_bodies, team.members()) - max(0, open_seats)

    def bodies_lent(self, activity: Activity) -> frozenset[str]:
        """Bodies of the places that the staff of another visit fill."""
        return frozenset(place.body for place in (activity.team.joint if activity.team else ()))

    def has_team(self, activity: Activity, weeks: Sequence[Week], moved: Collection[str] = ()) -> bool:
        """Whether as many seats as now could be filled in these weeks, by anybody who is free."""
        people = range(len(self.problem.inspectors))
        seats = [skill for skill, _ in self.seats[activity.id]]
        able = [[p for p in people if self.may_work(p, skill, activity, weeks, moved)] for skill in seats]
        team = [person for person in pair_up(able) if person is not None]
        return len(team) == len(able) and self._reaches_bodies(activity, able, team)

    def _reaches_bodies(self, activity: Activity, able: list[list[int]], team: list[int]) -> bool:
        """Whether single exchanges bring as many bodies as are needed."""
        bodies = [inspector.body for inspector in self.problem.inspectors]
        needed, lent = self.bodies_needed(activity), self.bodies_lent(activity)
        count = len({bodies[person] for person in team} | lent)
        for seat, people in enumerate(able):
            if count >= needed:
                return True
            for person in people:
                other = [*team[:seat], person, *team[seat + 1 :]]
                if person not in team and len({bodies[own] for own in other} | lent) > count:
                    team, count = other, count + 1
                    break
        return count >= needed
