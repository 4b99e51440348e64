"""Numbers that nobody can mean: weeks thousands of years away, counts of millions. Prices: see `prices`."""

from collections.abc import Iterator
from typing import Any

from scheduler.validation.index import Index, finding
from scheduler.values.errors import Finding

MOST_WEEKS = 100_000
"""Two thousand years either way: enough for whoever writes 'for ever'."""

MOST = 1_000_000
"""Of anything that is counted."""

WEEKS = frozenset({"first", "end", "starts", "trained_from", "frozen_until", "drafting_end"})
"""Names of fields that hold weeks, beside those that end on 'weeks' or 'starts'."""


def numbers_are_sensible(index: Index) -> Iterator[Finding]:
    """No number is so large that it can only be a slip, or that a solver could not count with it."""
    for place, field, value in _numbers(index.problem.model_dump(), "", ""):
        if "price" in field or field.startswith("per_"):
            continue
        if field in WEEKS or field.endswith(("weeks", "starts")):
            most, what = MOST_WEEKS, "weeks, two thousand years"
        else:
            most, what = MOST, "of anything that is counted"
        if abs(value) > most:
            yield finding(
                place, f"{value} is too large: at most {most} ({what}).", "Maybe some digits are too many."
            )


def _numbers(value: Any, place: str, field: str) -> Iterator[tuple[str, str, int]]:
    """All whole numbers of a document with their places and the fields that they belong to."""
    if isinstance(value, dict):
        for key, own in value.items():
            # Keys of a count by name (`max_reviews`) are no fields of their own.
            inner = field if field in ("max_reviews", "pool_demand") else key
            yield from _numbers(own, f"{place}.{key}" if place else key, inner)
    elif isinstance(value, list | tuple):
        for number, own in enumerate(value):
            name = f" ({own['id']})" if isinstance(own, dict) and "id" in own else ""
            yield from _numbers(own, f"{place}[{number}]{name}", field)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield place, field, value
