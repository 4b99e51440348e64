"""Closes the gap: the best choice of one column for each component, and what it proves."""

import numpy as np

from scheduler.dates.choose import EVERYTHING, KEPT_ALTERNATIVES, Choice, Selection
from scheduler.dates.choose_scip import pick_by_cpsat, pick_by_mip
from scheduler.dates.generation import Generation
from scheduler.dates.incumbent import Incumbent
from scheduler.dates.pricing import rounded_up
from scheduler.dates.remaining import Room
from scheduler.values.arrays import Mask
from scheduler.values.result import SolveParams

FEW_CANDIDATES = 4_000
LIMIT_GROWTH = 3
MANY_CANDIDATES = 60_000
"""So many columns are chosen among at first, and so many at most."""

CANDIDATES_A_SECOND = 1_000
"""Among more columns than this for each second left a choice would hardly begin."""

REACH_GROWTH = 4

SLICE = 0.5
"""Share of the time left that one choice among columns may take."""

DISBELIEVED = "A solver's answer failed when recomputed, so it proves nothing."


class Closing:
    """Chooses among columns until the incumbent is proven, time is up, or there are too many columns.

    Attributes
    ----------
    is_impossible
        Whether all columns there are were searched without finding a plan.
    """

    def __init__(self, generation: Generation, incumbent: Incumbent, params: SolveParams) -> None:
        self.generation, self.incumbent, self.params = generation, incumbent, params
        self.rows, self.columns, self.scale = generation.rows, generation.columns, generation.scale
        self.progress = generation.progress
        self.selection = Selection(generation)
        self.is_impossible = False
        self.remarks: list[str] = []

    def run(self) -> None:
        """First among the generated columns, then among all there are, a few of each kind before every one."""
        self.choose_generated()
        self.choose_everything(keep=KEPT_ALTERNATIVES)
        self.choose_everything(keep=None)

    def choose_generated(self) -> None:
        """Choose among the generated columns, those of small reduced cost first."""
        reach = self.selection.first_reach()
        while not self.progress.is_done():
            needed = self._needed_reach()
            reach = reach if needed is None else min(reach, needed)
            candidates = self.selection.generated(reach)
            is_last = reach == needed or bool(candidates.all())
            if not self._is_learning(self._pick(candidates, 1.0 if is_last else SLICE)):
                if is_last:
                    return
                reach *= REACH_GROWTH

    def choose_everything(self, keep: int | None) -> None:
        """Choose among all columns there are of small reduced cost, ever more of them.

        A plan cheaper than the incumbent has no column whose reduced cost exceeds the difference between
        the incumbent and the bound: a choice among all such columns bounds all plans.

        Parameters
        ----------
        keep
            Keep only so many of the columns that differ in stages without named people; None keeps all.
        """
        limit = FEW_CANDIDATES
        while not self.progress.is_done():
            most = min(MANY_CANDIDATES, int(self.progress.seconds_left() * CANDIDATES_A_SECOND))
            limit = min(limit, most)
            needed = self._needed_reach()
            found = self.selection.enumerated(EVERYTHING if needed is None else needed, limit, keep)
            if found is None and limit < most:
                limit *= LIMIT_GROWTH
                continue
            if found is None:
                self.remarks.append(
                    "Too many timetables could be part of a cheaper plan to look at them all."
                )
                return
            candidates, reach = found
            is_everything = reach == EVERYTHING or (needed is not None and reach >= needed)
            choice = self._pick(candidates, 1.0 if is_everything else SLICE)
            if self._is_learning(choice):
                continue
            if keep is None:
                self._prove_by_choice(choice, candidates, reach)
            if is_everything or limit == most:
                return
            limit *= LIMIT_GROWTH

    def _pick(self, candidates: Mask, share: float) -> Choice:
        """Choose among columns for a share of the time left, and keep what is found."""
        seconds = self.progress.seconds_left() * share
        hint = self.incumbent.numbers()
        candidates[list(hint.values())] = True
        numbers = np.flatnonzero(candidates)
        choice, chosen = pick_by_mip(self.columns, numbers, hint, seconds, self.progress)
        choice = self._believed(choice, chosen, hint)
        if chosen:
            self.incumbent.keep_columns(chosen)
        return choice

    def _believed(self, choice: Choice, chosen: list[int], hint: dict[int, int]) -> Choice:
        """The choice if its plan keeps the rows at the cost that it states; else the solver's word counts for nothing.

        With a plan to begin with there is always one at its cost: 'none' and 'none below' a higher cost are wrong too.
        """
        modes = self.rows.graph.modes
        known = self.progress.incumbent if modes.is_whole(hint) else None
        is_right = (
            not choice.is_exhausted or known is None or (choice.cost is not None and choice.cost <= known)
        )
        if chosen:
            room = Room(self.rows, self.columns.plan_of(chosen))
            is_whole = len(room.starts) == len(chosen) and modes.is_whole(room.starts)
            is_right = is_right and is_whole and room.is_kept() and room.cost() == choice.cost
        if is_right:
            return choice
        if DISBELIEVED not in self.remarks:
            self.remarks.append(DISBELIEVED)
        return Choice(None, False, None)

    def _is_learning(self, choice: Choice) -> bool:
        """Whether the plan just chosen violated a union of skills, which the rows know by now."""
        if choice.cost is None:
            return False
        return self.progress.incumbent is None or choice.cost < self.progress.incumbent

    def _prove_by_choice(self, choice: Choice, candidates: Mask, reach: int) -> None:
        """A plan is made of these columns alone, or it has a column beyond the reach: both have a bound."""
        if self.progress.incumbent is None:
            if choice.is_exhausted and reach == EVERYTHING:
                self._prove_impossible_by_exhaustion(candidates)
            return
        bound = self.progress.incumbent if choice.is_exhausted else choice.bound
        if bound is None or self.generation.value is None:
            return
        beyond = rounded_up(self.generation.value + reach + 1, self.scale)
        proven = min(bound, beyond, self.progress.incumbent)
        if self.progress.bound is not None and proven <= self.progress.bound:
            return
        self.remarks.append(
            f"Branch and cut over all {int(candidates.sum())} timetables that could be part of a plan below {proven} "
            f"proves that; {self.progress.bound} was proven before, the certificate holds what the prices prove alone."
        )
        self.progress.proved(proven)

    def _prove_impossible_by_exhaustion(self, candidates: Mask) -> None:
        """No plan is among all columns there are: a second search, by another solver, must agree."""
        choice, chosen = pick_by_cpsat(self.columns, np.flatnonzero(candidates), self.params, self.progress)
        if chosen:
            self.incumbent.keep_columns(chosen)
        elif choice.is_exhausted:
            self.is_impossible = True
            text = f"Two searches went through all {int(candidates.sum())} timetables: no choice keeps all limits."
            self.remarks.append(text)

    def _needed_reach(self) -> int | None:
        """The reduced cost (scaled) up to which columns can be part of a better plan; None without a plan."""
        if self.progress.incumbent is None or self.generation.value is None:
            return None
        return max(0, (self.progress.incumbent - 1) * self.scale - self.generation.value)
