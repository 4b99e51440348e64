"""The problem: areas, their activities, the people who do them, and what limits and prices apply.

All times are week indexes from the horizon's first Monday, all intervals half-open, all prices and
costs non-negative integers. Dates exist only outside: the calendar that builds a problem turns
school holidays, calendar months and financial years into weeks. Kinds of activity are names without a meaning.
"""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Literal, Self

from scheduler.values.activities import (
    Activity,
    Area,
    BodyQuota,
    Calendar,
    Closure,
    JointPlace,
    Location,
    Place,
    Published,
    SavedPlace,
    Seated,
    Stage,
    StageRef,
    Team,
)
from scheduler.values.limits import (
    ApartLink,
    ClearLink,
    LagLink,
    LagTable,
    Link,
    NearLink,
    PartnerLimit,
    Period,
    PeriodLimit,
    Term,
    WithinLink,
)
from scheduler.values.people import Absence, AnonymousPool, Capacity, Inspector, PastReview, TeamPrices
from scheduler.values.value import Identifier, NonNegative, Percent, Positive, Value

__all__ = [
    "Absence",
    "Activity",
    "AnonymousPool",
    "ApartLink",
    "Area",
    "BodyQuota",
    "Calendar",
    "Capacity",
    "ClearLink",
    "Closure",
    "Inspector",
    "JointPlace",
    "LagLink",
    "LagTable",
    "Link",
    "Location",
    "NearLink",
    "PartnerLimit",
    "PastReview",
    "Period",
    "PeriodLimit",
    "Place",
    "Problem",
    "Published",
    "SavedPlace",
    "Seated",
    "Stage",
    "StageRef",
    "Team",
    "TeamPrices",
    "Term",
    "WithinLink",
]


class Problem(Value):
    """Everything a solve needs to know; the same problem always has the same hash.

    A person fills a seat only in weeks of which `min_percent` are available, and leads at most `leader_drafts`
    reviews that are being drafted in one week. The frozen zone are the weeks before `frozen_until`: stages
    published to start in it stay there, and no other starts in it, but pinned ones and those at short notice.
    `pair` names the two kinds that the sequencing options are about; it forbids and costs nothing, only measures ask.
    """

    version: Literal[1] = 1
    name: str
    first_monday: date
    num_weeks: Positive
    areas: tuple[Area, ...]
    activities: tuple[Activity, ...]
    links: tuple[Link, ...] = ()
    lag_tables: tuple[LagTable, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    pools: tuple[AnonymousPool, ...] = ()
    inspectors: tuple[Inspector, ...] = ()
    periods: tuple[Period, ...] = ()
    period_limits: tuple[PeriodLimit, ...] = ()
    partner_limits: tuple[PartnerLimit, ...] = ()
    team_prices: TeamPrices = TeamPrices()
    min_percent: Percent = 80
    leader_drafts: Positive = 2
    frozen_until: NonNegative = 0
    past_reviews: tuple[PastReview, ...] = ()
    pair: tuple[Identifier, Identifier] | None = None

    @cached_property
    def hash(self) -> str:
        """SHA-256 over the canonical JSON text, as hexadecimal digits; without the pair, which changes no plan."""
        return hashlib.sha256(self.model_dump_json(exclude={"pair"}).encode()).hexdigest()

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with changes, which does not inherit the hash."""
        copied = super().model_copy(update=update, deep=deep)
        copied.__dict__.pop("hash", None)
        return copied

    def with_activities(self, change: Callable[[Activity], Activity]) -> Self:
        """A copy in which every activity is changed."""
        return self.model_copy(update={"activities": tuple(map(change, self.activities))})

    def with_activity(self, name: str, change: Callable[[Activity], Activity]) -> Self:
        """A copy in which one activity is changed."""
        return self.with_activities(lambda known: change(known) if known.id == name else known)
