"""Use case: solve the programme under one option, with visible progress, and store the plan as a draft."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from models import session
from scheduler.problem import Problem
from scheduler.result import Listener, Result, SolveParams, Status, StopRequest, TracePoint
from services import plans, solve_runs
from services.problem import Option, build_problem

PROGRESS_SECONDS = 1.0
"""How often progress is written to the database and the stop flag is read, at most."""

Clock = Callable[[], datetime]
"""Gives the present instant in UTC; only flows, console and command line own a real one."""


@dataclass(frozen=True)
class Solved:
    """A finished solve; `version` is the stored draft, None where there is no plan."""

    run_id: int
    option: str
    version: int | None
    problem: Problem
    result: Result


def solve_option(
    engine: Engine,
    option: Option,
    params: SolveParams,
    *,
    profile: str,
    who: str,
    clock: Clock,
    listener: Listener | None = None,
    stop: StopRequest | None = None,
) -> Solved:
    """Build the problem of `option`, solve it, and store its plan as a draft version.

    Progress and the stop flag live in the solve's own row, so that another process can watch or stop it.
    A solve without a plan stores none and says why in its row. Whatever happens, the row ends.

    Raises
    ------
    scheduler.errors.InvalidProblem
        With everything that is wrong with the programme's facts.
    """
    with session(engine) as opened:
        run_id = solve_runs.begin(opened, str(option), profile, who, clock())
    try:
        with session(engine, read_only=True) as opened:
            problem = build_problem(opened, option)
        progress = _Progress(engine, run_id, listener, stop)
        result = _solve(problem, params, progress)
        with session(engine) as opened:
            version = None
            if result.plan is not None:
                version = plans.store_plan(opened, problem, result, str(option), who, clock())
            solve_runs.end(
                opened, run_id, _state(result, progress.was_stopped), version, _message(result), clock()
            )
        return Solved(run_id, str(option), version, problem, result)
    except BaseException as error:
        with session(engine) as opened:
            solve_runs.end(opened, run_id, "failed", None, f"{type(error).__name__}: {error}", clock())
        raise


def _solve(problem: Problem, params: SolveParams, progress: "_Progress") -> Result:
    # OR-Tools takes a second to import and a good deal of memory: only who solves pays for it.
    from scheduler.solve import solve

    with progress:
        return solve(problem, params, listener=progress.hear, stop=progress.stop_asked)


def _state(result: Result, was_stopped: bool) -> str:
    if was_stopped:
        return "stopped"
    return {Status.INFEASIBLE: "impossible", Status.UNKNOWN: "out_of_time"}.get(result.status, "done")


def _message(result: Result) -> str:
    return "\n".join(shortage.message for shortage in result.shortages)


class _Progress:
    """Passes the solver's news on, and keeps the solve's row up to date from a thread of its own.

    The solver polls `stop_asked` often and must never wait for a database; the thread does.
    """

    def __init__(
        self, engine: Engine, run_id: int, listener: Listener | None, stop: StopRequest | None
    ) -> None:
        self._engine, self._run_id, self._listener, self._stop = engine, run_id, listener, stop
        self._last: TracePoint | None = None
        self._asked = threading.Event()
        self._over = threading.Event()

    @property
    def was_stopped(self) -> bool:
        return self._asked.is_set()

    def hear(self, point: TracePoint) -> None:
        self._last = point
        if self._listener:
            self._listener(point)

    def stop_asked(self) -> bool:
        if self._stop and self._stop():
            self._asked.set()
        return self._asked.is_set()

    def __enter__(self) -> None:
        self._thread = threading.Thread(target=self._watch, name=f"solve-{self._run_id}", daemon=True)
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        written: TracePoint | None = None
        while not self._over.is_set():
            began = time.monotonic()
            with session(self._engine) as opened:
                if self._last is not None and self._last != written:
                    written = self._last
                    solve_runs.progress(opened, self._run_id, written.phase, written.incumbent, written.bound)
                if solve_runs.is_stop_requested(opened, self._run_id):
                    self._asked.set()
            self._over.wait(max(0.05, PROGRESS_SECONDS - (time.monotonic() - began)))
