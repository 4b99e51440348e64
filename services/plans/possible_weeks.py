"""Weeks in which an activity could be, as far as its window, its lags and closed weeks go, and why a week is none."""

from collections.abc import Iterator
from datetime import date

from reports.words import date_in_words
from scheduler.values.problem import Activity, Problem
from scheduler.values.value import Week
from services.days.weeks import week_monday, week_of
from services.errors import Objection
from services.problem.open_weeks import closed_weeks, open_starts


def objections_to_week(problem: Problem, activity: Activity, monday: date) -> Iterator[Objection]:
    """Why an activity can't begin in the week of a Monday, in the words of a planner.

    Parameters
    ----------
    problem
        As it is without a pin of the activity's week.
    """
    week, window = week_of(problem.first_monday, monday), activity.start_window
    if week not in window:
        first, last = (week_monday(problem.first_monday, edge) for edge in (window.first, window.end - 1))
        message = f"it may begin in the weeks from {date_in_words(first)} to {date_in_words(last)} only."
        advice = "Name a day within these weeks."
        if week < window.first:
            advice = "Name a day within these weeks: those before leave no notice, or lie before its window."
        yield Objection(activity.id, message, advice)
        return
    stage = activity.stages[0]
    closed = [
        f"{closure.reason or calendar.id} from {date_in_words(week_monday(problem.first_monday, closure.span.first))}"
        for calendar in problem.calendars
        if calendar.id in stage.calendars
        for closure in calendar.closures
        if closure.span.first < week + stage.duration_weeks and week < closure.span.end
    ]
    for what in dict.fromkeys(closed):
        message = f"its {stage.id.replace('_', ' ')} would meet closed weeks: {what} on."
        yield Objection(activity.id, message, "Name a day of another week.")
    if not closed and not any(
        starts[0] == week for starts in timetables(problem, activity, is_settled=False)
    ):
        later = " or ".join(stage.id.replace("_", " ") for stage in activity.stages[1:]) or stage.id
        message = f"no open week is left then for its {later}."
        yield Objection(activity.id, message, "Name a day of another week.")


def timetables(problem: Problem, activity: Activity, is_settled: bool = True) -> Iterator[tuple[Week, ...]]:
    """The starts that window, lags and closed weeks leave an activity.

    Parameters
    ----------
    is_settled
        Whether dates that are frozen stay; a pin moves them.
    """
    published = activity.published
    if activity.pinned_starts is not None:
        yield activity.pinned_starts
        return
    if is_settled and published is not None and published.is_frozen:
        yield published.starts
        return
    closed, weeks = closed_weeks(problem.calendars), activity.start_window.weeks()
    yield from open_starts(activity.stages, closed, weeks, problem.num_weeks)
