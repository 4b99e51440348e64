"""What activities ask of each other, and how many may start or run side by side: links, periods, terms of the cost."""

from typing import Literal

from scheduler.values.activities import StageRef
from scheduler.values.value import Identifier, NonNegative, Positive, Value, Week, WeekSpan

Term = Literal[
    "urgency", "stretch", "sequencing", "co_ordination", "burden", "evenness", "partners", "stability"
]
"""The terms of the cost of dates, in the order of reports."""


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


class LagTable(Value):
    """For each week `e` in which a stage ends (its last week), the weeks in which the next may start.

    `first[e]` is the first and `end[e]` one past the last allowed start week; equal where none is
    allowed. Calendar months make the width vary (R030, R032).
    """

    id: Identifier
    first: tuple[Week, ...]
    end: tuple[Week, ...]


class LagLink(Value):
    """`after` starts within the weeks that `table` allows for the last week of `before` (options 1 and 2).

    Each week beyond the first allowed one costs `price_per_week`.
    """

    kind: Literal["lag"] = "lag"
    before: StageRef
    after: StageRef
    table: Identifier
    price_per_week: NonNegative = 0
    term: Term = "sequencing"

    @property
    def ends(self) -> tuple[StageRef, StageRef]:
        """The two stages, the first one first."""
        return self.before, self.after


class WithinLink(Value):
    """`inner` runs within the weeks of `outer`, or starts in the same week if it is longer (option 3, R034)."""

    kind: Literal["within"] = "within"
    inner: StageRef
    outer: StageRef

    @property
    def ends(self) -> tuple[StageRef, StageRef]:
        """The two stages, the inner one first."""
        return self.inner, self.outer


class _DistanceLink(Value):
    """Two stages of which the distance counts: the clear weeks between them, 0 if they touch or overlap."""

    kind: Literal["apart", "near"]
    one: StageRef
    other: StageRef
    cap_weeks: Positive
    price_per_week: NonNegative
    term: Term

    @property
    def ends(self) -> tuple[StageRef, StageRef]:
        """The two stages."""
        return self.one, self.other


class ApartLink(_DistanceLink):
    """The two stages should be far apart: each clear week short of `cap_weeks` costs `price_per_week` (option 4, R036).

    The distance is the number of clear weeks between the two stages, 0 if they touch or overlap.
    """

    kind: Literal["apart"] = "apart"
    term: Term = "sequencing"


class NearLink(_DistanceLink):
    """The two stages should be close: each clear week between, up to `cap_weeks`, costs `price_per_week` (R097)."""

    kind: Literal["near"] = "near"
    term: Term = "co_ordination"


class ClearLink(Value):
    """The two stages have no week in common, and at least `clear_weeks` clear weeks lie between them (R026).

    With 0 they may follow each other at once.
    """

    kind: Literal["clear"] = "clear"
    one: StageRef
    other: StageRef
    clear_weeks: NonNegative = 0

    @property
    def ends(self) -> tuple[StageRef, StageRef]:
        """The two stages."""
        return self.one, self.other


Link = LagLink | WithinLink | ApartLink | NearLink | ClearLink
