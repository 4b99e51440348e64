"""The timetables that can be part of a plan below some cost, by what prices of rows prove."""

from collections.abc import Iterator

import numpy as np

from scheduler.areas.edges import Costs
from scheduler.dates.from_certificates import certified_prices
from scheduler.dates.pricing import all_within, choose_scale, lagrangian_value, price_all, rounded_up
from scheduler.nearby.linked_areas import Units
from scheduler.nearby.timetables import Timetables
from scheduler.values.arrays import Ints
from scheduler.values.proof import Certificate
from scheduler.values.value import Starts


class Reach:
    """Prices of rows, and how much dearer than the cheapest each timetable is at these prices.

    A plan costs at least what the prices prove, and as much more as a timetable of it is dearer than the cheapest one
    of its component: so a plan below some cost has none that is dearer by more than the room between the two.

    Attributes
    ----------
    value
        What the prices prove, times `scale`; None if some component has no timetable at all.
    """

    def __init__(self, units: Units, certificate: Certificate | None) -> None:
        """Price all components.

        Parameters
        ----------
        units
            Of the rows whose prices the certificate holds.
        certificate
            Of kind 'dates', without prices of single persons; without any every price is 0, which proves something too.
        """
        self.units, self.rows = units, units.rows
        self.scale = choose_scale(self.rows.graph)
        duals = np.zeros(self.rows.num_rows, dtype=np.int64)
        if certificate is not None:
            duals = certified_prices(self.rows, certificate, self.scale)
        self.priced = price_all(self.rows, duals, self.scale)
        self.value = lagrangian_value(self.rows, self.priced, duals, self.scale)

    @property
    def bound(self) -> int:
        """What no plan undercuts."""
        return 0 if self.value is None else max(0, rounded_up(self.value, self.scale))

    def below(self, most: int, present: Starts, limit: int) -> dict[int, Timetables] | None:
        """For each unit the timetables that a plan of at most a cost can have, and the present one.

        Parameters
        ----------
        present
            Start weeks by activity of the plan so far.
        limit
            None is the answer if there are more timetables than this in all.
        """
        if self.value is None:
            return None
        alone: dict[int, tuple[Ints, Costs]] = {}
        for component, starts, costs in self._within(most * self.scale - self.value, limit):
            alone[component] = starts, costs
        found: dict[int, Timetables] = {}
        for unit in range(len(self.units)):
            parts = [alone.get(component) for component in self.units.components[unit]]
            joined = self.units.joined(unit, parts, limit)
            if joined is None:
                return None
            found[unit] = self._with_present(joined, present)
        return None if sum(map(len, found.values())) > limit else found

    def _within(self, room: int, limit: int) -> Iterator[tuple[int, Ints, Costs]]:
        """Each component's starts and own costs of those that are dearer by at most a scaled room, if not too many."""
        for table in self.priced:
            group = self.rows.graph.groups[table.group]
            found = all_within(table, np.full(len(group.members), max(0, room)), limit)
            if found is None:
                return
            costs = group.own_costs(found.positions, found.starts)
            for position, component in enumerate(group.members.tolist()):
                chosen = found.positions == position
                yield component, found.starts[chosen], costs[chosen]

    def _with_present(self, found: Timetables, present: Starts) -> Timetables:
        if not self.units.has_dates(found.unit, present) or found.are_at(present).any():
            return found
        return found.joined(self.units.timetables_at(found.unit, present))
