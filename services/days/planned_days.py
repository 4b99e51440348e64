"""First and last day of a planned stage: whole weeks, or working days that may begin in mid-week."""

from datetime import date, timedelta

from config.steps import WEEKDAYS, PlannedStage
from services.days.weeks import LAST_WORKING_DAY_OF_WEEK, monday_of
from services.days.working_days import add_working_days, next_working_day, previous_working_day


def begins_on(stage: PlannedStage, given: date) -> date:
    """The day from which a stage counts, bank holidays aside.

    Parameters
    ----------
    given
        A Monday stands for its week, of which a stage in working days takes its weekday; any other day is that day.
    """
    if stage.duration_weeks is not None:
        return monday_of(given)
    return given if given.weekday() else given + timedelta(days=WEEKDAYS.index(stage.weekday))


def stage_days(stage: PlannedStage, begins: date) -> tuple[date, date]:
    """First and last working day (both included) of a stage that counts from a day (R049, R139, R143).

    Whole weeks end with their Friday, however many bank holidays they have; working days are all worked.
    """
    first = next_working_day(begins)
    if stage.duration_weeks is None:
        assert stage.duration_days is not None  # the framework's reader sees to it
        return first, add_working_days(first, stage.duration_days - 1)
    return first, max(first, previous_working_day(last_friday(stage, begins)))


def last_friday(stage: PlannedStage, begins: date) -> date:
    """The Friday of the last week that the plan keeps for a stage."""
    weeks = timedelta(weeks=stage.occupied_weeks() - 1, days=LAST_WORKING_DAY_OF_WEEK)
    return monday_of(begins) + weeks
