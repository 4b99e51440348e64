"""What two stages cost together: lags within an activity and links, as tables over both start weeks."""

from collections.abc import Callable, Iterable

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
from scheduler.verifying.nodes import ABSENT

Row = tuple[int, list[int]]
"""The first start week of the second stage that is allowed, and the costs of it and those that follow."""

Table = list[Row]
"""One row for each start week of the first stage."""

NONE: Row = (0, [])


def lag_pairs(before: Stage, after: Stage, num_weeks: int) -> Table:
    """Consecutive stages of an activity (R049)."""
    most = after.lag_max_weeks - after.lag_min_weeks
    costs = [after.stretch_price * extra for extra in range(most + 1)]
    first = before.duration_weeks + after.lag_min_weeks
    return [_clipped(week + first, costs, num_weeks) for week in range(num_weeks)]


def order_pairs(before: Stage, num_weeks: int) -> Table:
    """The second stage begins after the first has ended, for the sake of a place that is saved then (R033)."""
    length = before.duration_weeks
    return [_clipped(week + length, [0] * num_weeks, num_weeks) for week in range(num_weeks)]


def link_pairs(link: Link, first: Stage, second: Stage, tables: dict[str, LagTable], num_weeks: int) -> Table:
    """The stages that a link joins, in the order of `ends`."""
    if isinstance(link, LagLink):
        row = _months(link, tables[link.table], first, num_weeks)
    elif isinstance(link, WithinLink):
        row = _within(first, second, num_weeks)
    elif isinstance(link, ClearLink):
        row = _clear(link, first, second, num_weeks)
    else:
        row = _distance(link, first, second, num_weeks)
    return [row(week) for week in range(num_weeks)]


def _months(link: LagLink, table: LagTable, before: Stage, num_weeks: int) -> Callable[[int], Row]:
    """The weeks that the table allows for the last week of the stage before (R030, R032)."""

    def row(week: int) -> Row:
        last = week + before.duration_weeks - 1
        if last >= min(len(table.first), len(table.end)):
            return NONE
        width = max(0, table.end[last] - table.first[last])
        return _clipped(table.first[last], [link.price_per_week * k for k in range(width)], num_weeks)

    return row


def _within(inner: Stage, outer: Stage, num_weeks: int) -> Callable[[int], Row]:
    """The inner stage runs within the outer one, or starts with it if it is longer (R034)."""
    room = max(0, outer.duration_weeks - inner.duration_weeks)
    return lambda week: _clipped(week - room, [0] * (room + 1), num_weeks)


def _distance(
    link: ApartLink | NearLink, first: Stage, second: Stage, num_weeks: int
) -> Callable[[int], Row]:
    """A price for closeness or for distance, by the clear weeks between the two (R036, R097)."""

    def cost(week: int, second_week: int) -> int:
        early = min((week, first.duration_weeks), (second_week, second.duration_weeks))
        clear = min(link.cap_weeks, max(0, max(week, second_week) - sum(early)))
        return link.price_per_week * (clear if isinstance(link, NearLink) else link.cap_weeks - clear)

    return lambda week: (0, [cost(week, second_week) for second_week in range(num_weeks)])


def _clear(link: ClearLink, first: Stage, second: Stage, num_weeks: int) -> Callable[[int], Row]:
    """No week in common, and enough clear weeks between (R026)."""

    def cost(week: int, second_week: int) -> int:
        is_after = second_week - (week + first.duration_weeks) >= link.clear_weeks
        is_before = week - (second_week + second.duration_weeks) >= link.clear_weeks
        return 0 if is_after or is_before else ABSENT

    return lambda week: (0, [cost(week, second_week) for second_week in range(num_weeks)])


def _clipped(first: int, costs: list[int], num_weeks: int) -> Row:
    """A row without the weeks outside the horizon."""
    begin = max(0, -first)
    kept = costs[begin : max(begin, num_weeks - first)]
    return (first + begin, kept) if kept else NONE


def turned(table: Table) -> Table:
    """The same table with the second stage's week first."""
    num_weeks = len(table)
    columns: list[list[tuple[int, int]]] = [[] for _ in range(num_weeks)]
    for week, (first, costs) in enumerate(table):
        for second, cost in enumerate(costs, first):
            if cost < ABSENT:
                columns[second].append((week, cost))
    return [_row(entries) for entries in columns]


def column(table: Table, second: int) -> Row:
    """The costs of the first stage's weeks for one week of the second: a row of the turned table, without the rest."""
    there = [
        (week, costs[second - first])
        for week, (first, costs) in enumerate(table)
        if first <= second < first + len(costs)
    ]
    return _row([(week, cost) for week, cost in there if cost < ABSENT])


def _row(entries: list[tuple[int, int]]) -> Row:
    if not entries:
        return NONE
    first, last = entries[0][0], entries[-1][0]
    costs = [ABSENT] * (last - first + 1)
    for week, cost in entries:
        costs[week - first] = cost
    return first, costs


def added(tables: Iterable[Table]) -> Table:
    """The sum of tables: allowed is what all of them allow."""
    total, *others = tables
    for table in others:
        total = [_sum(row, further) for row, further in zip(total, table, strict=True)]
    return total


def _sum(row: Row, further: Row) -> Row:
    first = max(row[0], further[0])
    end = min(begin + len(costs) for begin, costs in (row, further))
    if end <= first:
        return NONE
    parts = [costs[first - begin : end - begin] for begin, costs in (row, further)]
    return first, [min(ABSENT, a + b) for a, b in zip(*parts, strict=True)]


def scaled(table: Table, factor: int) -> Table:
    """All allowed costs multiplied."""
    return [(first, [c * factor if c < ABSENT else ABSENT for c in costs]) for first, costs in table]
