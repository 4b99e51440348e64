"""What a plan after an event lacks, and what would help, as values."""

from scheduler.events.settled import Hold
from scheduler.people.roster import WhyNot
from scheduler.values.value import Identifier, NonNegative, Positive, Value, Week, WeekSpan


class OpenSeat(Value):
    """`count` seats of a skill for which there is nobody."""

    skill: Identifier
    count: Positive


class Donor(Value):
    """A review whose people could fill some of the seats, if it were elsewhere; `hold` says why it is not moved."""

    activity: Identifier
    hold: Hold | None
    skills: tuple[Identifier, ...]
    is_enough: bool


class StandIn(Value):
    """Somebody with the skill of an open seat, `km` from home; `hindrance` says what stands in the way, if anything."""

    inspector: Identifier
    skill: Identifier
    km: NonNegative
    hindrance: WhyNot | None = None


class OpenPlace(Value):
    """`count` places of a skill that nobody fills in `weeks`, those of the team; who could stand in, ranked."""

    activity: Identifier
    skill: Identifier
    count: Positive
    weeks: WeekSpan
    stand_ins: tuple[StandIn, ...] = ()


class Unstaffed(Value):
    """What an incident's review lacks in the first choice, and what would help.

    Attributes
    ----------
    has_nobody
        Whether the team would have no member at all.
    donors
        Those that could give people, the movable ones first, then those that give most.
    later_week
        The first week after those of the event in which a whole team is free while nothing else changes; None if none
        was found within a year.
    """

    activity: Identifier
    first_week: Week
    open_seats: tuple[OpenSeat, ...]
    has_nobody: bool
    donors: tuple[Donor, ...] = ()
    stand_ins: tuple[StandIn, ...] = ()
    later_week: NonNegative | None = None


class InTheWay(Value):
    """An activity that has to stay, and without which the event would find dates; `hold` says why it stays."""

    activity: Identifier
    hold: Hold
