"""On which days an entry of a file holds."""

from datetime import date

Validity = tuple[date | None, date | None]
"""From a first day up to, not including, an end; None: without a beginning, or an end."""


def holds_on(validity: Validity, day: date) -> bool:
    """Whether something holds on a day."""
    begin, end = validity
    return (begin or date.min) <= day and (end is None or day < end)


def meet(one: Validity, other: Validity) -> bool:
    """Whether both hold on some day."""
    begin = max(one[0] or date.min, other[0] or date.min)
    return all(end is None or begin < end for end in (one[1], other[1]))
