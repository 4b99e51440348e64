"""The fewest other areas that make room for some dates, and of those the cheapest, by looking at all plans."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scheduler.checking.checker import faults
from scheduler.cost import make_plan, uncovered_places
from scheduler.nearby.all_timetables import AllTimetables, Outcome, Question
from scheduler.nearby.linked_areas import Units
from scheduler.nearby.timetables import Timetables
from scheduler.people.staff import Staff
from scheduler.values.arrays import Ints
from scheduler.values.plan import Plan, TeamMember
from scheduler.values.value import Starts

SECONDS = 10.0
"""For each step of each question."""


@dataclass(frozen=True)
class RoomMade:
    """What looking at all plans has brought.

    Attributes
    ----------
    starts, members
        The plan with the fewest other areas moved, of those the cheapest, and in its teams as few people changed as
        was found; None if no plan has the dates.
    asked
        The activities for which room is made.
    displaced
        The activities that make room, those of an area in one tuple.
    is_proven
        Whether that is proven; if not, it may be neither.
    """

    starts: Starts | None
    members: tuple[TeamMember, ...] = ()
    asked: tuple[str, ...] = ()
    displaced: tuple[tuple[str, ...], ...] = ()
    is_proven: bool = True


class MakingRoom:
    """Questions about one plan of a small problem: who makes room?"""

    def __init__(self, units: Units, staff: Staff, plan: Plan) -> None:
        problem = units.problem
        self._every = AllTimetables(units, staff)
        self.problem, self.starts, self.members = problem, plan.starts(), plan.members
        self.area_of = {activity.id: activity.area for activity in problem.activities}
        self.accepted = uncovered_places(problem, plan.members)

    @property
    def is_small(self) -> bool:
        """Whether all plans can be looked at."""
        return self._every.is_small

    def at(self, area: str, starts: Starts) -> RoomMade:
        """Room for an area with certain dates of all its activities."""
        tables = self._tables(area)
        chosen = {unit: np.flatnonzero(table.are_at(starts)) for unit, table in tables.items()}
        return self._made(chosen, list(tables))

    def _tables(self, area: str) -> dict[int, Timetables]:
        """All timetables of the units of an area."""
        every = self._every
        assert every.tables is not None
        units = {every.units.unit_of[name] for name, of in self.area_of.items() if of == area}
        return {unit: every.tables[unit] for unit in sorted(units)}

    def _made(self, chosen: Mapping[int, Ints], asked: Sequence[int]) -> RoomMade:
        """Room for units, some of which have one of the chosen timetables."""
        question = self._every.ask(chosen)
        if question.is_void:
            return RoomMade(None)
        question.limit(question.uncovered, self.accepted)
        displaced = sum(self._displaced(question, asked))
        fewest = question.least(displaced, SECONDS)
        if fewest.starts is None:
            return RoomMade(None, is_proven=fewest.is_proven)
        question.limit(displaced, fewest.value)
        cheapest = question.least(question.date_cost, SECONDS)
        is_proven = fewest.is_proven and cheapest.is_proven
        return self._told(asked, self._kept(question, cheapest, fewest), is_proven)

    def _displaced(self, question: Question, asked: Sequence[int]) -> list[Any]:
        """For each area whether anything of it moves, but for what room is made for."""
        moving: dict[str, list[tuple[int, int]]] = {}
        for unit, found in question.moving.items():
            areas = [self.area_of[name] for name, _ in found.nodes]
            differs = found.starts != found.weeks_in(self.starts)
            for area in dict.fromkeys(areas) if unit not in asked else ():
                moves = differs[:, [other == area for other in areas]].any(axis=1)
                moving.setdefault(area, []).extend(
                    (unit, number) for number in np.flatnonzero(moves).tolist()
                )
        return [question.is_any(timetables) for timetables in moving.values()]

    def _kept(self, question: Question, cheapest: Outcome, fewest: Outcome) -> Outcome:
        """A plan that is as good and changes fewer people, if there is one."""
        if cheapest.starts is None:
            return fewest
        question.limit(question.date_cost, cheapest.value)
        kept = question.least(question.model.people.lost(self.members), SECONDS)
        return kept if kept.starts is not None else cheapest

    def _told(self, asked: Sequence[int], plan: Outcome, is_proven: bool) -> RoomMade:
        assert plan.starts is not None
        starts, units = plan.starts, self._every.units
        if faults(self.problem, make_plan(self.problem, starts, plan.members)):
            return RoomMade(None, is_proven=False)
        by_areas: dict[frozenset[str], tuple[str, ...]] = {}
        for unit, names in enumerate(units.names):
            if unit not in asked and any(starts[name] != self.starts[name] for name in names):
                areas = frozenset(self.area_of[name] for name in names)
                by_areas[areas] = (*by_areas.get(areas, ()), *names)
        made_for = tuple(name for unit in asked for name in units.names[unit])
        return RoomMade(starts, plan.members, made_for, tuple(by_areas.values()), is_proven)
