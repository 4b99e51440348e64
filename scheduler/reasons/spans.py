"""Weeks put together to spans."""

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

from scheduler.values.value import Week, WeekSpan

Kept = TypeVar("Kept", bound=Hashable)


def spans_of(weeks: Iterable[Week]) -> tuple[WeekSpan, ...]:
    """The spans that some weeks make up."""
    return tuple(span for span, _ in merged(dict.fromkeys(weeks, 0)))


def merged(values: Mapping[Week, Kept]) -> list[tuple[WeekSpan, Kept]]:
    """Consecutive weeks of equal value as spans."""
    found: list[tuple[WeekSpan, Kept]] = []
    for week, value in sorted(values.items(), key=lambda item: item[0]):
        if found and found[-1][0].end == week and found[-1][1] == value:
            found[-1] = (WeekSpan(first=found[-1][0].first, end=week + 1), value)
        else:
            found.append((WeekSpan(first=week, end=week + 1), value))
    return found
