"""Dates: the cheapest weeks for all stages of all areas, with a proven bound."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.areas.graph import AreaGraph, build_graph
from scheduler.dates.close_gap import Closing
from scheduler.dates.columns import Columns
from scheduler.dates.generation import TOLERANCE, Generation, make_certificate
from scheduler.dates.incumbent import Incumbent
from scheduler.dates.master import MasterAnswer
from scheduler.dates.phase_one import prove_impossible
from scheduler.dates.pricing import choose_scale
from scheduler.dates.quick_plans import greedy_room, plan_by_amounts, plan_by_prices, urgency_order
from scheduler.dates.rows import Rows
from scheduler.people.capacity import People
from scheduler.run.answers import DatesAnswer, Starts
from scheduler.run.keeper import Keeper, broken_off
from scheduler.run.progress import Progress
from scheduler.values.problem import Problem
from scheduler.values.proof import Certificate
from scheduler.values.result import Listener, PhaseFigures, Shortage, SolveParams, Status, StopRequest

PATIENCE = 0.7
"""Share of the time in which dates for whole teams are found, or there is something better to do with the rest."""


def solve_dates(
    problem: Problem,
    params: SolveParams | None = None,
    listener: Listener | None = None,
    stop: StopRequest | None = None,
    hint: Starts | None = None,
    started: float | None = None,
    whole_teams: bool = False,
    keeper: Keeper | None = None,
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
    keeper
        Gets every better plan.

    Raises
    ------
    Exception
        Whatever broke the search off before there was any plan: out of memory, a solver that crashed. With a
        plan the answer has it, and a remark.
    """
    params = params or SolveParams()
    patience = PATIENCE if whole_teams else 1.0
    progress = Progress("dates", params.dates_seconds, params.gap_target, listener, stop, started, patience)
    search = _Search(problem, params, progress, whole_teams, keeper=keeper)
    try:
        search.run(hint)
    except KeyboardInterrupt:
        progress.was_stopped = True
    except Exception as error:
        if search.incumbent.starts is None:
            raise
        search.remarks.append(broken_off("dates", error))
    return search.answer()


@dataclass
class _Search:
    problem: Problem
    params: SolveParams
    progress: Progress
    whole_teams: bool = False
    is_impossible: bool = False
    shortages: tuple[Shortage, ...] = ()
    impossible: Certificate | None = None
    keeper: Keeper | None = None

    def __post_init__(self) -> None:
        self.graph: AreaGraph = build_graph(self.problem, self.whole_teams)
        self.rows = Rows(self.graph, People(self.problem))
        self.columns = Columns(self.rows)
        self.scale = choose_scale(self.graph)
        self.generation = Generation(self.rows, self.columns, self.scale, self.progress)
        self.incumbent = Incumbent(self.rows, self.columns, self.progress, self._keep)
        self.closing = Closing(self.generation, self.incumbent, self.params)
        self.remarks: list[str] = []

    def run(self, hint: Starts | None) -> None:
        self._start(hint)
        answer = self.generation.run(self._make_plans)
        if answer is not None and answer.missing > TOLERANCE and not self.progress.must_end():
            self._prove_impossible()
        if self.is_impossible or self.generation.value is None:
            return
        self._make_plans(answer)
        self.closing.run()

    def answer(self) -> DatesAnswer:
        """What was found and proven."""
        status = self._status()
        cost, bound = self.progress.incumbent, self.progress.bound
        if status is Status.INFEASIBLE:
            bound = None
        remarks = [*self.closing.remarks, *self.remarks]
        if self.progress.was_stopped:
            remarks.append("Stopped on request; the best plan until then was kept.")
        figures = PhaseFigures(
            status=status,
            cost=cost,
            bound=bound,
            gap=self.progress.gap(),
            seconds=round(self.progress.seconds(), 3),
            rounds=self.generation.rounds,
            columns=len(self.columns),
            remarks=tuple(remarks),
        )
        starts = (
            None if self.incumbent.starts is None else self.graph.starts_by_activity(self.incumbent.starts)
        )
        trace, certificates = tuple(self.progress.trace), self._certificates()
        return DatesAnswer(
            status,
            starts,
            cost,
            bound,
            figures,
            certificates,
            trace,
            self.shortages,
            self.progress.was_stopped,
        )

    def _keep(self, starts: dict[int, tuple[int, ...]]) -> None:
        if self.keeper is not None:
            self.keeper.bound = self.progress.bound
            self.keeper.offer(self.graph.starts_by_activity(starts))

    def _status(self) -> Status:
        if self.is_impossible or self.closing.is_impossible:
            return Status.INFEASIBLE
        if self.incumbent.starts is None:
            return Status.UNKNOWN
        return Status.OPTIMAL if self.progress.incumbent == self.progress.bound else Status.FEASIBLE

    def _certificates(self) -> tuple[Certificate, ...]:
        """What proves that there is no plan, else what proves the bound."""
        found = self.generation
        if self.impossible is not None:
            return (self.impossible,)
        if found.value is None:
            return ()
        return (make_certificate(self.rows, found.best_duals, found.value, self.scale),)

    def _start(self, hint: Starts | None) -> None:
        """Begin with the planner's rule, and with what of the hint keeps the rules, completed and improved."""
        rooms = [greedy_room(self.rows)]
        if hint is not None:
            prices = np.zeros((len(self.rows.profiles), self.rows.num_weeks), dtype=np.int64)
            wanted = list(self.graph.starts_by_component(dict(hint)).items())
            order, must_end = urgency_order(self.graph), self.progress.must_end
            rooms.append(plan_by_amounts(self.rows, wanted, prices, order, must_end))
        for room in rooms:
            if room is not None:
                self.incumbent.keep(room.starts)

    def _prove_impossible(self) -> None:
        found = prove_impossible(self.rows, self.columns, self.progress)
        if found is not None:
            self.is_impossible = True
            shortage, self.impossible = found
            self.shortages = (shortage,)

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
                self.incumbent.keep(room.starts)
        self.columns.learn_lines()

    def _wanted(self, amounts: NDArray[np.float64]) -> list[tuple[int, tuple[int, ...]]]:
        """(component, starts) of the columns in the master's mix, the largest amounts first."""
        component = self.columns.component
        order = np.argsort(-amounts, kind="stable")
        taken = order[amounts[order] > TOLERANCE]
        return [(int(component[number]), self.columns.starts[number]) for number in taken]
