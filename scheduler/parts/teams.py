"""Teams: the seats that an activity needs filled."""

from scheduler.parts.stages import StageRef
from scheduler.value import Identifier, NonNegative, Positive, Value


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
