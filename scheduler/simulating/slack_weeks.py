"""Slack with people: by how many weeks an activity can move while everybody else stays where they are.

**Free slack**: the activity alone, with its announced team. **Total slack**: together with the activities that
keep their place beside it (a visit within the review, a team lent to it, R034), and with any team of people who are
free. A week that is closed or in which somebody is missing may be jumped over: slack is the farthest possible move.
"""

from collections.abc import Callable, Iterable, Sequence

from scheduler.people.roster import Roster
from scheduler.people.staff import Staff
from scheduler.people.work_weeks import team_weeks
from scheduler.simulating.fitting import Fitting
from scheduler.values.plan import Plan
from scheduler.values.problem import Activity, Problem, WithinLink
from scheduler.values.value import NonNegative, Starts, Value, Week

FilledSeats = Sequence[tuple[str, int]]
"""(skill, number of the inspector) of each."""

HasTeam = Callable[[Activity, Sequence[Week], FilledSeats], bool]


def blocks(problem: Problem) -> dict[str, tuple[str, ...]]:
    """The activities that move together with each activity, itself included, in the order of the problem."""
    order = {activity.id: number for number, activity in enumerate(problem.activities)}
    block = {name: {name} for name in order}
    for first, second in _ties(problem):
        joined = block[first] | block[second]
        for name in joined:
            block[name] = joined
    return {name: tuple(sorted(joined, key=order.__getitem__)) for name, joined in block.items()}


def _ties(problem: Problem) -> list[tuple[str, str]]:
    visits = (link for link in problem.links if isinstance(link, WithinLink))
    teams = ((activity.id, activity.team) for activity in problem.activities if activity.team is not None)
    return [
        *((link.inner.activity, link.outer.activity) for link in visits),
        *((name, place.beside.activity) for name, team in teams for place in team.joint),
    ]


REACH_WEEKS = 13
"""Moves by more weeks than this are a new plan rather than slack."""


class Slack(Value):
    """Weeks by which an activity can move, at most `REACH_WEEKS`; 0 if it cannot.

    Attributes
    ----------
    free_moves, total_moves
        All moves that are possible, in weeks, negative for earlier, sorted.
    """

    activity: str
    free_moves: tuple[int, ...]
    total_moves: tuple[int, ...]

    @property
    def free_later(self) -> NonNegative:
        """Farthest move to a later week of the activity alone with its own team."""
        return max((0, *self.free_moves))

    @property
    def free_earlier(self) -> NonNegative:
        """The same to an earlier week."""
        return -min((0, *self.free_moves))

    @property
    def total_later(self) -> NonNegative:
        """Farthest move to a later week with what is tied to it and any free team."""
        return max((0, *self.total_moves))

    @property
    def total_earlier(self) -> NonNegative:
        """The same to an earlier week."""
        return -min((0, *self.total_moves))


class SlackFinder:
    """Finds the slack of the activities of one plan that keeps every rule."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.activities = {activity.id: activity for activity in problem.activities}
        self.starts = plan.starts()
        self.fitting = Fitting(problem, plan)
        self.roster = Roster(Staff(problem), self.starts, plan.members)
        self.blocks = blocks(problem)

    def slack(self, name: str, reach: int = REACH_WEEKS) -> Slack:
        """Slack of one activity."""
        shifts = [shift for shift in range(-reach, reach + 1) if shift != 0]
        return Slack(
            activity=name,
            free_moves=tuple(shift for shift in shifts if self.is_free(self.moved([name], shift))),
            total_moves=tuple(
                shift for shift in shifts if self.is_possible(self.moved(self.blocks[name], shift))
            ),
        )

    def moved(self, names: Iterable[str], shift: int) -> Starts:
        """Start weeks of some activities, all later by `shift` weeks."""
        return {name: tuple(week + shift for week in self.starts[name]) for name in names}

    def is_free(self, changed: Starts) -> bool:
        """Whether activities can have these dates with their announced teams."""
        return self._fits(changed, self._may_all_sit)

    def is_possible(self, changed: Starts) -> bool:
        """Whether activities can have these dates with some team, which fills as many seats as now."""
        return self._fits(changed, self._has_people)

    def _fits(self, changed: Starts, has_team: HasTeam) -> bool:
        """Whether dates fit, and each activity has a team in its team weeks then that is as large as now."""
        if not self.fitting.fits(changed):
            return False
        seats = {name: self.roster.seats.get(name, []) for name in changed}
        with self.roster.without(changed):
            return all(
                has_team(self.activities[name], team_weeks(self.activities[name], starts), seats[name])
                for name, starts in changed.items()
            )

    def _may_all_sit(self, review: Activity, weeks: Sequence[Week], seats: FilledSeats) -> bool:
        return all(self.roster.may_sit(review, skill, weeks)[person] for skill, person in seats)

    def _has_people(self, review: Activity, weeks: Sequence[Week], seats: FilledSeats) -> bool:
        return self.roster.people_for(review, [skill for skill, _ in seats], weeks) is not None


def slack(problem: Problem, plan: Plan, names: Iterable[str] | None = None) -> tuple[Slack, ...]:
    """Slack of activities of a plan that keeps every rule, by default of all that are not pinned."""
    finder = SlackFinder(problem, plan)
    movable = [activity.id for activity in problem.activities if activity.pinned_starts is None]
    return tuple(finder.slack(name) for name in (movable if names is None else names))
