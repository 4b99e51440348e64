"""The weeks of a programme: where week 0 lies, how many weeks may see a start, how many there are."""

from dataclasses import dataclass
from datetime import date, timedelta

from models import Programme
from scheduler.value import Week, WeekSpan
from services.calendar import monday_of, week_of, week_span


@dataclass(frozen=True)
class Horizon:
    """Weeks from `first_monday`; reviews start in the first `num_start_weeks` of them (R013, R014)."""

    first_monday: date
    num_start_weeks: int
    num_weeks: int

    def week(self, day: date) -> Week:
        """Index of the week of a day; negative before the horizon."""
        return week_of(self.first_monday, day)

    def span(self, start: date, end: date) -> WeekSpan:
        """Weeks whose Monday lies from `start` up to, not including, `end`, within the horizon."""
        return week_span(self.first_monday, self.num_weeks, start, end)


def horizon_of(programme: Programme, tail_weeks: int) -> Horizon:
    """The horizon of a programme.

    Week 0 is the first week whose Monday lies on or after the first day. A started last week that is cut by the
    last day counts only if it is whole. `tail_weeks` follow for assessments that come after reviews.
    """
    first = monday_of(programme.first_start_on + timedelta(days=6))
    num_start_weeks = max(1, (programme.last_start_on - first).days // 7)
    return Horizon(first, num_start_weeks, num_start_weeks + tail_weeks)
