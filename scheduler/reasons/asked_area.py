"""The area that a question is about: what of it moves together, and what the others leave it."""

from collections.abc import Sequence
from functools import cached_property

from scheduler.reasons.layout import Layout
from scheduler.reasons.row_shortfall import row_shortfall
from scheduler.reasons.shortfall import MissingUnits, WiderLimit
from scheduler.reasons.situation import Situation
from scheduler.values.plan import ActivityDates
from scheduler.values.value import Week


class AskedArea:
    """One area of a plan, with all others where they are.

    Attributes
    ----------
    lead, component, node
        Its leading activity, the component that it belongs to, and the number of its first stage therein.
    names
        Activities that are planned together with it.
    room
        What the other areas leave of what all share.

    Raises
    ------
    UnknownArea
        If nothing is planned in the area.
    """

    def __init__(self, situation: Situation, area: str) -> None:
        self.situation, self.area = situation, area
        self.lead = situation.lead(area)
        self.component = situation.component(self.lead)
        self.node = situation.node(self.lead)
        self.names = situation.graph.names(self.component)
        self.room = situation.room_without(self.component)

    @cached_property
    def layout(self) -> Layout:
        """Where the other areas are, to find out who could make room."""
        return Layout(self.situation)

    def dates(self, timetable: Sequence[Week]) -> tuple[ActivityDates, ...]:
        """Start weeks by activity, as a timetable of the component has them."""
        starts = self.situation.moved(self.component, tuple(timetable))
        return tuple(ActivityDates(activity=name, starts=starts[name]) for name in self.names)

    def lacking(self, timetable: Sequence[Week]) -> tuple[tuple[MissingUnits, ...], tuple[WiderLimit, ...]]:
        """Units of pools and steps of limits that a timetable lacks beside the other areas."""
        used = self.room.used + self.situation.use_of(self.component, tuple(timetable))
        return row_shortfall(self.situation.rows, used)
