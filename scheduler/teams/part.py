"""People in a CP-SAT model: columns of the team problem as Booleans, its rows as constraints."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np

from scheduler.teams.rows import Row, RowKey, TeamRows
from scheduler.values.arrays import Ints, Mask, indexes


class TeamPart:
    """Adds seats, columns and rows to a model.

    Attributes
    ----------
    chosen
        One Boolean for each of the given columns.
    uncovered
        Uncovered seats, one integer for each entry of seats.
    share_terms
        Prices of reviews above the fair share.
    """

    def __init__(
        self,
        cp: Any,
        rows: TeamRows,
        columns: Ints,
        with_shares: bool,
        takes_place: Sequence[Any] | None = None,
    ) -> None:
        """Add the people to `cp`.

        Parameters
        ----------
        columns
            The columns that may be used.
        takes_place
            For each review whether it takes place at all, as a constant or a literal; by default all do.
        """
        self.cp, self.rows, self.model, self.columns = cp, rows, rows.model, columns
        self.with_shares = with_shares
        self.takes_place = takes_place or [1] * len(rows.model.reviews)
        self.chosen: list[Any] = [cp.new_bool_var("") for _ in range(len(columns))]
        self.share_terms: list[Any] = []
        self._excess: list[tuple[Any, Ints, int]] = []
        self.uncovered = self._add_seats()
        self._add_rows()

    def hint(self, taken: Mask, uncovered: Sequence[int]) -> None:
        """Hint at columns (shape (columns,)) and uncovered seats, complete with all auxiliary variables."""
        for variable, value in zip(self.chosen, taken.tolist(), strict=True):
            self.cp.add_hint(variable, value)
        for variable, number in zip(self.uncovered, uncovered, strict=True):
            self.cp.add_hint(variable, number)
        for variable, positions, limit in self._excess:
            self.cp.add_hint(variable, max(0, int(taken[positions].sum()) - limit))

    def _add_seats(self) -> list[Any]:
        by_seat = _positions(self.model.seat[self.columns])
        uncovered = [self.cp.new_int_var(0, most, "") for most in self.model.most_open.tolist()]
        for seat, (seats, open_seats) in enumerate(zip(self.model.seats, uncovered, strict=True)):
            filled = sum(self.chosen[position] for position in by_seat.get(seat, []))
            self.cp.add(filled + open_seats == seats.count * self.takes_place[seats.review])
        return uncovered

    def _add_rows(self) -> None:
        by_person = _positions(self.model.person[self.columns])
        by_review = _positions(self.model.review[self.columns])
        seen: set[tuple[int, ...]] = set()
        for key in self.rows.keys(by_person, range(len(self.model.reviews))):
            row = self.rows.row(key)
            owned = indexes((by_review if key.of_team else by_person).get(key.owner, []))
            positions = owned[self.rows.belonging(key, row, self.columns[owned])]
            if key.rule != "clash":
                self._add_row(key, row, positions)
            elif len(positions) > 1 and tuple(positions) not in seen:
                seen.add(tuple(positions))
                self.cp.add_at_most_one(self.chosen[position] for position in positions)

    def _add_row(self, key: RowKey, row: Row, positions: Ints) -> None:
        if row.sign > 0 and len(positions) <= row.limit:
            return
        taking = sum(self.chosen[position] for position in positions)
        if row.price is not None:
            if self.with_shares:
                excess = self.cp.new_int_var(0, len(positions) - row.limit, "")
                self.cp.add(taking <= row.limit + excess)
                self.share_terms.append(row.price * excess)
                self._excess.append((excess, positions, row.limit))
        elif row.sign > 0:
            self.cp.add(taking <= row.limit)
        else:
            seats = np.flatnonzero(self.model.seats_review == key.owner).tolist()
            needed = -row.limit * self.takes_place[key.owner]
            self.cp.add(taking + sum(self.uncovered[seat] for seat in seats) >= needed)


def _positions(owners: Ints) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for position, owner in enumerate(owners.tolist()):
        found[owner].append(position)
    return found
