"""Column generation: prices of what areas share, the best proven bound, and its certificate in whole numbers."""

from collections.abc import Callable

import numpy as np

from scheduler.dates.columns import Columns
from scheduler.dates.master import MasterAnswer, scaled_prices
from scheduler.dates.oracle import DatesOracle
from scheduler.dates.pricing import Priced, rounded_up
from scheduler.dates.rows import Rows
from scheduler.run.progress import Progress
from scheduler.values.arrays import TOLERANCE, Floats, Ints
from scheduler.values.proof import Certificate, CertificateKind


def make_certificate(
    rows: Rows,
    duals: Ints,
    value: int,
    scale: int,
    kind: CertificateKind = "dates",
    name: Callable[[int], str] | None = None,
) -> Certificate:
    """The certificate of the bound that some duals prove, for plans of dates that `rows` tell of.

    Parameters
    ----------
    duals
        Non-negative, multiplied by `scale`: a price for each row, and for whatever else has one.
    value
        The bound that they prove, multiplied by `scale`.
    name
        Says by its number what a price is for; those of the rows by default.
    """
    name_of = name or rows.name
    named = {name_of(number): int(duals[number]) for number in np.flatnonzero(duals).tolist()}
    return Certificate(
        kind=kind,
        problem_hash=rows.problem.hash,
        scale=scale,
        whole_teams=rows.graph.whole_teams,
        duals=dict(sorted(named.items())),
        bound=rounded_up(value, scale),
    )


SMOOTHING = (0.7, 0.3, 0.0)
"""Weight of the best prices so far (Wentges 1997): master prices alone jump about and cost rounds."""

ENOUGH = 0.3
"""Once so many columns a component were found, the master is solved again before more are looked for."""

COLUMNS_A_ROUND = 2
"""At most so many new timetables of a component each round, one for each start week of its first stage."""

ROUNDS_A_PLAN = 8
"""A plan is made each time after so many rounds, so that there is a good one if time runs out."""


class Generation:
    """The loop: columns and prices while columns are generated, whatever the oracle prices.

    Attributes
    ----------
    best_duals
        Scaled integers: the prices that proved the best bound (see `padded`).
    value
        The best bound proven, times the oracle's `scale`; None if there is none.
    """

    def __init__(self, oracle: DatesOracle, columns: Columns, progress: Progress) -> None:
        self.oracle, self.columns, self.progress = oracle, columns, progress
        self.rows, self.scale = oracle.rows, oracle.scale
        self.best_duals: Ints = np.zeros(oracle.num_prices, dtype=np.int64)
        self.value: int | None = None
        self.rounds = 0
        self.master = oracle.master(columns)
        self.num_mastered = 0

    def price(self, duals: Ints) -> list[Priced]:
        """Price all components exactly and note the bound."""
        priced, value = self.oracle.price(duals)
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
        if self.oracle.phase_one and self.value is not None and self.value > 0:
            return True
        if not answer.is_complete or self.value is None or answer.missing > TOLERANCE:
            return False
        return self.oracle.phase_one or rounded_up(self.value, self.scale) >= np.ceil(answer.cost - 1e-4)

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

    def _add_cheap(self, duals: Ints, limits: Floats) -> int:
        before = len(self.columns)
        for priced in self.price(duals):
            group = self.rows.graph.groups[priced.group]
            if priced.chords:
                found = priced.tried()
                below = found.values < self._most(limits, group.members[found.positions])
                self.columns.add(found.part(np.flatnonzero(below)))
                continue
            values = priced.values[0]
            count = min(COLUMNS_A_ROUND, len(values))
            weeks = np.argpartition(values, count - 1, axis=0)[:count]
            positions = np.broadcast_to(np.arange(values.shape[1]), weeks.shape)
            chosen = values[weeks, positions] < self._most(limits, group.members[positions])
            if chosen.any():
                self.columns.add(priced.best_by_week(positions[chosen], weeks[chosen]))
        return len(self.columns) - before

    def _most(self, limits: Floats, components: Ints) -> Floats:
        """What timetables of components may cost to help the master, scaled."""
        return limits[components] * self.scale - self.scale * TOLERANCE

    def separate(self, amounts: Floats) -> bool:
        """Add the rows that a mix of columns violates and that were not there; whether there were any."""
        is_new = self.oracle.separate(self.columns, amounts)
        self.columns.learn_lines()
        return is_new

    def padded(self, duals: Ints) -> Ints:
        """Duals with zeros for rows that were added since."""
        return np.concatenate([duals, np.zeros(self.oracle.num_prices - len(duals), dtype=np.int64)])

    def certificate(self, kind: CertificateKind = "dates") -> Certificate | None:
        """The proof of the best bound, None if there is none."""
        if self.value is None:
            return None
        return make_certificate(self.rows, self.best_duals, self.value, self.scale, kind, self.oracle.name)
