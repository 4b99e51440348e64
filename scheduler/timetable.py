"""Dates: the cheapest weeks for all stages of all areas, with a proven bound."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scheduler.area_graph import AreaGraph, build_graph
from scheduler.capacity import People
from scheduler.certificate import make_certificate
from scheduler.choice import Choice
from scheduler.closure import pick_columns
from scheduler.column_mip import pick_by_mip
from scheduler.columns import Columns
from scheduler.generation import TOLERANCE, Generation
from scheduler.greedy import greedy_room, urgency_order
from scheduler.improve import plan_by_amounts, plan_by_prices
from scheduler.master import MasterAnswer
from scheduler.phase_one import prove_impossible
from scheduler.pricing import choose_scale
from scheduler.problem import Problem
from scheduler.progress import Progress
from scheduler.result import (
    Certificate,
    Listener,
    PhaseFigures,
    Shortage,
    SolveParams,
    Status,
    StopRequest,
    TracePoint,
)
from scheduler.room import Room
from scheduler.rows import Rows
from scheduler.selection import EVERYTHING, Selection
from scheduler.unions import separate_unions

Starts = Mapping[str, tuple[int, ...]]

FEW_CANDIDATES = 4_000
LIMIT_GROWTH = 3
MANY_CANDIDATES = 60_000
"""So many columns are chosen among at first, and so many at most."""

CANDIDATES_A_SECOND = 700
"""Among more columns than this for each second left a choice would hardly begin."""

KEPT_ALTERNATIVES = 3
"""Columns that differ only in stages without named people are thinned to so many before all are tried."""

REACH_GROWTH = 4

SLICE = 0.5
"""Share of the time left that one choice among columns may take."""


@dataclass(frozen=True)
class DatesAnswer:
    """Start weeks by activity (None if there is no plan), their cost, the proven bound and how they came about."""

    status: Status
    starts: dict[str, tuple[int, ...]] | None
    cost: int | None
    bound: int | None
    figures: PhaseFigures
    certificate: Certificate | None
    trace: tuple[TracePoint, ...]
    shortages: tuple[Shortage, ...] = ()
    was_stopped: bool = False


def solve_dates(
    problem: Problem,
    params: SolveParams | None = None,
    listener: Listener | None = None,
    stop: StopRequest | None = None,
    hint: Starts | None = None,
    started: float | None = None,
    whole_teams: bool = False,
) -> DatesAnswer:
    """Find dates for a valid problem that has passed the pre-check.

    Parameters
    ----------
    hint
        Start weeks by activity to begin with; ignored where they break a rule.
    started
        Start of the whole solve on the `time.monotonic` clock, from which the trace counts.
    whole_teams
        Only use weeks for which a whole team could be there; otherwise people are counted by week only.
    """
    params = params or SolveParams()
    progress = Progress("dates", params.dates_seconds, params.gap_target, listener, stop, started)
    search = _Search(problem, params, progress, whole_teams)
    try:
        search.run(hint)
    except KeyboardInterrupt:
        progress.was_stopped = True
    return search.answer()


@dataclass
class _Search:
    problem: Problem
    params: SolveParams
    progress: Progress
    whole_teams: bool = False
    best: dict[int, tuple[int, ...]] | None = None
    is_impossible: bool = False
    shortages: tuple[Shortage, ...] = ()
    remarks: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.graph: AreaGraph = build_graph(self.problem, self.whole_teams)
        self.rows = Rows(self.graph, People(self.problem))
        self.columns = Columns(self.rows)
        self.scale = choose_scale(self.graph)
        self.generation = Generation(self.rows, self.columns, self.scale, self.progress)
        self.selection = Selection(self.rows, self.columns, self.generation)

    def run(self, hint: Starts | None) -> None:
        self._start(hint)
        answer = self.generation.run(self._make_plans)
        if answer is not None and answer.missing > TOLERANCE and not self.progress.must_end():
            self._prove_impossible()
        if self.is_impossible or self.generation.value is None:
            return
        self._make_plans(answer)
        self._choose_generated()
        self._choose_everything(keep=KEPT_ALTERNATIVES)
        self._choose_everything(keep=None)

    def answer(self) -> DatesAnswer:
        """What was found and proven."""
        status = self._status()
        cost, bound = self.progress.incumbent, self.progress.bound
        if status is Status.INFEASIBLE:
            bound = None
        if self.progress.was_stopped:
            self.remarks.append("Stopped on request; the best plan until then was kept.")
        figures = PhaseFigures(
            status=status,
            cost=cost,
            bound=bound,
            gap=self.progress.gap(),
            seconds=round(self.progress.seconds(), 3),
            rounds=self.generation.rounds,
            columns=len(self.columns),
            remarks=tuple(self.remarks),
        )
        starts = None if self.best is None else self.graph.starts_by_activity(self.best)
        trace, certificate = tuple(self.progress.trace), self._certificate()
        return DatesAnswer(
            status,
            starts,
            cost,
            bound,
            figures,
            certificate,
            trace,
            self.shortages,
            self.progress.was_stopped,
        )

    def _status(self) -> Status:
        if self.is_impossible:
            return Status.INFEASIBLE
        if self.best is None:
            return Status.UNKNOWN
        return Status.OPTIMAL if self.progress.incumbent == self.progress.bound else Status.FEASIBLE

    def _certificate(self) -> Certificate | None:
        found = self.generation
        if found.value is None:
            return None
        return make_certificate(self.rows, found.best_duals, found.value, self.scale)

    def _start(self, hint: Starts | None) -> None:
        """Begin with the planner's rule and with the hint, each improved a little."""
        rooms = [greedy_room(self.rows)]
        if hint is not None:
            rooms.append(Room(self.rows, self.graph.starts_by_component(dict(hint))))
        for room in rooms:
            if room is not None:
                self._keep(room)

    def _keep(self, room: Room) -> None:
        """Take a plan as the incumbent if it keeps every rule and is better; its columns are always of use."""
        current = Room(self.rows, room.starts)
        self.columns.add_plan(current.starts)
        if len(current.starts) < len(self.graph.components) or not current.is_kept():
            return
        if separate_unions(self.rows, current.used.astype(float)):
            self.columns.learn_lines()
            return
        if self.progress.found(current.cost()):
            self.best = dict(current.starts)

    def _prove_impossible(self) -> None:
        found = prove_impossible(self.rows, self.columns, self.progress)
        if found is not None:
            self.is_impossible = True
            self.shortages = (found,)

    def _make_plans(self, answer: MasterAnswer | None) -> None:
        """Make plans of the columns that the master takes most of, and along the prices of the best bound."""
        duals = self.generation.padded(self.generation.best_duals)
        prices = np.rint(self.rows.start_prices(duals) / self.scale).astype(np.int64)
        order, must_end = urgency_order(self.graph), self.progress.must_end
        rooms = [plan_by_prices(self.rows, prices, order, must_end)]
        if answer is not None:
            wanted = self._wanted(answer.amounts)
            rooms.append(plan_by_amounts(self.rows, wanted, prices, order, must_end))
        for room in rooms:
            if room is not None:
                self._keep(room)
        self.columns.learn_lines()

    def _wanted(self, amounts: NDArray[np.float64]) -> list[tuple[int, tuple[int, ...]]]:
        """(component, starts) of the columns in the master's mix, the largest amounts first."""
        component = self.columns.component
        order = np.argsort(-amounts, kind="stable")
        taken = order[amounts[order] > TOLERANCE]
        return [(int(component[number]), self.columns.starts[number]) for number in taken]

    def _choose_generated(self) -> None:
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

    def _choose_everything(self, keep: int | None) -> None:
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
            if found is None:
                self.remarks.append("More timetables could be part of a cheaper plan than can be looked at.")
                return
            candidates, reach = found
            is_everything = reach == EVERYTHING or (needed is not None and reach >= needed)
            choice = self._pick(candidates, 1.0 if is_everything else SLICE)
            if self._is_learning(choice):
                continue
            if is_everything or limit == most:
                if keep is None and is_everything:
                    self._prove_by_choice(choice, candidates)
                return
            limit *= LIMIT_GROWTH

    def _pick(self, candidates: NDArray[np.bool_], share: float) -> Choice:
        """Choose among columns for a share of the time left, and keep what is found."""
        seconds = self.progress.seconds_left() * share
        hint = self._hint()
        candidates[list(hint.values())] = True
        numbers = np.flatnonzero(candidates)
        choice, chosen = pick_by_mip(self.rows, self.columns, numbers, hint, seconds, self.progress)
        if chosen:
            self._take(chosen)
        return choice

    def _take(self, numbers: list[int]) -> None:
        """Keep a plan made of columns."""
        component = self.columns.component
        self._keep(Room(self.rows, {int(component[n]): self.columns.starts[n] for n in numbers}))

    def _is_learning(self, choice: Choice) -> bool:
        """Whether the plan just chosen violated a union of skills, which the rows know by now."""
        if choice.cost is None:
            return False
        return self.progress.incumbent is None or choice.cost < self.progress.incumbent

    def _prove_by_choice(self, choice: Choice, candidates: NDArray[np.bool_]) -> None:
        """Any plan cheaper than the incumbent is made of these columns: what bounds them bounds everything."""
        if self.progress.incumbent is None:
            if choice.is_exhausted:
                self._prove_impossible_by_exhaustion(candidates)
            return
        bound = self.progress.incumbent if choice.is_exhausted else choice.bound
        if bound is None or (self.progress.bound is not None and bound <= self.progress.bound):
            return
        proven = min(bound, self.progress.incumbent)
        what = f"all {int(candidates.sum())} timetables that could be part of a cheaper plan"
        prices = f"The prices alone prove {self.progress.bound}"
        self.remarks.append(f"{prices}; branch and cut over {what} proves {proven}.")
        self.progress.proved(proven)

    def _prove_impossible_by_exhaustion(self, candidates: NDArray[np.bool_]) -> None:
        """No plan is among all columns there are: a second search, without presolve, must agree."""
        params = self.params.model_copy(update={"seed": self.params.seed + 1})
        seconds = self.progress.seconds_left()
        choice = pick_columns(
            self.rows,
            self.columns,
            candidates,
            {},
            seconds,
            self.progress,
            params,
            self._take,
            presolve=False,
        )
        if choice.is_exhausted and choice.cost is None:
            self.is_impossible = True
            text = f"Two searches went through all {int(candidates.sum())} timetables: no choice keeps all limits."
            self.remarks.append(text)

    def _needed_reach(self) -> int | None:
        """The reduced cost (scaled) up to which columns can be part of a better plan; None without a plan."""
        if self.progress.incumbent is None or self.generation.value is None:
            return None
        return max(0, (self.progress.incumbent - 1) * self.scale - self.generation.value)

    def _hint(self) -> dict[int, int]:
        """The incumbent's column of each component."""
        if self.best is None:
            return {}
        numbers = {component: self.columns.number(component, own) for component, own in self.best.items()}
        return {component: number for component, number in numbers.items() if number is not None}
