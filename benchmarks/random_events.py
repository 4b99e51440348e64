"""Random single events, of every kind, about a problem and its plan; the same seed draws the same events."""

from random import Random

from scheduler.events import (
    ClosedWeeks,
    CriticalIncident,
    Event,
    InspectorAbsence,
    LateFinish,
    NewConflict,
    Postponement,
    Resignation,
)
from scheduler.values.plan import Plan
from scheduler.values.problem import Activity, Problem
from scheduler.values.value import WeekSpan

KINDS = ("absence", "resignation", "incident", "postponement", "closed_weeks", "conflict", "late_finish")
NEAR_WEEKS = 40
"""Most events concern what begins within so many weeks."""


class EventDraw:
    """Draws events for one plan, the kinds in turn, each with a present week of its own."""

    def __init__(self, problem: Problem, plan: Plan, seed: int) -> None:
        self.problem, self.plan, self.draw = problem, plan, Random(f"events-{seed}")
        self.starts = plan.starts()
        last = max(weeks[0] for weeks in self.starts.values())
        self.weeks = range(4, max(5, last - NEAR_WEEKS))

    def next(self, kind: str) -> tuple[Event, int]:
        """An event of a kind and the present week; it need not make sense to `events.apply`."""
        now = self.draw.choice(self.weeks)
        return getattr(self, f"_{kind}")(now), now

    def _absence(self, now: int) -> Event:
        """Somebody with a seat soon is away for two to twelve weeks around one of its weeks."""
        review = self._review(now)
        first = max(now, self.starts[review.id][0] - self.draw.randrange(4))
        end = min(self.problem.num_weeks, first + self.draw.randint(2, 12))
        return InspectorAbsence(inspector=self._member(review), weeks=WeekSpan(first=first, end=end))

    def _resignation(self, now: int) -> Event:
        review = self._review(now)
        week = self.draw.randint(now, self.starts[review.id][0])
        return Resignation(inspector=self._member(review), from_week=week)

    def _incident(self, now: int) -> Event:
        """A review pulled forward, or a new one like it, within four to ten weeks."""
        review, within = self._review(now + 10), self.draw.randint(4, 10)
        if self.draw.random() < 0.5:
            return CriticalIncident(area=review.area, within_weeks=within, activity=review.id)
        return CriticalIncident(area=review.area, within_weeks=within, like=review.id)

    def _postponement(self, now: int) -> Event:
        review = self._review(now)
        week = self.starts[review.id][0] + self.draw.randint(1, 16)
        return Postponement(activity=review.id, not_before=min(week, self.problem.num_weeks - 1))

    def _closed_weeks(self, now: int) -> Event:
        """A month in the area of a stage that lies in it."""
        review = self._review(now)
        first = max(now, self.draw.choice(self.starts[review.id]) - self.draw.randrange(3))
        span = WeekSpan(first=first, end=min(self.problem.num_weeks, first + 4))
        return ClosedWeeks(area=review.area, weeks=span, reason="drawn for the benchmark")

    def _conflict(self, now: int) -> Event:
        review = self._review(now)
        return NewConflict(inspector=self._member(review), area=review.area)

    def _late_finish(self, now: int) -> Event:
        """A review under way takes one or two weeks longer."""
        running = [review for review in self._reviews() if self._is_running(review, now)]
        review = self.draw.choice(running or self._reviews())
        return LateFinish(activity=review.id, weeks=self.draw.randint(1, 2))

    def _is_running(self, review: Activity, now: int) -> bool:
        """Whether a stage is under way, or has just ended."""
        runs = zip(review.stages, self.starts[review.id], strict=True)
        return any(start < now <= start + stage.duration_weeks for stage, start in runs)

    def _reviews(self) -> list[Activity]:
        return [review for review in self.problem.activities if review.team is not None]

    def _review(self, now: int) -> Activity:
        """A review that begins soon, or any that is still to come."""
        coming = [review for review in self._reviews() if self.starts[review.id][0] >= now]
        soon = [review for review in coming if self.starts[review.id][0] < now + NEAR_WEEKS]
        return self.draw.choice(soon or coming or self._reviews())

    def _member(self, review: Activity) -> str:
        team = sorted(member.inspector for member in self.plan.members if member.activity == review.id)
        return self.draw.choice(team or sorted(inspector.id for inspector in self.problem.inspectors))
