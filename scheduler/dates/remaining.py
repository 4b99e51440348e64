"""What is left of each row while a plan is put together, and the cheapest way to fit a component in."""

import numpy as np

from scheduler.areas.edges import FORBIDDEN, Costs
from scheduler.areas.modes import Mode
from scheduler.dates.alone import node_costs, priced_alone
from scheduler.dates.rows import Rows, Uses
from scheduler.values.arrays import Ints

HARD_REWARD = 10**6
"""What a component earns that helps to reach a minimum without a price."""


class Room:
    """A plan in the making: the starts of some components and what they use together.

    Rows with a minimum are only enforced once the plan is whole (`complete`): before that, every component that
    helps to reach one is rewarded. Lines added to the rows later are not seen: make a new one then.
    """

    def __init__(self, rows: Rows, starts: dict[int, tuple[int, ...]] | None = None) -> None:
        self.rows = rows
        self.starts: dict[int, tuple[int, ...]] = {}
        self.used = np.zeros(rows.num_rows, dtype=np.int64)
        self._is_whole = False
        for component, weeks in (starts or {}).items():
            self.put(component, weeks)

    def complete(self) -> "Room | None":
        """The plan with its minima enforced from now on; None if a row is not kept."""
        self._is_whole = True
        return self if self.is_kept() else None

    def put(self, component: int, starts: tuple[int, ...]) -> None:
        """Add a component's timetable."""
        self.starts[component] = starts
        self._count(component, starts, 1)

    def take(self, component: int) -> tuple[int, ...]:
        """Remove a component's timetable and return it."""
        starts = self.starts.pop(component)
        self._count(component, starts, -1)
        return starts

    def put_if_it_fits(self, component: int, starts: tuple[int, ...]) -> bool:
        """Add a component's timetable unless that exceeds a row; whether it was added."""
        self.put(component, starts)
        number, position = self.rows.graph.place[component]
        for node, week in enumerate(starts):
            uses = self.rows.uses(int(self.rows.profile[number][node, position]))
            counted = uses.counted[:, week] & (uses.single_use > 0)
            touched = np.concatenate([uses.offset + week, uses.single[counted]])
            if (self.used[touched] - self.rows.rhs[touched] > self.rows.max_excess[touched]).any():
                self.take(component)
                return False
        return True

    def is_kept(self) -> bool:
        """Whether no row is exceeded by more than its slack allows."""
        return bool((self.used - self.rows.rhs <= self.rows.max_excess).all())

    def lack(self) -> int:
        """Units of rows used beyond what their slack allows."""
        return int(np.maximum(self.used - self.rows.rhs - self.rows.max_excess, 0).sum())

    def excess_cost(self) -> int:
        """Price of all slack in use."""
        excess = np.minimum(np.maximum(self.used - self.rows.rhs, 0), self.rows.max_excess)
        return int((excess * np.maximum(self.rows.price, 0)).sum())

    def own_cost(self, component: int) -> int:
        """What a component's timetable costs on its own."""
        number, position = self.rows.graph.place[component]
        starts = np.array([self.starts[component]], dtype=np.int64)
        return int(self.rows.graph.groups[number].own_costs(np.array([position]), starts)[0])

    def cost(self) -> int:
        """Cost of the plan: the timetables' own costs and the price of slack."""
        return self.excess_cost() + sum(self.own_cost(component) for component in self.starts)

    def cheapest_mode(
        self, mode: Mode, prices: Ints | None = None
    ) -> tuple[int, dict[int, tuple[int, ...]]] | None:
        """What a mode adds to the cost, and the timetables of those of its components that are not there yet.

        Each component gets its cheapest beside those before it; None if one does not fit in. The room stays as it is.
        """
        cost, found = 0, dict[int, tuple[int, ...]]()
        missing = [component for component in mode if component not in self.starts]
        for component in missing:
            best = self.cheapest(component, prices)
            if best is None:
                break
            found[component], cost = best[0], cost + best[1]
            if component != missing[-1]:
                self.put(component, best[0])
        for component in missing[:-1]:
            if component in self.starts:
                self.take(component)
        return (cost, found) if len(found) == len(missing) else None

    def cheapest(self, component: int, prices: Ints | None = None) -> tuple[tuple[int, ...], int] | None:
        """The cheapest timetable that fits in, and what it adds to the cost; None if none fits.

        Parameters
        ----------
        prices
            Shape (profiles, weeks): further prices of start weeks to steer by, in units of cost.
        """
        number, position = self.rows.graph.place[component]
        profiles = self.rows.profile[number][:, position]
        extra = {int(profile): self._stage_costs(int(profile), prices) for profile in set(profiles.tolist())}
        costs = node_costs(self.rows.graph, component)
        costs += np.array([extra[int(profile)] for profile in profiles])
        priced = priced_alone(self.rows.graph, component, costs)
        best = priced.best()
        if len(best.positions) == 0:
            return None
        return tuple(best.starts[0].tolist()), int(best.values[0])

    def _stage_costs(self, profile: int, prices: Ints | None) -> Costs:
        """What a stage of this profile adds by its start week, shape (weeks,)."""
        uses, weeks = self.rows.uses(profile), self.rows.num_weeks
        total = np.zeros(weeks, dtype=np.int64)
        for block in uses.blocks:
            per_week = np.zeros(weeks + block.num_weeks, dtype=np.int64)
            added = self._added(block.rows, block.use[:, None]).sum(axis=0)
            np.minimum(added, FORBIDDEN, out=per_week[: len(added)])
            for shift in range(block.num_weeks):
                total += per_week[shift : shift + weeks]
        if len(uses.single):
            total += self._added_by_start(uses)
        if prices is not None:
            total += prices[profile]
        return np.minimum(total, FORBIDDEN)

    def _added(self, rows: Ints, use: Ints) -> Costs:
        """Price of using more of some rows, `FORBIDDEN` where too little is left."""
        before = self.used[rows] - self.rows.rhs[rows]
        after = before + use
        price = np.maximum(self.rows.price[rows], 0) * (np.maximum(after, 0) - np.maximum(before, 0))
        return np.where(after > self.rows.max_excess[rows], FORBIDDEN, price)

    def _added_by_start(self, uses: Uses) -> Costs:
        """Price of starting in each week as far as periods go, shape (weeks,)."""
        inside, outside = (
            self._added(uses.single, uses.single_use),
            np.zeros(len(uses.single), dtype=np.int64),
        )
        for index in np.flatnonzero(uses.single_use < 0):
            inside[index], outside[index] = self._needed(int(uses.single[index]), int(uses.single_use[index]))
        total: Costs = np.where(uses.counted, inside[:, None], outside[:, None]).sum(axis=0)
        return total

    def _needed(self, row: int, use: int) -> tuple[int, int]:
        """What a component costs that helps with a minimum, and one that does not."""
        missing = int(self.used[row] - self.rows.rhs[row])
        if missing <= 0:
            return 0, 0
        price = int(self.rows.price[row])
        saved = min(missing, -use) * (price if price >= 0 else HARD_REWARD)
        is_needed = self._is_whole and missing > self.rows.max_excess[row]
        return -saved, FORBIDDEN if is_needed else 0

    def _count(self, component: int, starts: tuple[int, ...], sign: int) -> None:
        number, position = self.rows.graph.place[component]
        for node, week in enumerate(starts):
            uses = self.rows.uses(int(self.rows.profile[number][node, position]))
            np.add.at(self.used, uses.offset + week, sign * uses.offset_use)
            if len(uses.single):
                inside = uses.counted[:, week]
                self.used[uses.single[inside]] += sign * uses.single_use[inside]
