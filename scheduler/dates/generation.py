"""Column generation: prices of what areas share, the best proven bound, and its certificate in whole numbers."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from scheduler.areas.edges import is_allowed
from scheduler.dates.columns import Columns
from scheduler.dates.lines import Ints
from scheduler.dates.master import Master, MasterAnswer, scaled_prices
from scheduler.dates.pricing import Priced, lagrangian_value, price_all, rounded_up
from scheduler.dates.rows import Rows
from scheduler.dates.unions import separate_unions
from scheduler.run.progress import Progress
from scheduler.values.proof import Certificate, CertificateKind

SMOOTHING = (0.7, 0.3, 0.0)
"""Weight of the best prices so far (Wentges 1997): master prices alone jump about and cost rounds."""

ENOUGH = 0.3
"""Once so many columns a component were found, the master is solved again before more are looked for."""

COLUMNS_A_ROUND = 2
"""At most so many new timetables of a component each round, one for each start week of its first stage."""

ROUNDS_A_PLAN = 8
"""A plan is made each time after so many rounds, so that there is a good one if time runs out."""

TOLERANCE = 1e-6


class Generation:
    """Rows, columns and prices of one problem while columns are generated.

    Attributes
    ----------
    best_duals
        Shape (rows,), scaled integers: the prices that proved the best bound.
    value
        The best bound proven, times `scale`; None if there is none.
    """

    def __init__(
        self, rows: Rows, columns: Columns, scale: int, progress: Progress, phase_one: bool = False
    ) -> None:
        self.rows, self.columns, self.scale, self.progress = rows, columns, scale, progress
        self.best_duals: Ints = np.zeros(rows.num_rows, dtype=np.int64)
        self.value: int | None = None
        self.rounds = 0
        self.missing_price = 1 if phase_one else self._missing_price()
        self.phase_one = phase_one
        self.master = Master(rows, columns, self.missing_price)
        self.num_mastered = 0

    def _missing_price(self) -> int:
        groups = self.rows.graph.groups
        most = [np.where(is_allowed(cost), cost, 0).max() for group in groups for cost in group.node_costs]
        return 10 * (1 + max(map(int, most), default=0))

    def price(self, duals: Ints) -> list[Priced]:
        """Price all components exactly and note the bound."""
        priced = price_all(self.rows, duals, self.scale)
        missing_price = self.missing_price if self.phase_one else None
        value = lagrangian_value(self.rows, priced, duals, self.scale, missing_price)
        if value is not None and (self.value is None or value > self.value):
            self.value, self.best_duals = value, duals
            self.progress.proved(rounded_up(value, self.scale))
        return priced

    def run(self, on_round: Callable[[MasterAnswer], None] | None = None) -> MasterAnswer | None:
        """Generate columns until the bound meets the master's cost.

        Parameters
        ----------
        on_round
            Gets the answer of every `ROUNDS_A_PLAN`-th round, to make a plan of it.

        Returns
        -------
        The master's last answer, None if out of time.
        """
        answer = None
        while not self.progress.is_done():
            answer = self.solve_master()
            if answer is None:
                return None
            self.rounds += 1
            if on_round is not None and self.rounds % ROUNDS_A_PLAN == 0:
                on_round(answer)
            is_over = self._is_finished(answer) or not self._round(answer)
            if is_over and not self.separate(answer.amounts):
                return answer
        return answer

    def solve_master(self) -> MasterAnswer | None:
        """Take all columns into the master and solve it."""
        self.master.add_columns(list(range(self.num_mastered, len(self.columns))))
        self.num_mastered = len(self.columns)
        return self.master.solve()

    def _is_finished(self, answer: MasterAnswer) -> bool:
        """Whether the bound meets the master's cost (in phase one: whether the question is answered)."""
        if self.phase_one and self.value is not None and self.value > 0:
            return True
        if not answer.is_complete or self.value is None or answer.missing > TOLERANCE:
            return False
        return self.phase_one or rounded_up(self.value, self.scale) >= np.ceil(answer.cost - 1e-4)

    def _round(self, answer: MasterAnswer) -> bool:
        """Price at smoothed prices, then ever closer to the true ones until that finds something.

        Returns
        -------
        Whether columns were found or rows are still to be taken in.
        """
        true = self.padded(scaled_prices(answer.prices, self.scale))
        found = 0
        for share in SMOOTHING:
            center = self.padded(self.best_duals)
            duals = np.rint(share * center + (1 - share) * true).astype(np.int64)
            found += self._add_cheap(duals, answer.component_duals)
            if found >= ENOUGH * len(self.rows.graph.components):
                break
        return found > 0 or not answer.is_complete

    def _add_cheap(self, duals: Ints, limits: NDArray[np.float64]) -> int:
        before = len(self.columns)
        for priced in self.price(duals):
            group = self.rows.graph.groups[priced.group]
            values = priced.values[0]
            count = min(COLUMNS_A_ROUND, len(values))
            weeks = np.argpartition(values, count - 1, axis=0)[:count]
            positions = np.broadcast_to(np.arange(values.shape[1]), weeks.shape)
            chosen = (
                values[weeks, positions]
                < limits[group.members][positions] * self.scale - self.scale * TOLERANCE
            )
            if chosen.any():
                self.columns.add(priced.best_by_week(positions[chosen], weeks[chosen]))
        return len(self.columns) - before

    def separate(self, amounts: NDArray[np.float64]) -> bool:
        """Add the unions of skills that a mix of columns violates; whether there were any."""
        added = separate_unions(self.rows, self.columns.usage(amounts))
        if added:
            self.columns.learn_lines()
        return added

    def padded(self, duals: Ints) -> Ints:
        """Duals with zeros for rows that were added since."""
        return np.concatenate([duals, np.zeros(self.rows.num_rows - len(duals), dtype=np.int64)])


def make_certificate(
    rows: Rows, duals: Ints, value: int, scale: int, kind: CertificateKind = "dates"
) -> Certificate:
    """The certificate of the bound that some duals prove, for plans of dates that `rows` tell of.

    Parameters
    ----------
    duals
        Shape (rows,), non-negative, multiplied by `scale`.
    value
        The bound that they prove, multiplied by `scale`.
    """
    named = {rows.name(int(row)): int(duals[row]) for row in np.flatnonzero(duals)}
    return Certificate(
        kind=kind,
        problem_hash=rows.problem.hash,
        scale=scale,
        whole_teams=rows.graph.whole_teams,
        duals=dict(sorted(named.items())),
        bound=rounded_up(value, scale),
    )
