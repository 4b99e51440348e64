"""Activities: the work in one area, and what was announced of it."""

from pydantic import Field

from scheduler.parts.stages import Stage
from scheduler.parts.teams import Team
from scheduler.value import Identifier, NonNegative, Value, Week, WeekSpan


class Published(Value):
    """What was announced for an activity, and the price of changing it (term 'stability').

    Each stage that starts in another week than announced costs `move_price` plus
    `move_price_per_week` for each week of distance. Dates that are `is_frozen` may not move at all: those of
    a confirmed programme (R016, R017).
    """

    starts: tuple[Week, ...]
    move_price: NonNegative = 0
    move_price_per_week: NonNegative = 0
    members: tuple[str, ...] = ()
    is_frozen: bool = False


class Activity(Value):
    """One piece of work in one area: a review, an assessment, an inspection.

    Its first stage starts in `start_window` (half-open); every week of delay after week 0 costs
    `urgency_price` (R027). `pinned_starts`, one week a stage, fixes it.
    """

    id: Identifier
    area: Identifier
    kind: Identifier
    stages: tuple[Stage, ...] = Field(min_length=1)
    start_window: WeekSpan
    urgency_price: NonNegative = 0
    team: Team | None = None
    pinned_starts: tuple[Week, ...] | None = None
    published: Published | None = None
    short_notice: bool = False
    previous_team: tuple[str, ...] = ()
