"""Stages: the whole weeks of work that activities consist of."""

from pydantic import Field

from scheduler.value import Identifier, NonNegative, Positive, Value


class Stage(Value):
    """A part of an activity that takes whole, uninterrupted weeks.

    The stages of an activity follow each other. `lag_min_weeks` to `lag_max_weeks` (inclusive)
    clear weeks lie between the end of the previous stage and the start of this one (R049); both are
    ignored for the first stage. Each week of lag beyond `lag_min_weeks` costs `stretch_price`
    (term 'stretch'). No week of the stage may be closed in any of `calendars`. A stage that
    `uses_team` keeps the whole team busy in each of its weeks; `pool_demand` is taken from anonymous
    pools in each of its weeks.
    """

    id: Identifier
    duration_weeks: Positive
    lag_min_weeks: NonNegative = 0
    lag_max_weeks: NonNegative = 0
    stretch_price: NonNegative = 0
    calendars: tuple[str, ...] = ()
    on_site: bool = False
    uses_team: bool = False
    pool_demand: dict[str, Positive] = Field(default_factory=dict)


class StageRef(Value):
    """A stage of an activity, as one end of a link."""

    activity: Identifier
    stage: Identifier
