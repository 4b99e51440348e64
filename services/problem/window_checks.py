"""Windows in which nothing can be planned, and pins that a year forbids."""

from collections.abc import Iterator

from config.framework import Framework
from models import Activity as ActivityRow
from reports.words import date_in_words
from scheduler.values.errors import Finding, InvalidProblem
from scheduler.values.problem import Activity
from services.days.planned_days import begins_on
from services.days.recurrence import year_in_words, year_of
from services.problem.facts import Facts


def refuse_windows(activities: tuple[Activity, ...], facts: Facts) -> None:
    """InvalidProblem with every activity that has no week, or is pinned to a day of another year than its own."""
    names = {area.code: area.name for area in facts.areas}
    rows = {row.code: row for row in facts.activities}
    findings = tuple(
        Finding(place=f"activity {activity.id} ({names[activity.area]})", message=message, advice=advice)
        for activity in activities
        for message, advice in (
            *_empty_window(activity, facts),
            *_pinned_to_another_year(rows[activity.id], facts.followed[activity.id]),
        )
    )
    if findings:
        raise InvalidProblem(findings)


def _empty_window(activity: Activity, facts: Facts) -> Iterator[tuple[str, str]]:
    if not activity.start_window.weeks():
        day = _begins_on(facts, activity)
        yield (
            f"no {day} of the programme lies in the window of this {activity.kind}.",
            "Widen the window in inspections_due.csv, or move the pin.",
        )


def _pinned_to_another_year(row: ActivityRow, framework: Framework) -> Iterator[tuple[str, str]]:
    """R140: one counts each year, by its first day."""
    rule = framework.yearly
    if row.pinned_on is None or rule is None:
        return
    first_on = begins_on(framework.stages[0], row.pinned_on)
    year = year_of(rule, first_on)
    if year != row.round:
        yield (
            f"pinned to {date_in_words(first_on)} it would count for {year_in_words(rule, year)}, "
            f"not {year_in_words(rule, row.round)}.",
            "Move the pin into its year.",
        )


def _begins_on(facts: Facts, activity: Activity) -> str:
    """The day of the week on which it begins."""
    stage = facts.followed[activity.id].stages[0]
    return stage.weekday.capitalize()
