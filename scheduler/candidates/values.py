"""What a candidate is: a week, a person for a place, a person's weeks, with the price or what stands in the way."""

from typing import Literal

from scheduler.explaining.displacements import Displaced
from scheduler.explaining.impossible_weeks import Hindrance, ImpossibleWeek
from scheduler.explaining.shortfall import MissingUnits, WiderLimit
from scheduler.people.roster import WhyNot
from scheduler.values.plan import ActivityDates, TeamMember
from scheduler.values.value import Identifier, NonNegative, Value, Week, WeekSpan


class OpenPlace(Value):
    """`count` places of `skill` in the team of an activity that nobody who is free can fill."""

    activity: Identifier
    skill: Identifier
    count: NonNegative


class Change(Value):
    """Activities at other dates, with their teams; all others keep their dates and their people.

    Attributes
    ----------
    dates, members
        Of every activity that moves, whole: a plan with these in place of its own is the changed plan.
    rise, people_rise
        What the cost of dates and the cost of people rise by; negative if they fall.
    more_open
        Places without anybody, less those of the plan now.
    open_places
        Which these are, in the teams of what moves.
    units, limits
        What anonymous pools and limits lack; both empty in a plan that keeps the rules.
    """

    dates: tuple[ActivityDates, ...]
    members: tuple[TeamMember, ...] = ()
    rise: int
    people_rise: int
    more_open: int = 0
    open_places: tuple[OpenPlace, ...] = ()
    units: tuple[MissingUnits, ...] = ()
    limits: tuple[WiderLimit, ...] = ()

    @property
    def num_open(self) -> int:
        """Places without anybody in the teams of what moves."""
        return sum(place.count for place in self.open_places)

    @property
    def num_short(self) -> int:
        """Units of pools, week by week, and steps of limits that it lacks."""
        units = sum(missing.units * len(missing.span.weeks()) for missing in self.units)
        return units + sum(limit.by for limit in self.limits)

    @property
    def shortage_rank(self) -> tuple[int, int, int, int]:
        """What is short comes before what it costs."""
        return (self.num_short, max(0, self.more_open), self.rise, self.people_rise)

    @property
    def fits(self) -> bool:
        """Whether nothing is short that is not short now."""
        return self.more_open <= 0 and not self.units and not self.limits


class Swap(Value):
    """One other area that makes room by moving, and what moves then, the activity asked about included."""

    moved: Displaced
    change: Change


class WeekCandidate(Value):
    """An activity with its first stage in some week.

    Attributes
    ----------
    is_present
        Whether it starts in that week now.
    alone
        With all others where they are, as few places open as can be, of those the cheapest; None if rules alone
        forbid the week: then `impossible` says why.
    swap
        Where it does not fit alone: the cheapest that was found in which it does, one other area moving; there may
        be others. None if none was found.
    least_rise
        What the cost of dates would rise by at the cheapest dates of the week, whatever is short for them; None if
        rules alone forbid the week. Negative: people, units or limits alone keep something cheaper away.
    """

    week: Week
    is_present: bool = False
    alone: Change | None = None
    swap: Swap | None = None
    impossible: ImpossibleWeek | None = None
    least_rise: int | None = None

    @property
    def best(self) -> Change | None:
        """What the week takes: the activity alone where it fits, else with the swap; None if it can't be had."""
        if self.alone is not None and self.alone.fits:
            return self.alone
        return None if self.swap is None else self.swap.change


class WeekCandidates(Value):
    """Every week of an activity's start window: those that can be had first, the cheapest first, impossible ones last.

    Attributes
    ----------
    together
        Activities that move with it.
    date_cost, people_cost
        Of the plan now.
    fixed_by
        What leaves no week but the present one, if something does.
    """

    activity: Identifier
    together: tuple[Identifier, ...]
    date_cost: NonNegative
    people_cost: int
    weeks: tuple[WeekCandidate, ...]
    fixed_by: Hindrance | None = None


class PersonCandidate(Value):
    """An inspector for a place.

    Attributes
    ----------
    is_present
        Whether the place is theirs now.
    rise
        What the cost of people rises by if they get it; None if they can't.
    km
        From home to the area.
    other_reviews
        In how many other teams of the plan they are.
    why_not
        The first rule that keeps them away, if any does.
    lacks_bodies
        Whether only the bodies of the team, taken together, keep them away (R056, R144).
    """

    inspector: Identifier
    is_present: bool = False
    rise: int | None = None
    km: NonNegative
    other_reviews: NonNegative
    why_not: WhyNot | None = None
    lacks_bodies: bool = False


class PlaceCandidates(Value):
    """Every inspector for one place of a team: those who may have it first, the cheapest first.

    Attributes
    ----------
    leaving
        Who has the place now and would give it up; None if it is open.
    """

    activity: Identifier
    skill: Identifier
    leaving: Identifier | None
    weeks: tuple[Week, ...]
    people: tuple[PersonCandidate, ...]


Engaged = Literal["free", "not_trained", "away", "works", "rests", "past"]
"""Free for work in a team; not trained yet; away; in a team; resting after one; at or after work of an earlier
programme."""


class PersonSpan(Value):
    """Weeks in which a person is in the same state; `activities` are those that take them."""

    span: WeekSpan
    state: Engaged
    activities: tuple[Identifier, ...] = ()


class BeginsLeft(Value):
    """How many reviews a person may still begin in a period."""

    period: Identifier
    kind: str
    span: WeekSpan
    left: int


class PersonWeeks(Value):
    """The weeks of one inspector from some week on, in order and without a gap."""

    inspector: Identifier
    spans: tuple[PersonSpan, ...]
    begins_left: tuple[BeginsLeft, ...] = ()

    @property
    def free_weeks(self) -> tuple[Week, ...]:
        """Every week in which they are free."""
        return tuple(week for part in self.spans if part.state == "free" for week in part.span.weeks())
