"""The rows of a problem by number, and how timetables use them: prices of start weeks, coefficients."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, replace

import numpy as np

from scheduler.areas.graph import AreaGraph
from scheduler.dates.lines import Line, Profile, ProfileMaker, base_lines, people_lines, row_name
from scheduler.dates.quota_lines import body_lines
from scheduler.people.capacity import People, Skills
from scheduler.values.arrays import Ints, Mask
from scheduler.values.row_facts import RowName
from scheduler.values.value import WeekSpan


@dataclass(frozen=True)
class Entries:
    """Coefficients of columns in rows, each array of shape (entries,)."""

    column: Ints
    row: Ints
    coefficient: Ints

    @staticmethod
    def merged(column: Ints, row: Ints, coefficient: Ints) -> "Entries":
        """Entries of which several of the same column and row are added up."""
        key, inverse = np.unique(column << 32 | row, return_inverse=True)
        total = np.bincount(inverse, weights=coefficient, minlength=len(key)).astype(np.int64)
        return Entries(key >> 32, key & 0xFFFFFFFF, total)


@dataclass(frozen=True)
class Block:
    """Lines by week that a stage uses for equally many weeks from its start on.

    Attributes
    ----------
    rows
        Shape (lines, weeks).
    use
        Shape (lines,).
    """

    num_weeks: int
    rows: Ints
    use: Ints


@dataclass(frozen=True)
class Uses:
    """What a stage of one profile uses.

    Attributes
    ----------
    blocks
        The lines by week.
    offset, offset_use
        The same as rows less the start week, and the use of each; shape (uses,).
    single, single_use
        Shape (single lines,): their rows, and the use if the stage starts in a week that is counted.
    counted
        Shape (single lines, weeks).
    """

    blocks: tuple[Block, ...]
    offset: Ints
    offset_use: Ints
    single: Ints
    single_use: Ints
    counted: Mask


class Rows:
    """All lines of a problem, and how the stages of an area graph use them.

    Attributes
    ----------
    profile
        For each group, shape (nodes, members): number of the stage's profile.
    use
        One array a line, shape (profiles,): what a stage of the profile uses of the line.
    first
        Number of each line's first row.
    rhs, price, max_excess
        Shape (rows,); price -1 and excess 0 where the row is hard.
    """

    def __init__(self, graph: AreaGraph, people: People) -> None:
        self.graph, self.people = graph, people
        self.problem = graph.problem
        self.num_weeks = graph.problem.num_weeks
        self._uses: dict[tuple[int, int, int], Uses] = {}
        self.profiles: list[Profile] = []
        self.profile = self._number_profiles()
        self.lines: list[Line] = []
        self.use: list[Ints] = []
        self.first: list[int] = []
        self.rhs = np.zeros(0, dtype=np.int64)
        self.price = np.zeros(0, dtype=np.int64)
        self.max_excess = np.zeros(0, dtype=np.int64)
        self.number: dict[str, int] = {}
        for line in base_lines(self.problem, people, graph.whole_teams):
            self.add(line)
        for line in body_lines(self.problem, people, graph.whole_teams):
            self.add(line)

    @property
    def num_rows(self) -> int:
        """Number of rows of all lines."""
        return len(self.rhs)

    def add(self, line: Line) -> int | None:
        """Append a line unless nobody uses it or it is there; returns its number."""
        use = np.array([line.use(profile) for profile in self.profiles], dtype=np.int64)
        if (not use.any() and (line.rhs >= 0).all()) or line.name in self.number:
            return None
        self.number[line.name] = len(self.lines)
        self.lines.append(line)
        self.use.append(use)
        self.first.append(self.num_rows)
        size = len(line.rhs)
        self.rhs = np.concatenate([self.rhs, line.rhs])
        self.price = np.concatenate([self.price, np.full(size, -1 if line.price is None else line.price)])
        self.max_excess = np.concatenate([self.max_excess, np.full(size, line.max_excess)])
        return len(self.lines) - 1

    def add_union(self, skills: Skills) -> list[int]:
        """Append the lines of a union of skills; returns their numbers."""
        lines = people_lines(self.problem, self.people, skills, self.graph.whole_teams)
        return [number for number in map(self.add, lines) if number is not None]

    def name(self, row: int) -> str:
        """Name of a row by its number."""
        line = self._line(row)
        return row_name(self.lines[line], row - self.first[line])

    def about(self, row: int) -> RowName:
        """What a row stands for, by its number."""
        number = self._line(row)
        line = self.lines[number]
        return line.about if line.span is not None else line.about.in_week(row - self.first[number])

    def _line(self, row: int) -> int:
        return int(np.searchsorted(self.first, row, side="right")) - 1

    def start_prices(self, duals: Ints) -> Ints:
        """Price of starting a stage of each profile in each week, shape (profiles, weeks).

        Parameters
        ----------
        duals
            Shape (rows,): non-negative price of a unit of each row.
        """
        rest = self.people.rest_weeks
        by_week = np.zeros((2, len(self.profiles), self.num_weeks + rest), dtype=np.int64)
        prices = np.zeros((len(self.profiles), self.num_weeks), dtype=np.int64)
        for line, first, use in zip(self.lines, self.first, self.use, strict=True):
            dual, used = duals[first : first + len(line.rhs)], np.flatnonzero(use)
            if not dual.any():
                continue
            if line.span is None:
                by_week[int(line.with_rest), used, : len(dual)] += use[used, None] * dual[None, :]
            else:
                begin, end = _clipped(line.span, self.num_weeks)
                prices[used, begin:end] += use[used, None] * dual[0]
        durations = np.array([profile.duration for profile in self.profiles], dtype=np.int64)
        rests = np.array([profile.rest for profile in self.profiles], dtype=np.int64)
        return (
            prices
            + _over_weeks(by_week[0], durations, self.num_weeks)
            + (_over_weeks(by_week[1], durations + rests, self.num_weeks))
        )

    def entries(
        self, group: int, positions: Ints, starts: Ints, columns: Ints, first_line: int = 0
    ) -> Entries:
        """Coefficients of timetables in the rows of all lines from some number on.

        Parameters
        ----------
        positions, starts, columns
            Position within the group, shape (timetables,); start weeks, shape (timetables, nodes); the
            numbers under which to report them.
        """
        parts: list[tuple[Ints, Ints, Ints]] = [(np.zeros(0, dtype=np.int64),) * 3]
        for node in range(starts.shape[1]):
            profiles = self.profile[group][node, positions]
            order = np.argsort(profiles, kind="stable")
            numbers, borders = np.unique(profiles[order], return_index=True)
            for number, which in zip(numbers.tolist(), np.split(order, borders[1:]), strict=True):
                parts += self._entries_of_profile(number, starts[which, node], columns[which], first_line)
        column, row, coefficient = (np.concatenate(part) for part in zip(*parts, strict=True))
        return Entries.merged(column, row, coefficient)

    def _entries_of_profile(
        self, profile: int, starts: Ints, columns: Ints, first_line: int
    ) -> Iterator[tuple[Ints, Ints, Ints]]:
        """(columns, rows, coefficients) of stages of one profile: rows by week, and those of a single start."""
        uses = self.uses(profile, first_line)
        if len(uses.offset):
            rows = (starts[:, None] + uses.offset[None, :]).ravel()
            yield np.repeat(columns, len(uses.offset)), rows, np.tile(uses.offset_use, len(starts))
        if len(uses.single):
            which, line = np.nonzero(uses.counted[:, starts].T)
            yield columns[which], uses.single[line], uses.single_use[line]

    def without_costs(self) -> "Rows":
        """The same rows where timetables and the excess of priced rows cost nothing."""
        groups = tuple(group.without_costs() for group in self.graph.groups)
        free = self.copied()
        free.graph = replace(self.graph, groups=groups)
        free.price = np.where(self.price >= 0, 0, -1)
        return free

    def copied(self) -> "Rows":
        """The same rows again, which may get other prices and further lines while these stay as they are."""
        other = copy(self)
        other.lines, other.use, other.first = list(self.lines), list(self.use), list(self.first)
        other.price, other.max_excess = self.price.copy(), self.max_excess.copy()
        other.number, other._uses = dict(self.number), {}
        return other

    def price_people(self, price: int) -> None:
        """Let the rows that count inspectors be exceeded at a price."""
        for line, first in zip(self.lines, self.first, strict=True):
            if line.about.kind in ("people", "rest", "yearly"):
                rows = slice(first, first + len(line.rhs))
                self.price[rows], self.max_excess[rows] = price, np.iinfo(np.int32).max

    def uses(self, profile: int, first_line: int = 0) -> "Uses":
        """What a stage of a profile uses of all lines from some number on; kept for the next call."""
        key = (profile, first_line, len(self.lines))
        if key not in self._uses:
            self._uses[key] = self._find_uses(profile, first_line)
        return self._uses[key]

    def _find_uses(self, profile: int, first_line: int) -> "Uses":
        used = [n for n in range(first_line, len(self.lines)) if self.use[n][profile]]
        weekly = [n for n in used if self.lines[n].span is None]
        single = [n for n in used if self.lines[n].span is not None]
        counted = np.zeros((len(single), self.num_weeks), dtype=bool)
        for row, number in zip(counted, single, strict=True):
            begin, end = _clipped(self.lines[number].span, self.num_weeks)
            row[begin:end] = True
        by_length: dict[int, list[int]] = {}
        offsets, uses = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        for number in weekly:
            length = self.lines[number].weeks(self.profiles[profile])
            by_length.setdefault(length, []).append(number)
            offsets.append(self.first[number] + np.arange(length))
            uses.append(np.full(length, self.use[number][profile]))
        return Uses(
            blocks=tuple(self._block(profile, *lines) for lines in sorted(by_length.items())),
            offset=np.concatenate(offsets),
            offset_use=np.concatenate(uses),
            single=np.array([self.first[n] for n in single], dtype=np.int64),
            single_use=np.array([self.use[n][profile] for n in single], dtype=np.int64),
            counted=counted,
        )

    def _block(self, profile: int, length: int, lines: list[int]) -> "Block":
        first = np.array([self.first[number] for number in lines], dtype=np.int64)
        use = np.array([self.use[number][profile] for number in lines], dtype=np.int64)
        weeks = self.num_weeks + length - self.profiles[profile].duration
        return Block(length, first[:, None] + np.arange(weeks)[None, :], use)

    def _number_profiles(self) -> list[Ints]:
        numbers: dict[Profile, int] = {}
        maker = ProfileMaker(self.problem, self.people)
        result = []
        for group in self.graph.groups:
            nodes = [self.graph.components[component].nodes for component in group.members]
            by_member = [
                [numbers.setdefault(maker.profile(*n), len(numbers)) for n in stages] for stages in nodes
            ]
            result.append(np.array(by_member, dtype=np.int64).T)
        self.profiles = list(numbers)
        return result


def _clipped(span: WeekSpan | None, num_weeks: int) -> tuple[int, int]:
    assert span is not None
    return max(0, span.first), max(0, min(span.end, num_weeks))


def _over_weeks(by_week: Ints, lengths: Ints, num_weeks: int) -> Ints:
    """Sums over the given number of weeks from each start week on, shape (profiles, weeks)."""
    sums = np.zeros((by_week.shape[0], by_week.shape[1] + 1), dtype=np.int64)
    np.cumsum(by_week, axis=1, out=sums[:, 1:])
    starts = np.arange(num_weeks)
    ends = np.minimum(starts[None, :] + lengths[:, None], by_week.shape[1])
    return np.take_along_axis(sums, ends, axis=1) - sums[:, :num_weeks]
