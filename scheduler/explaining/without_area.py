"""A plan seen from one of its areas: the others stay where they are, and something is left for this one."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from scheduler.dates.beside import Choices, choices_of
from scheduler.dates.remaining import Room
from scheduler.explaining.impossible_weeks import Hindrance, what_fixes
from scheduler.explaining.shortfall import MissingUnits, WiderLimit, row_shortfall
from scheduler.explaining.situation import Situation
from scheduler.values.plan import ActivityDates
from scheduler.values.value import Week


class AskedArea:
    """One area of a plan, with all others where they are.

    Attributes
    ----------
    lead, component, node
        Its leading activity, the component of its first stage that can move, and the number of its first stage
        therein; None if that has a single week and is no part of it.
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
        self.component = situation.movable_component(self.lead)
        self.node = situation.node_within(self.component, self.lead)
        self.names = situation.graph.names(self.component)
        others = {n: weeks for n, weeks in situation.timetables.items() if n != self.component}
        self.room = Room(situation.rows, others)

    def dates(self, timetable: Sequence[Week]) -> tuple[ActivityDates, ...]:
        """Start weeks by activity, as a timetable of the component has them."""
        starts = self.situation.moved(self.component, tuple(timetable))
        return tuple(ActivityDates(activity=name, starts=starts[name]) for name in self.names)

    def first_week(self, timetable: Sequence[Week]) -> Week:
        """Start of the leading activity's first stage in a timetable of the component."""
        return self.situation.starts[self.lead.id][0] if self.node is None else timetable[self.node]

    @property
    def first_nodes(self) -> list[int]:
        """The number of its first stage, if that is part of the component."""
        return [] if self.node is None else [self.node]

    @cached_property
    def choices(self) -> Choices:
        """All timetables of the component."""
        return choices_of(self.room, self.component, self.node or 0)

    def possible_weeks(self) -> set[Week]:
        """The weeks in which rules alone let the leading activity start."""
        if self.node is None:
            return {self.situation.starts[self.lead.id][0]}
        return set(np.unique(self.choices.starts[:, self.node]).tolist())

    def other_weeks(self) -> set[Week]:
        """Those of them that are not the present one."""
        return self.possible_weeks() - {self.situation.starts[self.lead.id][0]}

    def fixed_by(self) -> Hindrance | None:
        """What leaves no other week, if there is none."""
        return what_fixes(self.situation.problem, self.lead, self.possible_weeks())

    def lacking(self, timetable: Sequence[Week]) -> tuple[tuple[MissingUnits, ...], tuple[WiderLimit, ...]]:
        """Units of pools and steps of limits that a timetable lacks beside the other areas."""
        used = self.room.used + self.situation.use_of(self.component, tuple(timetable))
        return row_shortfall(self.situation.rows, used)
