"""What the rules look up: a plan's dates, seats and reviews, beside what the problem says of them."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cached_property

from scheduler.values.plan import Plan, TeamMember
from scheduler.values.problem import Activity, Inspector, PastReview, Period, Problem, Stage, StageRef
from scheduler.values.value import Week
from scheduler.values.violations import Violation
from scheduler.values.words import day_in_words


class Facts:
    """A problem and a plan for it. Only activities with one start week for every stage count as dated."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.plan = plan
        self.activities = {activity.id: activity for activity in problem.activities}
        self.inspectors = {inspector.id: inspector for inspector in problem.inspectors}
        self.areas = {area.id: area for area in problem.areas}

    @cached_property
    def starts(self) -> dict[str, tuple[Week, ...]]:
        """Start weeks of the dated activities; of an activity planned twice the first dates."""
        found: dict[str, tuple[Week, ...]] = {}
        for item in self.plan.dates:
            activity = self.activities.get(item.activity)
            if activity is not None and len(item.starts) == len(activity.stages):
                found.setdefault(item.activity, item.starts)
        return found

    def dated(self) -> Iterator[tuple[Activity, tuple[Week, ...]]]:
        """All dated activities with their start weeks."""
        for activity in self.problem.activities:
            if activity.id in self.starts:
                yield activity, self.starts[activity.id]

    def runs(self) -> Iterator[tuple[Activity, Stage, Week, Week]]:
        """All stages of dated activities with the first week and the week after the last."""
        for activity, starts in self.dated():
            for stage, start in zip(activity.stages, starts, strict=True):
                yield activity, stage, start, start + stage.duration_weeks

    def run_of(self, ref: StageRef) -> tuple[Week, Week] | None:
        """First week of a stage and the week after its last; None if it is not dated."""
        for stage, start in zip(
            self.activities[ref.activity].stages, self.starts.get(ref.activity, ()), strict=False
        ):
            if stage.id == ref.stage:
                return start, start + stage.duration_weeks
        return None

    @cached_property
    def team_weeks(self) -> dict[str, list[Week]]:
        """Weeks in which each dated activity occupies its team, in order."""
        weeks: dict[str, set[Week]] = defaultdict(set)
        for activity, stage, first, end in self.runs():
            if stage.uses_team:
                weeks[activity.id].update(range(first, end))
        return {name: sorted(occupied) for name, occupied in weeks.items()}

    @cached_property
    def members_of(self) -> dict[str, list[TeamMember]]:
        """Filled seats by activity, unknown ones included."""
        members: dict[str, list[TeamMember]] = defaultdict(list)
        for member in self.plan.members:
            members[member.activity].append(member)
        return members

    @cached_property
    def reviews_of(self) -> dict[str, list[str]]:
        """Dated activities with team weeks of each known inspector, by their first team week."""
        reviews: dict[str, set[str]] = defaultdict(set)
        for member in self.plan.members:
            if member.inspector in self.inspectors and member.activity in self.team_weeks:
                reviews[member.inspector].add(member.activity)
        return {
            name: sorted(worked_on, key=lambda review: (self.team_weeks[review][0], review))
            for name, worked_on in reviews.items()
        }

    @cached_property
    def past_of(self) -> dict[str, list[PastReview]]:
        """Reviews that are done, by inspector."""
        past: dict[str, list[PastReview]] = defaultdict(list)
        for review in self.problem.past_reviews:
            for name in dict.fromkeys((*review.members, *([review.leader] if review.leader else []))):
                past[name].append(review)
        return past

    def begun_in(self, period: Period, name: str) -> tuple[int, int]:
        """Reviews of an inspector that begin in a period by their first team weeks: planned ones, past ones."""
        planned = [review for review in self.reviews_of[name] if self.team_weeks[review][0] in period.span]
        past = [review for review in self.past_of.get(name, ()) if review.team_weeks[0] in period.span]
        return len(planned), len(past)

    def assigned(self) -> Iterator[tuple[Activity, Inspector]]:
        """Every known inspector once for each known activity that has one in its team."""
        pairs = dict.fromkeys((member.activity, member.inspector) for member in self.plan.members)
        for activity, inspector in pairs:
            if activity in self.activities and inspector in self.inspectors:
                yield self.activities[activity], self.inspectors[inspector]

    def place(self, activity: Activity) -> str:
        """An activity in words."""
        area = self.areas.get(activity.area)
        return f"{activity.id} ({area.name if area else activity.area})"

    def week(self, week: Week) -> str:
        """A week in words: 'the week of 7 September 2006 (week 52)'."""
        try:
            day = self.problem.first_monday + timedelta(weeks=week)
        except OverflowError:
            return f"week {week}"
        return f"the week of {day_in_words(day)} (week {week})"

    def span(self, first: Week, end: Week) -> str:
        """Half-open weeks in words."""
        return self.week(first) if end - first == 1 else f"{self.week(first)} to {self.week(end - 1)}"


Rule = Callable[[Facts], Iterator[Violation]]
"""A rule of a plan: everything that breaks it."""
