"""The weeks of a programme: where week 0 lies, how many weeks may see a start, how many there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from models import Programme
from scheduler.values.value import Week, WeekSpan
from services.days.weeks import monday_from, monday_of, week_of, week_span


@dataclass(frozen=True)
class Horizon:
    """Weeks from `first_monday`; reviews start in `num_start_weeks` of them, from `first_start` on (R013, R014)."""

    first_monday: date
    num_start_weeks: int
    num_weeks: int
    first_start: Week = 0

    @property
    def start_span(self) -> WeekSpan:
        """Weeks in which a review of the programme may start."""
        return WeekSpan(first=self.first_start, end=self.first_start + self.num_start_weeks)

    def week(self, day: date) -> Week:
        """Index of the week of a day; negative before the horizon."""
        return week_of(self.first_monday, day)

    def span(self, start: date, end: date) -> WeekSpan:
        """Weeks whose Monday lies from `start` up to, not including, `end`, within the horizon."""
        return week_span(self.first_monday, self.num_weeks, start, end)

    def week_from(self, day: date) -> Week:
        """The first week whose Monday lies on or after a day."""
        return self.week(day + timedelta(days=6))


def horizon_of(programme: Programme, tail_weeks: int, begun_on: Iterable[date] = ()) -> Horizon:
    """The horizon of a programme.

    The first start is in the first week whose Monday lies on or after the first day. A started last week that is cut
    by the last day counts only if it is whole. `tail_weeks` follow for assessments that come after reviews.

    Parameters
    ----------
    begun_on
        First days of activities that are under way: the horizon reaches back to the earliest of them, so that a
        programme can be adopted half-way.
    """
    first = monday_from(programme.first_start_on)
    week_0 = min([first, *map(monday_of, begun_on)])
    num_start_weeks = max(1, (programme.last_start_on - first).days // 7)
    before = (first - week_0).days // 7
    return Horizon(week_0, num_start_weeks, before + num_start_weeks + tail_weeks, before)
