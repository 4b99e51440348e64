"""Inspectors: skills, training, when they are there, how much they may do, where they may not go."""

from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache
from itertools import groupby

from models import Absence as AbsenceRow
from models import Inspector as InspectorRow
from scheduler.values.problem import Absence, Inspector, Location
from scheduler.values.value import Week, WeekSpan
from services.days.calendar_exceptions import OneOff, one_off_days
from services.days.weeks import week_monday
from services.days.working_days import is_working_day
from services.problem.facts import Facts
from services.problem.planning_horizon import Horizon

FINANCIAL_YEAR, CALENDAR_YEAR = "financial_year", "calendar_year"
DAYS_OF_WEEK = 5


def inspectors(facts: Facts, horizon: Horizon) -> tuple[Inspector, ...]:
    """All inspectors who have a skill or lead."""
    return tuple(
        _inspector(row, facts, horizon) for row in facts.inspectors if row.is_leader or facts.skills[row.code]
    )


def _inspector(row: InspectorRow, facts: Facts, horizon: Horizon) -> Inspector:
    conflicts = facts.conflicts.get(row.code, ())
    return Inspector(
        id=row.code,
        body=row.body_code,
        skills=tuple(facts.skills[row.code]),
        is_leader=row.is_leader,
        home=Location(lat=row.home_lat, lon=row.home_lon),
        trained_from=_trained_from(row, horizon),
        percent=row.percent,
        absences=absences(facts.absences.get(row.code, ()), row.percent, horizon),
        rest_weeks=row.rest_weeks,
        max_reviews=_max_reviews(row),
        conflicts=tuple(
            sorted({conflict.area_code for conflict in conflicts if conflict.kind != "previous"})
        ),
        previous_areas=tuple(
            sorted({conflict.area_code for conflict in conflicts if conflict.kind == "previous"})
        ),
    )


def _trained_from(row: InspectorRow, horizon: Horizon) -> Week:
    """The first week that lies wholly after the training (R062)."""
    return 0 if row.trained_from is None else max(0, horizon.week(row.trained_from + timedelta(days=6)))


def _max_reviews(row: InspectorRow) -> dict[str, int]:
    """Maxima by kind of year."""
    found = {FINANCIAL_YEAR: pro_rata(row.max_reviews_per_year, row.percent)}
    if row.max_reviews_per_calendar_year is not None:
        found[CALENDAR_YEAR] = pro_rata(row.max_reviews_per_calendar_year, row.percent)
    return found


def pro_rata(maximum: int, percent: int) -> int:
    """The yearly maximum of someone who works part of the week, rounded down, at least one (decision)."""
    return max(1, maximum * percent // 100)


def absences(rows: Sequence[AbsenceRow], percent: int, horizon: Horizon) -> tuple[Absence, ...]:
    """Absences as weeks: a week is available at the share of its working days, of the share that is worked at all.

    Parameters
    ----------
    percent
        Share of a full week that the person works.

    Returns
    -------
    Spans of weeks with less than `percent` available, neighbours with equal shares as one.
    """
    lost: dict[Week, list[int]] = {}
    for row in rows:
        first = max(0, horizon.week(row.start_on))
        last = min(horizon.num_weeks - 1, horizon.week(row.end_on - timedelta(days=1)))
        for week in range(first, last + 1):
            days = lost.setdefault(week, [100] * DAYS_OF_WEEK)
            monday = week_monday(horizon.first_monday, week)
            for number in range(DAYS_OF_WEEK):
                if row.start_on <= monday + timedelta(days=number) < row.end_on:
                    days[number] = min(days[number], row.percent_available)
    shares = [(week, _share(horizon, week, days) * percent // 100) for week, days in sorted(lost.items())]
    runs = groupby(
        ((week - rank, share, week) for rank, (week, share) in enumerate(shares)), key=lambda item: item[:2]
    )
    spans = [(share, [week for *_, week in run]) for (_rank, share), run in runs]
    return tuple(
        Absence(span=WeekSpan(first=weeks[0], end=weeks[-1] + 1), percent_available=share)
        for share, weeks in spans
        if share < percent
    )


def _share(horizon: Horizon, week: Week, days: Sequence[int]) -> int:
    """Per cent of a week's working days; a week without any counts as lost if it is lost at all."""
    worked = [
        share
        for share, is_worked in zip(days, _worked(horizon, week, one_off_days()), strict=True)
        if is_worked
    ]
    return sum(worked) // len(worked) if worked else min(days)


@lru_cache(maxsize=4096)
def _worked(horizon: Horizon, week: Week, _one_off: frozenset[OneOff]) -> tuple[bool, ...]:
    monday = week_monday(horizon.first_monday, week)
    return tuple(is_working_day(monday + timedelta(days=number)) for number in range(DAYS_OF_WEEK))
