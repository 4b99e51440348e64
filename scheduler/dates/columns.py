"""The candidate timetables found so far (columns), and what they use of the rows."""

from collections.abc import Iterable, Mapping

import numpy as np

from scheduler.dates.pricing import Timetables
from scheduler.dates.rows import Entries, Rows
from scheduler.values.arrays import Floats, Ints, Mask


class Columns:
    """All columns by number: component, own cost, starts; never removed, never twice.

    `entries` are their coefficients in all rows known so far, one portion for each time that columns or
    lines were added.
    """

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.starts: list[tuple[int, ...]] = []
        self.entries: list[Entries] = []
        self._component: list[int] = []
        self._cost: list[int] = []
        self._known: dict[tuple[int, tuple[int, ...]], int] = {}
        self._known_lines = len(rows.lines)

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def component(self) -> Ints:
        """Component of each column, shape (columns,)."""
        return np.array(self._component, dtype=np.int64)

    @property
    def mode(self) -> Ints:
        """Mode that each column's component belongs to, shape (columns,)."""
        mode: Ints = self.rows.graph.modes.mode_of[self.component]
        return mode

    @property
    def cost(self) -> Ints:
        """Own cost of each column, shape (columns,)."""
        return np.array(self._cost, dtype=np.int64)

    def plan_of(self, numbers: list[int]) -> dict[int, tuple[int, ...]]:
        """Start weeks by component of the plan that takes these columns."""
        return {self._component[number]: self.starts[number] for number in numbers}

    def of_plan(self, starts: Mapping[int, tuple[int, ...]]) -> dict[int, int]:
        """The columns of a plan (start weeks by component) by component, as far as they are there."""
        return {key[0]: self._known[key] for key in starts.items() if key in self._known}

    def numbers(self, found: Timetables) -> list[int]:
        """Numbers of timetables that are all there."""
        members = self.rows.graph.groups[found.group].members[found.positions]
        keys = zip(members.tolist(), map(tuple, found.starts.tolist()), strict=True)
        return [self._known[key] for key in keys]

    def priced(self, duals: Ints, scale: int) -> Ints:
        """Scaled cost of each column at given prices of rows (shape (rows,)), its own cost included."""
        total = self.cost * scale
        for entries in self.entries:
            np.add.at(total, entries.column, entries.coefficient * duals[entries.row])
        return total

    def add(self, found: Timetables) -> None:
        """Add those timetables that are new."""
        self.learn_lines()
        group = self.rows.graph.groups[found.group]
        members = group.members[found.positions]
        fresh: list[int] = []
        for index, key in enumerate(zip(members.tolist(), map(tuple, found.starts.tolist()), strict=True)):
            if key not in self._known:
                self._known[key] = len(self._known)
                fresh.append(index)
        if not fresh:
            return
        first = len(self.starts)
        numbers = np.arange(first, first + len(fresh))
        positions, starts = found.positions[fresh], found.starts[fresh]
        self.starts += map(tuple, starts.tolist())
        self._component += members[fresh].tolist()
        self._cost += group.own_costs(positions, starts).tolist()
        self.entries.append(self.rows.entries(found.group, positions, starts, numbers))

    def add_plan(self, starts: Iterable[tuple[int, tuple[int, ...]]]) -> None:
        """Add timetables given as (component, start weeks), those of a plan say."""
        by_group: dict[int, list[tuple[int, tuple[int, ...]]]] = {}
        for component, timetable in starts:
            group, position = self.rows.graph.place[component]
            by_group.setdefault(group, []).append((position, timetable))
        for group, found in sorted(by_group.items()):
            positions, weeks = (np.array(part, dtype=np.int64) for part in zip(*sorted(found), strict=True))
            self.add(Timetables(group, positions, weeks, np.zeros(len(found), dtype=np.int64)))

    def in_rows(self, rows: Rows) -> "Columns":
        """The same timetables as columns of other rows of the same components."""
        found = Columns(rows)
        found.add_plan(zip(self._component, self.starts, strict=True))
        return found

    def learn_lines(self) -> None:
        """Find the coefficients of all columns in lines that were added to the rows since."""
        first_line, self._known_lines = self._known_lines, len(self.rows.lines)
        if first_line == self._known_lines or not self.starts:
            return
        place = self.rows.graph.place
        by_group: dict[int, list[int]] = {}
        for column, component in enumerate(self._component):
            by_group.setdefault(place[component][0], []).append(column)
        for group, numbers in by_group.items():
            positions = np.array([place[self._component[number]][1] for number in numbers])
            starts = np.array([self.starts[number] for number in numbers], dtype=np.int64)
            self.entries.append(self.rows.entries(group, positions, starts, np.array(numbers), first_line))

    def usage(self, amounts: Floats) -> Floats:
        """Use of every row if each column is taken in the given amount, shape (rows,).

        Parameters
        ----------
        amounts
            Shape (columns,); columns that were added since it was made are not taken.
        """
        total = np.zeros(self.rows.num_rows)
        amounts = np.concatenate([amounts, np.zeros(len(self) - len(amounts))])
        for entries in self.entries:
            taken = amounts[entries.column]
            total += np.bincount(entries.row, entries.coefficient * taken, minlength=len(total))
        return total

    def entries_of_rows(self, wanted: Mask) -> Entries:
        """Coefficients of all columns in the wanted rows (shape (rows,))."""
        return _joined((portion, wanted[portion.row]) for portion in self.entries)

    def entries_of_columns(self, wanted: Mask) -> Entries:
        """Coefficients in all rows of the wanted columns (shape (columns,))."""
        return _joined((portion, wanted[portion.column]) for portion in self.entries)


def _joined(parts: Iterable[tuple[Entries, Mask]]) -> Entries:
    none = np.zeros(0, dtype=np.int64)
    chosen = [(none, none, none)]
    chosen += [(part.column[keep], part.row[keep], part.coefficient[keep]) for part, keep in parts]
    return Entries(*map(np.concatenate, zip(*chosen, strict=True)))
