"""People: named inspectors, anonymous pools, the reviews behind them, and what teams cost."""

from pydantic import Field

from scheduler.values.activities import Location
from scheduler.values.value import Identifier, NonNegative, Percent, Value, Week, WeekSpan


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
