"""Dates: the cheapest weeks for all stages of all areas, with a proven bound."""

from collections.abc import Sequence

import numpy as np

from scheduler.dates.close_gap import Closing
from scheduler.dates.columns import Columns
from scheduler.dates.generation import Generation
from scheduler.dates.incumbent import Incumbent
from scheduler.dates.master import MasterAnswer
from scheduler.dates.oracle import DatesOracle
from scheduler.dates.phase_one import prove_impossible
from scheduler.dates.pricing import choose_scale
from scheduler.dates.quick_plans import greedy_room, plan_of
from scheduler.dates.remaining import Room
from scheduler.dates.rows import Rows
from scheduler.dates.running import Running
from scheduler.run.answers import DatesAnswer
from scheduler.run.keeper import Keeper, broken_off
from scheduler.run.progress import Progress
from scheduler.values.arrays import TOLERANCE, Floats
from scheduler.values.problem import Problem
from scheduler.values.proof import Certificate
from scheduler.values.result import Listener, PhaseFigures, Shortage, SolveParams, Status, StopRequest
from scheduler.values.value import Starts

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
) -> DatesAnswer:
    """Find dates alone for a valid problem that has passed the pre-check.

    Parameters
    ----------
    hint
        Start weeks by activity to begin with; ignored where they break a rule.
    started
        Start of the whole solve on the `time.monotonic` clock, from which the trace counts.
    whole_teams
        Only use weeks for which a whole team could be there; otherwise people are counted by week only.

    Raises
    ------
    Exception
        Whatever broke the search off before there was any plan: out of memory, a solver that crashed. With a
        plan the answer has it, and a remark.
    """
    run = Running.begin(problem, params or SolveParams(), listener, stop, started)
    return find_dates(run, run.prepared.rows(whole_teams), hint)


def find_dates(
    run: Running, rows: Rows, hint: Starts | None, seconds: float | None = None, only_columns: bool = False
) -> DatesAnswer:
    """Find dates as one step of a solve, which keep some rows of its problem (see `solve_dates`).

    Parameters
    ----------
    seconds
        Time limit, by default all the time for dates.
    only_columns
        Make no plans on the way but the hint: quicker where the hint is a plan and the proof is what is wanted.
    """
    limit = run.params.dates_seconds if seconds is None else max(0.0, seconds)
    patience = PATIENCE if rows.graph.whole_teams else 1.0
    progress = run.progress("dates", limit, run.params.gap_target, patience)
    search = DatesSearch(rows, run.params, progress, run.keeper, only_columns)
    try:
        search.run([] if hint is None else [hint])
    except Exception as error:
        if search.incumbent.starts is None:
            raise
        search.remarks.append(broken_off("dates", error))
    return search.answer()


class DatesSearch:
    """The search for the dates of everything that some rows tell of, under one option or in the best mix of several."""

    def __init__(
        self,
        rows: Rows,
        params: SolveParams,
        progress: Progress,
        keeper: Keeper | None = None,
        only_columns: bool = False,
    ) -> None:
        self.only_columns = only_columns
        self.rows, self.graph, self.progress, self.keeper = rows, rows.graph, progress, keeper
        self.columns = Columns(rows)
        self.scale = choose_scale(self.graph)
        self.generation = Generation(DatesOracle(rows, self.scale), self.columns, progress)
        self.incumbent = Incumbent(rows, self.columns, progress, self._keep)
        self.closing = Closing(self.generation, self.incumbent, params)
        self.is_impossible = False
        self.shortages: tuple[Shortage, ...] = ()
        self.impossible: Certificate | None = None
        self.remarks: list[str] = []

    def run(self, hints: Sequence[Starts]) -> None:
        """Look for dates until they are proven to be the cheapest, time is up, or somebody stops it.

        Parameters
        ----------
        hints
            Start weeks by activity of plans to begin with.
        """
        with self.progress.interruptible():
            self._run(hints)

    def _run(self, hints: Sequence[Starts]) -> None:
        self._start(hints)
        answer = self.generation.run(None if self.only_columns else self._make_plans)
        if answer is not None and answer.missing > TOLERANCE and not self.progress.must_end():
            self._prove_impossible()
        if self.is_impossible or self.generation.value is None:
            return
        if not self.only_columns:
            self._make_plans(answer)
        self.closing.run()

    def answer(self) -> DatesAnswer:
        """What was found and proven."""
        progress, status = self.progress, self._status()
        remarks = [*self.closing.remarks, *self.remarks]
        if progress.was_stopped:
            remarks.append("Stopped on request; the best plan until then was kept.")
        bound = None if status is Status.INFEASIBLE else progress.bound
        figures = PhaseFigures.of(status, progress.incumbent, bound, progress.seconds(), tuple(remarks))
        starts = self.incumbent.starts
        return DatesAnswer(
            starts=None if starts is None else self.graph.starts_by_activity(starts),
            figures=figures.model_copy(
                update={"rounds": self.generation.rounds, "columns": len(self.columns)}
            ),
            certificates=self._certificates(),
            trace=tuple(progress.trace),
            shortages=self.shortages,
            was_stopped=progress.was_stopped,
        )

    def _keep(self, starts: dict[int, tuple[int, ...]]) -> None:
        if self.keeper is not None:
            self.keeper.proved(self.progress.bound)
            self.keeper.offer(self.graph.starts_by_activity(starts))

    def _status(self) -> Status:
        if self.is_impossible or self.closing.is_impossible:
            return Status.INFEASIBLE
        if self.incumbent.starts is None:
            return Status.UNKNOWN
        return Status.OPTIMAL if self.progress.incumbent == self.progress.bound else Status.FEASIBLE

    def _certificates(self) -> tuple[Certificate, ...]:
        """What proves that there is no plan, else what proves the bound."""
        found = self.impossible or self.generation.certificate()
        return () if found is None else (found,)

    def _start(self, hints: Sequence[Starts]) -> None:
        """Begin with the planner's rule, and with what of each hint keeps the rules, completed and improved."""
        if not self.only_columns:
            self._take(greedy_room(self.rows))
        for hint in hints:
            starts = self.graph.starts_by_component(dict(hint))
            self.incumbent.keep(starts)
            if not self.only_columns:
                self._take(plan_of(self.rows, list(starts.items()), None, self.progress.must_end))

    def _take(self, room: Room | None) -> None:
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
        for wanted in [[], *([] if answer is None else [self._wanted(answer.amounts)])]:
            self._take(plan_of(self.rows, wanted, prices, self.progress.must_end))
        self.columns.learn_lines()

    def _wanted(self, amounts: Floats) -> list[tuple[int, tuple[int, ...]]]:
        """(component, starts) of the columns in the master's mix, the largest amounts first."""
        component = self.columns.component
        order = np.argsort(-amounts, kind="stable")
        taken = order[amounts[order] > TOLERANCE]
        return [(int(component[number]), self.columns.starts[number]) for number in taken]
