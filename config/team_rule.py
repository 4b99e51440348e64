"""What a framework says about the team: its bounds, and which skills it needs for which extent of fieldwork."""

from pydantic import Field

from config.conditions import Condition
from config.entry import Entry, Key, Positive, Whole, Words

DEPUTY = "deputy"
"""The name of the deputy's place: somebody able to lead fills it."""


class Quota(Entry):
    """Least and most members who come from one body, named by its code in `bodies.csv` (R144), if `only_if` holds."""

    body: Words
    minimum: Whole = 0
    maximum: Whole | None = None
    only_if: Condition | None = None


class TeamRule(Entry):
    """Least and most members, the leader included (R055), from how many bodies at least (R056), and quotas (R144).

    The leader drafts the report from the last team week to the deadline `drafts_until` (R052). The team of the plan is
    provisional: it is to be confirmed as the final one after the stage `final_after` (R061). In the steps the leader
    is called `leader_role`, the others `member_role` (roles of the framework). With a `deputy_role` the team has one
    more place, for another person able to lead: whoever has it signs in the leader's place while the leader is away.
    """

    min_members: Positive
    max_members: Positive
    min_bodies: Positive = 1
    quotas: tuple[Quota, ...] = ()
    needs_leader: bool = True
    drafts_until: Key | None = None
    final_after: Key | None = None
    leader_role: Key = "team_leader"
    member_role: Key = "inspectors"
    deputy_role: Key | None = None

    @property
    def num_leading(self) -> int:
        """Seats of every team, whatever its extent: the leader's and the deputy's."""
        return self.needs_leader + (self.deputy_role is not None)


class Extent(Entry):
    """An extent of fieldwork: seats per skill, and `local_places` more for what matters in the area (R060).

    `min_members` and `max_members` hold in place of the team's where they are given (R055).
    """

    id: Key
    places: dict[Key, Positive] = Field(min_length=1)
    local_places: Whole = 0
    min_members: Positive | None = None
    max_members: Positive | None = None

    def num_places(self) -> int:
        """Seats without the leader's."""
        return sum(self.places.values()) + self.local_places


class AddedPlaces(Entry):
    """Seats that a team has besides those of its extent where a condition holds (R059, R060)."""

    only_if: Condition
    places: dict[Key, Positive] = Field(min_length=1)


class ExtentRow(Entry):
    """The extents of small, medium and large areas from an urgency (1 to 10) on."""

    urgency_from: Positive
    small: Key
    medium: Key
    large: Key


class ExtentChoice(Entry):
    """Which extent an area gets: by urgency, and by its population aged 0 to 19 (R060, R077)."""

    medium_from: Positive
    large_from: Positive
    rows: tuple[ExtentRow, ...] = Field(min_length=1)

    def extent(self, urgency: int, population: int) -> str:
        """Identifier of the extent; the last row whose `urgency_from` is reached holds."""
        row = next((r for r in reversed(self.rows) if urgency >= r.urgency_from), self.rows[0])
        if population >= self.large_from:
            return row.large
        return row.medium if population >= self.medium_from else row.small


class Reduction(Entry):
    """Seats that are saved when an activity of kind `after` came shortly before (R033)."""

    after: Key
    places: dict[Key, Positive]


class JointTeam(Entry):
    """Seats that the people of a concurrent activity of kind `beside` fill, who belong to `body` (R034, R035)."""

    beside: Key
    places: dict[Key, Positive]
    body: Words
