"""What a plan means for people: members that review and assessment share (R031, R033), peaks of seats, kilometres.

With fewer people of a skill than its peak no team assignment fills every seat of these dates; rest, absence and
yearly maxima ask for more.
"""

from collections import Counter, defaultdict

from scheduler.cost import distance_km, seats
from scheduler.measures.dates import runs, weeks_by_activity
from scheduler.people.eligibility import attendance
from scheduler.values.plan import Plan
from scheduler.values.problem import Activity, Problem
from scheduler.values.value import NonNegative, Value


class SharedMembers(Value):
    """Members that both teams of an area share.

    Attributes
    ----------
    same_people
        Named members of the assessment who are in the team of the review too.
    joint_team
        Members of reviews during which the assessment of the area is on site, so that one joint team can do
        both: people of the review, and those that the assessment lends it for joint places.
    could_join
        Members of reviews who are free in all weeks of the assessment on site, or are there with the review:
        those who could be common members if the assessment asked for them.
    num_members
        Members of the reviews of areas that have both.
    """

    same_people: NonNegative
    joint_team: NonNegative
    could_join: NonNegative
    num_members: NonNegative


def shared_members(problem: Problem, plan: Plan, review: str, assessment: str) -> SharedMembers:
    """Count the members that reviews and assessments share in the areas that have both."""
    team = _teams(plan)
    on_site = weeks_by_activity(problem, plan, lambda stage: stage.on_site)
    free = _Free(problem, plan, weeks_by_activity(problem, plan, lambda stage: stage.uses_team))
    total = {"same_people": 0, "joint_team": 0, "could_join": 0, "num_members": 0}
    for reviewed, assessed in _pairs(problem, review, assessment):
        members, visit = team[reviewed.id], on_site[assessed.id]
        is_joint = bool(visit & on_site[reviewed.id])
        lent = 0 if reviewed.team is None else reviewed.team.members() - reviewed.team.seats()
        total["same_people"] += len(members & team[assessed.id])
        total["joint_team"] += len(members) + lent if is_joint else 0
        total["could_join"] += sum(
            free.is_free(person, visit, {reviewed.id, assessed.id}) for person in members
        )
        total["num_members"] += len(members)
    return SharedMembers(**total)


def _pairs(problem: Problem, review: str, assessment: str) -> list[tuple[Activity, Activity]]:
    by_kind = {(activity.area, activity.kind): activity for activity in problem.activities}
    pairs = ((by_kind.get((area.id, review)), by_kind.get((area.id, assessment))) for area in problem.areas)
    return [(first, other) for first, other in pairs if first is not None and other is not None]


def _teams(plan: Plan) -> dict[str, set[str]]:
    team: dict[str, set[str]] = defaultdict(set)
    for member in plan.members:
        team[member.activity].add(member.inspector)
    return team


class _Free:
    """Who is there and has no other review."""

    def __init__(self, problem: Problem, plan: Plan, weeks: dict[str, set[int]]) -> None:
        self._row = {inspector.id: row for row, inspector in enumerate(problem.inspectors)}
        self._present, self._weeks = attendance(problem), weeks
        self._reviews: dict[str, set[str]] = defaultdict(set)
        for member in plan.members:
            self._reviews[member.inspector].add(member.activity)

    def is_free(self, person: str, weeks: set[int], apart_from: set[str]) -> bool:
        """Whether a person could work in all of the weeks, apart from some activities."""
        others = self._reviews[person] - apart_from
        busy = any(self._weeks.get(other, set()) & weeks for other in others)
        return not busy and bool(self._present[self._row[person], sorted(weeks)].all())


class PeopleNeeded(Value):
    """The peak of one week: seats of all teams, by skill ('leader' for leaders), and units of each pool.

    `named` is the number of different inspectors who have a seat in the whole plan.
    """

    inspectors: NonNegative
    by_skill: dict[str, NonNegative]
    by_pool: dict[str, NonNegative]
    named: NonNegative


def people_needed(problem: Problem, plan: Plan) -> PeopleNeeded:
    """The peaks over all weeks of a plan."""
    total: Counter[int] = Counter()
    by_skill: dict[str, Counter[int]] = {}
    by_pool: dict[str, Counter[int]] = {}
    for run in runs(problem, plan):
        for skill, count in seats(run.activity).items() if run.stage.uses_team else ():
            _add(by_skill.setdefault(skill, Counter()), run.weeks, count)
            _add(total, run.weeks, count)
        for pool, units in run.stage.pool_demand.items():
            _add(by_pool.setdefault(pool, Counter()), run.weeks, units)
    return PeopleNeeded(
        inspectors=max(total.values(), default=0),
        by_skill={skill: max(seats_by_week.values()) for skill, seats_by_week in sorted(by_skill.items())},
        by_pool={pool: max(units_by_week.values()) for pool, units_by_week in sorted(by_pool.items())},
        named=len({member.inspector for member in plan.members}),
    )


def _add(load: Counter[int], weeks: range, units: int) -> None:
    for week in weeks:
        load[week] += units


class Travel(Value):
    """Kilometres over all filled seats, and the mean of a seat (0 without any)."""

    km: NonNegative
    km_a_seat: float


def travel(problem: Problem, plan: Plan) -> Travel:
    """Great-circle kilometres between the homes of members and the areas of their reviews."""
    place = {area.id: area.location for area in problem.areas}
    target = {activity.id: place[activity.area] for activity in problem.activities}
    home = {inspector.id: inspector.home for inspector in problem.inspectors}
    km = sum(distance_km(home[member.inspector], target[member.activity]) for member in plan.members)
    return Travel(km=km, km_a_seat=km / max(1, len(plan.members)))
