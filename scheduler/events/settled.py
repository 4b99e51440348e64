"""What is known of a published programme beside its weeks: what is under way, and whose notice is given."""

from typing import Literal

from scheduler.values.value import Identifier, Value, Week

Hold = Literal["under_way", "notified", "frozen"]
"""Why an activity keeps its dates: it has begun, its notice is given, or it begins within the frozen zone."""


class Settled(Value):
    """Activities that keep their dates whatever their weeks say (R019, R043).

    Attributes
    ----------
    is_week_begun
        Whether the Monday of the present week is past: what starts in this week has begun then, and nothing else
        starts in it any more.
    under_way
        Activities that have begun by somebody's word (a meeting was held, a consultation is open), though no stage of
        theirs in the problem has. No event moves them.
    notified
        Activities whose notice is given: they move only if they are `named`, or asked for by the event itself.
    named
        Activities that the planner lets move: neither their notice nor the frozen zone keeps them.
    """

    is_week_begun: bool = False
    under_way: tuple[Identifier, ...] = ()
    notified: tuple[Identifier, ...] = ()
    named: tuple[Identifier, ...] = ()

    def first_open(self, now_week: Week) -> Week:
        """The first week in which something may still start: what starts before it has begun."""
        return now_week + int(self.is_week_begun)

    def keeps(self, activity: str) -> Hold | None:
        """Why an activity keeps its dates wherever they are; None if nothing here says so."""
        if activity in self.under_way:
            return "under_way"
        return "notified" if activity in self.notified and activity not in self.named else None


NOTHING_SETTLED = Settled()
