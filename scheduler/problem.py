"""The problem: areas, their activities, the people who do them, and what limits and prices apply.

All times are week indexes from the horizon's first Monday, all intervals half-open, all prices and
costs non-negative integers. Dates exist only outside: the calendar that builds a problem turns
school holidays, calendar months and financial years into weeks. Nothing here knows what a JAR is.
"""

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any, Literal, Self

from pydantic import Field

from scheduler.value import Identifier, NonNegative, Percent, Positive, Value, Week, WeekSpan

Term = Literal[
    "urgency", "stretch", "sequencing", "co_ordination", "burden", "evenness", "partners", "stability"
]
"""The terms of the cost of dates, in the order of reports."""


class Location(Value):
    """A point in degrees (WGS 84)."""

    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)


class Closure(Value):
    """Weeks in which a stage may not run, and why ('Easter holiday')."""

    span: WeekSpan
    reason: str = ""


class Calendar(Value):
    """A named set of closed weeks, shared by every stage that refers to it (school holidays, blackouts)."""

    id: Identifier
    closures: tuple[Closure, ...] = ()


class Area(Value):
    """A children's services authority area (R004)."""

    id: Identifier
    name: str
    location: Location
    region: str = ""


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


class Place(Value):
    """`count` seats of a team that need `skill`; one person fills one seat (R059)."""

    skill: Identifier
    count: Positive = 1


class StageRef(Value):
    """A stage of an activity, as one end of a link."""

    activity: Identifier
    stage: Identifier


class SavedPlace(Value):
    """`count` seats of `skill` that a team does without, because the stage `after` ends before it begins (R033)."""

    skill: Identifier
    count: Positive = 1
    after: StageRef


class JointPlace(Value):
    """`count` seats of `skill` that the staff of the stage `beside` fill while both visits run (R034).

    They count as members of the team and for its bodies, as people of `body`; no inspector fills them.
    """

    skill: Identifier
    count: Positive = 1
    beside: StageRef
    body: Identifier


class Team(Value):
    """Who an activity needs: a leader if `needs_leader` (R057), the places, and at least `min_bodies` bodies (R056).

    The leader's seat is a seat of its own: inspectors fill `needs_leader + sum(count)` seats. With the `joint`
    ones these are the members, whose number must lie within `min_members` and `max_members`, both inclusive
    (R055). `saved` seats are not in `places`; they are here so that their reason can be checked. In the
    `drafting_weeks` after the last team week the leader drafts the report (R052).
    """

    places: tuple[Place, ...]
    needs_leader: bool = True
    min_bodies: Positive = 2
    min_members: Positive = 3
    max_members: Positive = 8
    drafting_weeks: NonNegative = 0
    saved: tuple[SavedPlace, ...] = ()
    joint: tuple[JointPlace, ...] = ()

    def seats(self) -> int:
        """Number of seats that inspectors fill, the leader's included."""
        return int(self.needs_leader) + sum(place.count for place in self.places)

    def members(self) -> int:
        """Number of members, those of joint places included."""
        return self.seats() + sum(place.count for place in self.joint)


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


class Capacity(Value):
    """A pool's capacity in some weeks, in place of its usual one."""

    span: WeekSpan
    units: NonNegative


class AnonymousPool(Value):
    """People who are not named: a body that staffs itself with so many teams at a time."""

    id: Identifier
    units: NonNegative
    exceptions: tuple[Capacity, ...] = ()

    def units_in(self, week: Week) -> int:
        """Capacity in a week; the last exception that covers it wins."""
        return next((e.units for e in reversed(self.exceptions) if week in e.span), self.units)


class Absence(Value):
    """Weeks in which an inspector is only `percent_available` per cent there (0: away)."""

    span: WeekSpan
    percent_available: Percent = 0


class Inspector(Value):
    """A named person of an inspectorate.

    A seat is filled only in weeks with at least `Problem.min_percent` available, from
    `trained_from` on (R062), never in an area of `conflicts` or of `previous_areas` (rotation). After
    the last team week of a review follow `rest_weeks` weeks without a team week of another review.
    `max_reviews` bounds the reviews whose first team week lies in one period of the named kind.
    """

    id: Identifier
    body: Identifier
    skills: tuple[str, ...]
    is_leader: bool = False
    home: Location
    trained_from: Week = 0
    percent: Percent = 100
    absences: tuple[Absence, ...] = ()
    rest_weeks: NonNegative = 0
    max_reviews: dict[str, NonNegative] = Field(default_factory=dict)
    conflicts: tuple[str, ...] = ()
    previous_areas: tuple[str, ...] = ()


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


class PastReview(Value):
    """A review that is done, with its actual weeks; they may lie before the horizon.

    Its `members`, the `leader` among them, work in its `team_weeks`, rest afterwards, and have it in the count of
    the period of its first team week; the leader drafts from the last team week up to, not including, `drafting_end`.
    """

    id: Identifier
    area: Identifier
    team_weeks: tuple[Week, ...] = Field(min_length=1)
    members: tuple[str, ...]
    leader: str | None = None
    drafting_end: Week | None = None


class TeamPrices(Value):
    """Prices of the cost of people, all per unit: kilometre from home to area per team member; review of
    an inspector above `fair_share` per period of kind `fair_period`; person changed in a published team."""

    per_km: NonNegative = 1
    per_review_over_share: NonNegative = 0
    fair_share: NonNegative = 0
    fair_period: str = "financial_year"
    per_person_changed: NonNegative = 0


class Problem(Value):
    """Everything a solve needs to know; the same problem always has the same hash.

    A person fills a seat only in weeks of which `min_percent` are available, and leads at most `leader_drafts`
    reviews that are being drafted in one week. The frozen zone are the weeks before `frozen_until`: stages
    published to start in it stay there, and no other starts in it, but pinned ones and those at short notice.
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

    @cached_property
    def hash(self) -> str:
        """SHA-256 over the canonical JSON text, as hexadecimal digits."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with changes, which does not inherit the hash."""
        copied = super().model_copy(update=update, deep=deep)
        copied.__dict__.pop("hash", None)
        return copied
