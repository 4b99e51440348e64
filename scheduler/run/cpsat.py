"""Runs a solver so that a planner can end it: by time, by a stop request, or by Ctrl-C.

The solver works in a thread of its own; the calling thread polls, takes solutions, and tells listeners.
"""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from scheduler.values.result import SolveParams

POLL_SECONDS = 0.1


def watched(
    solve: Callable[[], int],
    end: Callable[[], object],
    is_done: Callable[[], bool],
    look: Callable[[], None] = lambda: None,
) -> int:
    """What `solve` answers, while the calling thread polls.

    Parameters
    ----------
    end
        Ends the solve early.
    is_done
        Polled; True ends the solve.
    look
        Called at each poll, and once more when the solve is over.

    Raises
    ------
    BaseException
        What broke the solve or the polling off (Ctrl-C, say), after the solver has ended.
    """
    outcome: list[int] = []
    broken: list[BaseException] = []

    def run() -> None:
        try:
            outcome.append(solve())
        except BaseException as error:
            broken.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    while thread.is_alive():
        try:
            thread.join(POLL_SECONDS)
            look()
            if broken or is_done():
                end()
        except BaseException as error:
            broken.append(error)
    look()
    if broken:
        raise broken[0]
    return outcome[0]


def new_solver(params: SolveParams, seconds: float) -> Any:
    """A CP-SAT solver with the settings that suit assignments.

    Probing in presolve took most of the time on models of this size and found nothing.
    """
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.01, seconds)
    solver.parameters.num_workers = params.num_workers
    solver.parameters.random_seed = params.seed
    solver.parameters.linearization_level = 2
    solver.parameters.cp_model_probing_level = 0
    return solver


def solve_watched(
    solver: Any,
    model: Any,
    variables: Sequence[Any],
    is_done: Callable[[], bool],
    take: Callable[[list[int]], None],
) -> int:
    """Solve, and hand over every solution that is the latest when it is noticed.

    Parameters
    ----------
    variables
        The variables of which the values are wanted.
    is_done
        Polled in the calling thread; True ends the solve.
    take
        Called in the calling thread with the values of a solution, in the order of `variables`.

    Returns
    -------
    The solver's status.

    Raises
    ------
    KeyboardInterrupt
        After the solver has ended and its last solution was handed over.
    """
    solver.parameters.catch_sigint_signal = False
    collector = _collector(variables)
    return watched(
        lambda: solver.solve(model, collector),
        solver.stop_search,
        is_done,
        lambda: collector.hand_over(take),
    )


def second_status(params: SolveParams, seconds: float, model: Any, is_done: Callable[[], bool]) -> int:
    """The status that a solver reaches on another way, without presolve: a status alone is never believed."""
    solver = new_solver(params, seconds)
    solver.parameters.cp_model_presolve = False
    return solve_watched(solver, model, [], is_done, lambda _: None)


def _collector(variables: Sequence[Any]) -> Any:
    from ortools.sat.python import cp_model

    class Collector(cp_model.CpSolverSolutionCallback):
        """Keeps the values of the latest solution."""

        def __init__(self) -> None:
            super().__init__()
            self.latest: list[int] | None = None

        def on_solution_callback(self) -> None:
            """Called by the solver for each better solution."""
            self.latest = [self.value(variable) for variable in variables]

        def hand_over(self, take: Callable[[list[int]], None]) -> None:
            """Give the latest solution away, if it is new."""
            values, self.latest = self.latest, None
            if values is not None:
                take(values)

    return Collector()
