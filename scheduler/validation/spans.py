"""Spans without any week: closures, absences, exceptions that would do nothing."""

from collections.abc import Iterator

from scheduler.validation.index import Index, finding
from scheduler.values.errors import Finding
from scheduler.values.value import WeekSpan


def spans_have_weeks(index: Index) -> Iterator[Finding]:
    """Whatever is closed, absent or another capacity is that for a week at least."""
    for place, span in _spans(index):
        if span.first == span.end:
            yield finding(
                place,
                f"has no week: it runs from week {span.first} up to, but not including, week {span.end}.",
                "Maybe raise its end by one or remove it.",
            )


def _spans(index: Index) -> Iterator[tuple[str, WeekSpan]]:
    for calendar in index.problem.calendars:
        for closure in calendar.closures:
            reason = f" ({closure.reason})" if closure.reason else ""
            yield f"calendar {calendar.id}, closure{reason}", closure.span
    for inspector in index.problem.inspectors:
        for absence in inspector.absences:
            yield f"inspector {inspector.id}, absence", absence.span
    for pool in index.problem.pools:
        for exception in pool.exceptions:
            yield f"pool {pool.id}, exception", exception.span
