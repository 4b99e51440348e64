"""Periods, and how many activities may start in them or run side by side."""

from scheduler.parts.terms import Term
from scheduler.value import Identifier, NonNegative, Value, WeekSpan


class Period(Value):
    """A named span of weeks of some kind: 'FY2006-07' of kind 'financial_year'."""

    id: Identifier
    kind: Identifier
    span: WeekSpan


class PeriodLimit(Value):
    """Bounds on the number of activities of `kinds` that start in `span` (R014).

    With `areas` only those count. Without `price` the bounds are hard; with it, each activity over
    `maximum` or under `minimum` costs that much, at most `max_excess` of them.
    """

    id: Identifier
    span: WeekSpan
    kinds: tuple[str, ...]
    areas: tuple[str, ...] | None = None
    maximum: NonNegative | None = None
    minimum: NonNegative | None = None
    price: NonNegative | None = None
    max_excess: NonNegative = 0
    term: Term = "evenness"


class PartnerLimit(Value):
    """At most `maximum` on-site stages of `kinds` in the areas of one partner group in the same week (R128).

    Each further one in a week costs `price`, at most `max_excess` a week.
    """

    id: Identifier
    areas: tuple[str, ...]
    kinds: tuple[str, ...]
    maximum: NonNegative
    price: NonNegative
    max_excess: NonNegative
    term: Term = "partners"
