"""The one other area whose move makes room for some dates, and where it goes for the least."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.areas.edges import FORBIDDEN
from scheduler.candidates.plan_state import PlanState
from scheduler.candidates.values import Change, Swap
from scheduler.candidates.whole_teams import seats_lacking
from scheduler.dates.beside import evaluated
from scheduler.explaining.displacements import displaced
from scheduler.explaining.layout import Placed
from scheduler.values.arrays import Ints
from scheduler.values.plan import ActivityDates
from scheduler.values.value import Starts, Week

MOST_PLACES = 6
"""Places of another area for which people are looked up by name, the cheapest first of those with people enough."""


Option = tuple[tuple[Week, ...], int, bool]
"""A timetable, what the cost of dates rises by with the component there alone, and whether pools or limits are short
then."""


@dataclass(frozen=True)
class _Found:
    """Both components at their new places: what moves rises by so much."""

    rise: int
    people_rise: int
    asked: Placed
    other: Placed


class SwapSearch:
    """Who makes room for timetables of one component.

    It is made while everything is in place, and asked once the component has been taken out.

    Attributes
    ----------
    open_now
        So many places of its teams may stay open.
    """

    def __init__(self, state: PlanState, component: int) -> None:
        self.state, self.component = state, component
        self.layout, self.situation = state.layout, state.situation
        # Made before anything is taken out, of the whole plan.
        self.tables, self.blockers = state.elsewhere.tables, state.blockers
        self.open_now = state.num_open_now(component)
        self._places_of: dict[int, Ints] = {}

    def cheapest(self, options: Sequence[Option]) -> Swap | None:
        """The cheapest change in which the component has one of some timetables and one other area moves.

        None if none is found.
        """
        best: _Found | None = None
        for timetable, rise, is_short in options:
            best = self._better(timetable, rise, is_short, best)
        return None if best is None else _told(self.state, self.component, best)

    def _better(
        self, timetable: tuple[Week, ...], rise: int, is_short: bool, best: _Found | None
    ) -> _Found | None:
        """What is cheaper than what was found already, else that."""
        both = np.array([timetable, self.situation.timetables[self.component]], dtype=np.int64)
        blockers = self.blockers.of(self.component, timetable, self.open_now, is_short)
        for other, least in self._promising(blockers):
            if best is not None and rise + least >= best.rise:
                break
            with self.layout.without([other]):
                best = self._with(other, both, best) or best
        return best

    def _promising(self, others: Sequence[int]) -> list[tuple[int, int]]:
        """Those first that could go elsewhere for the least, all others where they are; with that price."""
        tables = self.tables
        costs = ((other, tables[other].costs[self._plausible(other)] - tables[other].now) for other in others)
        found = [(other, int(prices.min())) for other, prices in costs if len(prices)]
        return sorted(found, key=lambda pair: (pair[1], pair[0]))

    def _plausible(self, other: int) -> Ints:
        """Numbers of the timetables of another component that differ from its present one and may have room.

        Where pools or people are short with all in place, only what the component leaves can help.
        """
        if other not in self._places_of:
            table = self.tables[other]
            moves = (table.starts != np.array(self.situation.timetables[other])).any(axis=1)
            fits = (table.short <= 0) & (table.lacking <= self.state.num_open_now(other))
            left, reach = np.array(self.situation.timetables[self.component]), self.state.reach_weeks
            near = (table.starts >= left.min() - reach) & (table.starts <= left.max() + reach)
            self._places_of[other] = np.flatnonzero(moves & (fits | near.any(axis=1)))
        return self._places_of[other]

    def _with(self, other: int, both: Ints, best: _Found | None) -> _Found | None:
        """The cheapest place of another component that was taken out too, if it is better than the best."""
        mine = evaluated(self.layout.room, self.component, both)
        if mine.short[0] > max(0, mine.short[1]):
            return None
        timetable = tuple(both[0].tolist())
        starts = self.situation.moved(self.component, timetable, self.layout.starts)
        placed = self.state.placed(self.component, timetable, starts)
        if self._lacks(placed, self.open_now):
            return None
        self.layout.put(placed)
        try:
            return self._place(other, placed, int(mine.costs[0] - mine.costs[1]), best)
        finally:
            self.layout.take(self.component)

    def _place(self, other: int, placed: Placed, rise: int, best: _Found | None) -> _Found | None:
        """The cheapest place in which the other component fits."""
        table, accepted = self.tables[other], self.state.num_open_now(other)
        choices = evaluated(self.layout.room, other, table.starts[self._plausible(other)])
        rises = rise + choices.costs - table.now
        is_better = rises < (best.rise if best is not None else FORBIDDEN)
        choices = choices.part(np.flatnonzero(is_better & (choices.short <= 0)))
        graph, layout = self.situation.graph, self.layout
        lacking = seats_lacking(layout.board, layout.reviews, graph, other, choices.starts)
        choices = choices.part(np.flatnonzero(lacking <= accepted)).cheapest_by(
            self.situation.team_nodes(other)
        )
        for number in range(min(MOST_PLACES, len(choices.costs))):
            total = rise + int(choices.costs[number]) - table.now
            timetable = tuple(choices.starts[number].tolist())
            starts = self.situation.moved(other, timetable, self.layout.starts)
            elsewhere = self.state.placed(other, timetable, starts)
            if not self._lacks(elsewhere, accepted):
                return _Found(total, self._people_rise(placed, elsewhere, starts), placed, elsewhere)
        return None

    def _lacks(self, placed: Placed, accepted: int) -> bool:
        names = self.situation.graph.names(placed.component)
        places = self.state.open_places(names, placed.members)
        return sum(place.count for place in places) > accepted

    def _people_rise(self, placed: Placed, elsewhere: Placed, starts: Starts) -> int:
        names = _names(self.state, placed, elsewhere)
        after = (*placed.members, *elsewhere.members)
        before = self.state.members_of(names)
        return self.state.people_cost.rise(before, after, self.situation.starts, starts)


def _names(state: PlanState, *placed: Placed) -> tuple[str, ...]:
    return tuple(name for part in placed for name in state.situation.graph.names(part.component))


def _told(state: PlanState, component: int, found: _Found) -> Swap:
    situation = state.situation
    starts = situation.moved(component, found.asked.timetable)
    starts = situation.moved(found.other.component, found.other.timetable, starts)
    names, members = _names(state, found.asked, found.other), (*found.asked.members, *found.other.members)
    open_places = state.open_places(names, members)
    before = state.open_places(names, state.members_of(names))
    change = Change(
        dates=tuple(ActivityDates(activity=name, starts=starts[name]) for name in names),
        members=members,
        rise=found.rise,
        people_rise=found.people_rise,
        more_open=sum(p.count for p in open_places) - sum(p.count for p in before),
        open_places=open_places,
    )
    return Swap(
        moved=displaced(situation, situation.graph.names(found.other.component), starts), change=change
    )
