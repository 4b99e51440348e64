"""How two stages of an area depend on each other: which pairs of start weeks are allowed, and at what price.

Every dependence (a lag between stages, a link between activities) becomes a table over the start
weeks of a parent and a child stage. Dynamic programming needs only its minimum over the child's week.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from scheduler.values.arrays import Ints, Mask
from scheduler.values.problem import (
    ApartLink,
    ClearLink,
    LagLink,
    LagTable,
    Link,
    NearLink,
    Stage,
    WithinLink,
)

Costs = Ints
"""Costs by week, `FORBIDDEN` where not allowed."""

FORBIDDEN = 2**55
"""The cost of what is not allowed. Sums of a hundred of them still fit into 64 bits."""


def is_allowed(costs: Costs) -> Mask:
    """Which costs are real ones. Negative prices may have lowered a forbidden one a little."""
    return costs < FORBIDDEN // 2


def scaled(costs: Costs, scale: int) -> Costs:
    """What is allowed multiplied."""
    return np.where(is_allowed(costs), costs * scale, FORBIDDEN)


def free(costs: Costs) -> Costs:
    """The same where everything that is allowed costs nothing."""
    return np.where(is_allowed(costs), 0, FORBIDDEN)


def dearest(costs: Costs) -> int:
    """The most that something allowed costs, 0 if nothing is."""
    return int(np.where(is_allowed(costs), costs, 0).max(initial=0))


def only_week(cost: Costs) -> int | None:
    """The only week in which a stage can start, None if there are more or none."""
    weeks = np.flatnonzero(is_allowed(cost))
    return int(weeks[0]) if len(weeks) == 1 else None


def chain_table(before: Stage, after: Stage, num_weeks: int) -> Costs:
    """Costs of (start of `before`, start of `after`) for consecutive stages of an activity (R049)."""
    lag = _starts(num_weeks)[None, :] - _starts(num_weeks)[:, None] - before.duration_weeks
    allowed = (lag >= after.lag_min_weeks) & (lag <= after.lag_max_weeks)
    return np.where(allowed, after.stretch_price * (lag - after.lag_min_weeks), FORBIDDEN)


def order_table(before: Stage, num_weeks: int) -> Costs:
    """Costs of (start of `before`, start of another stage): zero where the other begins after its end (R033)."""
    lag = _starts(num_weeks)[None, :] - _starts(num_weeks)[:, None] - before.duration_weeks
    return np.where(lag >= 0, 0, FORBIDDEN)


def lag_table(link: LagLink, table: LagTable, before: Stage, num_weeks: int) -> Costs:
    """Costs of (start of `before`, start of `after`) for a window per end week (R030, R032)."""
    costs = np.full((num_weeks, num_weeks), FORBIDDEN, dtype=np.int64)
    for start in range(num_weeks):
        last = start + before.duration_weeks - 1
        if last >= min(len(table.first), len(table.end)):
            break
        first, end = table.first[last], min(table.end[last], num_weeks)
        weeks = np.arange(max(0, first), max(0, first, end))
        costs[start, weeks] = link.price_per_week * (weeks - first)
    return costs


def within_table(inner: Stage, outer: Stage, num_weeks: int) -> Costs:
    """Costs of (start of inner, start of outer): zero where the inner lies in the outer (R034)."""
    ahead = _starts(num_weeks)[:, None] - _starts(num_weeks)[None, :]
    room = outer.duration_weeks - inner.duration_weeks
    allowed = (ahead >= 0) & (ahead <= max(0, room))
    return np.where(allowed, 0, FORBIDDEN)


def distance_table(link: ApartLink | NearLink, first: Stage, second: Stage, num_weeks: int) -> Costs:
    """Costs of (start of first, start of second) by the clear weeks between them (R036, R097)."""
    shift = _starts(num_weeks)[None, :] - _starts(num_weeks)[:, None]
    clear = np.maximum(0, np.maximum(shift - first.duration_weeks, -shift - second.duration_weeks))
    counted = np.minimum(clear, link.cap_weeks)
    if isinstance(link, ApartLink):
        counted = link.cap_weeks - counted
    costs: Costs = (link.price_per_week * counted).astype(np.int64)
    return costs


def clear_table(link: ClearLink, first: Stage, second: Stage, num_weeks: int) -> Costs:
    """Costs of (start of first, start of second): zero where enough clear weeks lie between (R026)."""
    shift = _starts(num_weeks)[None, :] - _starts(num_weeks)[:, None]
    clear = np.maximum(shift - first.duration_weeks, -shift - second.duration_weeks)
    return np.where(clear >= link.clear_weeks, 0, FORBIDDEN)


def link_table(link: Link, stages: tuple[Stage, Stage], tables: dict[str, LagTable], num_weeks: int) -> Costs:
    """Costs of (start of first end, start of second end) in the order of `Link.ends`."""
    first, second = stages
    if isinstance(link, LagLink):
        return lag_table(link, tables[link.table], first, num_weeks)
    if isinstance(link, WithinLink):
        return within_table(first, second, num_weeks)
    if isinstance(link, ClearLink):
        return clear_table(link, first, second, num_weeks)
    return distance_table(link, first, second, num_weeks)


@dataclass(frozen=True)
class Band:
    """A table of costs with its forbidden margins cut off.

    Attributes
    ----------
    child
        Shape (weeks, width): candidate weeks of the child for each week of the parent.
    cost
        Shape (weeks, width): their costs, `FORBIDDEN` where the row is padded.
    barred
        Shape (width, weeks, members): pairs of weeks that only some members may not take, 0 or `FORBIDDEN`;
        None if there are none.
    """

    child: Ints
    cost: Costs
    barred: Costs | None = None

    @staticmethod
    def of(table: Costs) -> "Band":
        """The band of a table of shape (parent weeks, child weeks)."""
        num_weeks = table.shape[1]
        allowed = is_allowed(table)
        first = np.where(allowed.any(axis=1), allowed.argmax(axis=1), 0)
        end = np.where(allowed.any(axis=1), num_weeks - allowed[:, ::-1].argmax(axis=1), 0)
        width = max(1, int((end - first).max()))
        child = np.minimum(first[:, None] + np.arange(width)[None, :], num_weeks - 1)
        beyond = first[:, None] + np.arange(width)[None, :] >= end[:, None]
        cost = np.where(beyond, FORBIDDEN, np.take_along_axis(table, child, axis=1))
        return Band(child, np.ascontiguousarray(cost))

    def scaled(self, scale: int) -> "Band":
        """The same band with all allowed costs multiplied."""
        return replace(self, cost=scaled(self.cost, scale))

    def for_member(self, member: int) -> "Band":
        """The band of one member alone."""
        if self.barred is None:
            return self
        return Band(self.child, np.minimum(self.cost + self.barred[:, :, member].T, FORBIDDEN))

    @cached_property
    def dense(self) -> Costs:
        """The table of costs again, shape (parent weeks, child weeks)."""
        num_weeks = len(self.child)
        table = np.full((num_weeks, num_weeks), FORBIDDEN, dtype=np.int64)
        # A row is padded at its end with its last week, which is forbidden there: the real cost is the lower one.
        np.minimum.at(table, (np.arange(num_weeks)[:, None], self.child), self.cost)
        return table

    @cached_property
    def dense_barred(self) -> Costs | None:
        """What only some members may not take, or pay for, shape (parent weeks, child weeks, members)."""
        if self.barred is None:
            return None
        num_weeks = len(self.child)
        barred = np.zeros((num_weeks, num_weeks, self.barred.shape[2]), dtype=np.int64)
        barred[np.arange(num_weeks)[:, None], self.child] = self.barred.transpose(1, 0, 2)
        return barred

    @cached_property
    def turned(self) -> "Band":
        """The same costs from the child's week to the parent's."""
        band = Band.of(self.dense.T)
        if self.dense_barred is None:
            return band
        rows = np.broadcast_to(np.arange(len(self.child))[:, None], band.child.shape)
        turned = self.dense_barred[band.child, rows]
        return replace(band, barred=np.ascontiguousarray(turned.transpose(1, 0, 2)))

    @cached_property
    def columns(self) -> list[tuple[Ints, Costs]]:
        """Child weeks and costs of shape (weeks, 1), one pair per column of the band."""
        return [
            (np.ascontiguousarray(self.child[:, k]), np.ascontiguousarray(self.cost[:, k : k + 1]))
            for k in range(self.child.shape[1])
        ]

    def cheapest(self, values: Costs) -> Costs:
        """Minimum over the child's week of cost + value.

        Parameters
        ----------
        values
            Shape (child weeks, members).

        Returns
        -------
        Shape (parent weeks, members); `FORBIDDEN` where no child week is allowed.
        """
        if values.shape[1] == 1:
            return self._cheapest_of_one(values[:, 0])
        best = np.full((self.child.shape[0], values.shape[1]), FORBIDDEN, dtype=np.int64)
        buffer = np.empty_like(best)
        for k, (child, cost) in enumerate(self.columns):
            values.take(child, axis=0, out=buffer, mode="clip")
            np.add(buffer, cost, out=buffer)
            if self.barred is not None:
                np.add(buffer, self.barred[k], out=buffer)
            np.minimum(best, buffer, out=best)
        return best

    def _cheapest_of_one(self, values: Costs) -> Costs:
        """The same for a single member, all columns at once: a loop over them would cost more than the sums."""
        costs = self.cost + values[self.child]
        if self.barred is not None:
            costs += self.barred[:, :, 0].T
        best: Costs = np.minimum(costs.min(axis=1, keepdims=True), FORBIDDEN)
        return best

    def candidates(self, values: Costs, parents: Ints, members: Ints) -> tuple[Ints, Costs]:
        """Child weeks and cost + value for some (parent week, member) pairs, each of shape (pairs, width)."""
        child = self.child[parents]
        cost = self.cost[parents] + values[child, members[:, None]]
        if self.barred is not None:
            cost += self.barred[:, parents, members].T
        return child, cost

    def costs_of(self, parents: Ints, children: Ints, members: Ints) -> Costs:
        """Costs of pairs of weeks, `FORBIDDEN` where not allowed; all of shape (pairs,)."""
        offset = np.clip(children - self.child[parents, 0], 0, self.child.shape[1] - 1)
        cost = np.where(self.child[parents, offset] == children, self.cost[parents, offset], FORBIDDEN)
        return cost if self.barred is None else cost + self.barred[offset, parents, members]


def _starts(num_weeks: int) -> Ints:
    return np.arange(num_weeks, dtype=np.int64)
