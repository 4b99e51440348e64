"""Links: what the stages of different activities ask of each other."""

from typing import Literal

from scheduler.parts.stages import StageRef
from scheduler.parts.terms import Term
from scheduler.value import Identifier, NonNegative, Positive, Value, Week


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


class WithinLink(Value):
    """`inner` runs within the weeks of `outer`, or starts in the same week if it is longer (option 3, R034)."""

    kind: Literal["within"] = "within"
    inner: StageRef
    outer: StageRef


class ApartLink(Value):
    """The two stages should be far apart: each clear week short of `cap_weeks` costs `price_per_week` (option 4, R036).

    The distance is the number of clear weeks between the two stages, 0 if they touch or overlap.
    """

    kind: Literal["apart"] = "apart"
    one: StageRef
    other: StageRef
    cap_weeks: Positive
    price_per_week: NonNegative
    term: Term = "sequencing"


class NearLink(Value):
    """The two stages should be close: each clear week between, up to `cap_weeks`, costs `price_per_week` (R097)."""

    kind: Literal["near"] = "near"
    one: StageRef
    other: StageRef
    cap_weeks: Positive
    price_per_week: NonNegative
    term: Term = "co_ordination"


Link = LagLink | WithinLink | ApartLink | NearLink
