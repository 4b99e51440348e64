"""Areas, and the work in them: activities, their stages, the seats they need, and what was announced of them."""

from collections.abc import Collection, Iterable

from pydantic import Field

from scheduler.values.value import (
    LEADER,
    Identifier,
    NonNegative,
    Positive,
    Value,
    Week,
    WeekSpan,
    is_default,
)


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


class Place(Value):
    """`count` seats of a team that need `skill`; one person fills one seat (R059)."""

    skill: Identifier
    count: Positive = 1


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


class BodyQuota(Value):
    """Members of a team who come from one body: at least `minimum`, at most `maximum`, both inclusive (R144).

    The leader counts, and so do the staff of joint places.
    """

    body: Identifier
    minimum: NonNegative = 0
    maximum: NonNegative | None = None


class Seated(Value):
    """Somebody's seat of `skill` ('leader' for the leader's): they are at work in it, or it is kept for them."""

    skill: Identifier
    inspector: Identifier


class Team(Value):
    """Who an activity needs: a leader if `needs_leader` (R057), the places, and at least `min_bodies` bodies (R056).

    The leader's seat is a seat of its own: inspectors fill `needs_leader + sum(count)` seats. With the `joint`
    ones these are the members, whose number must lie within `min_members` and `max_members`, both inclusive
    (R055), from each body as many as its quota allows (R144). `saved` seats are not in `places`; they are here so
    that their reason can be checked. In the `drafting_weeks` after the last team week the leader drafts the report
    (R052).

    `at_work` are the people of a review that has begun, None if it has not. Whoever of them may go on keeps their seat,
    and others only get the seats of those who may not: nobody is exchanged, and no seat that was open is filled (R019,
    R043). They may not go on who lack the skill, are not independent, are not there in all team weeks, or are kept by
    a review that is over or by another one at work: one that is pinned goes before one that is not, then the earlier
    one in the problem.

    `reserved` are the seats that a planner keeps for somebody (R043): nobody else gets such a seat, so it stays open
    where they may not have it, and they get no other one of this team. A seat kept for somebody who can never have it,
    without the skill or not independent, is anybody's. A team at work has none.
    """

    places: tuple[Place, ...]
    needs_leader: bool = True
    min_bodies: Positive = 2
    min_members: Positive = 3
    max_members: Positive = 8
    drafting_weeks: NonNegative = 0
    saved: tuple[SavedPlace, ...] = ()
    joint: tuple[JointPlace, ...] = ()
    quotas: tuple[BodyQuota, ...] = Field(default=(), exclude_if=is_default(()))
    at_work: tuple[Seated, ...] | None = Field(default=None, exclude_if=is_default(None))
    reserved: tuple[Seated, ...] = Field(default=(), exclude_if=is_default(()))

    def seats(self) -> int:
        """Number of seats that inspectors fill, the leader's included."""
        return int(self.needs_leader) + sum(place.count for place in self.places)

    def seats_by_skill(self) -> dict[str, int]:
        """Number of these seats by skill, in the order of the places; the leader's is the last."""
        count: dict[str, int] = {}
        for place in self.places:
            count[place.skill] = count.get(place.skill, 0) + place.count
        if self.needs_leader:
            count[LEADER] = count.get(LEADER, 0) + 1
        return count

    def members(self) -> int:
        """Number of members, those of joint places included."""
        return self.seats() + sum(place.count for place in self.joint)

    def lent_from(self, body: str) -> int:
        """Number of members that a body brings by joint places."""
        return sum(place.count for place in self.joint if place.body == body)

    def least_from(self) -> dict[str, int]:
        """By body the fewest inspectors, beside the staff of joint places; only bodies of which any are needed."""
        least = {quota.body: quota.minimum - self.lent_from(quota.body) for quota in self.quotas}
        return {body: count for body, count in least.items() if count > 0}

    def most_from(self) -> dict[str, int]:
        """By body the most inspectors, beside the staff of joint places; only bodies with a maximum."""
        bounded = [(quota.body, quota.maximum) for quota in self.quotas if quota.maximum is not None]
        return {body: max(0, most - self.lent_from(body)) for body, most in bounded}


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

    def reserving(self, seats: Iterable[Seated]) -> "Activity":
        """A copy in which exactly these seats of its team are kept for somebody (R043)."""
        if self.team is None:
            return self
        team = self.team.model_copy(update={"reserved": tuple(seats)})
        return self.model_copy(update={"team": team})

    def reserving_none_for(self, people: Collection[str]) -> "Activity":
        """A copy in which no seat is kept for some people; the others keep theirs."""
        held = self.team.reserved if self.team is not None else ()
        return self.reserving(seated for seated in held if seated.inspector not in people)


class Location(Value):
    """A point in degrees (WGS 84)."""

    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)


class Area(Value):
    """A children's services authority area (R004)."""

    id: Identifier
    name: str
    location: Location
    region: str = ""


class Closure(Value):
    """Weeks in which a stage may not run, and why ('Easter holiday')."""

    span: WeekSpan
    reason: str = ""


class Calendar(Value):
    """A named set of closed weeks, shared by every stage that refers to it (school holidays, blackouts)."""

    id: Identifier
    closures: tuple[Closure, ...] = ()
