"""Use case: solve the programme under one option, with visible progress, and store the plan as a draft."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from config.findings import InvalidFile
from models import session
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.result import Listener, Result, SolveParams, Status, StopRequest, TracePoint
from services.naming.names import Names
from services.naming.shortages import shortage_in_words
from services.option_words import Option, option_named
from services.plans.concern_counts import count_again
from services.plans.plan_store import first_mondays
from services.plans.staleness import store_found
from services.problem import build_problem
from services.problem.rule_files import rules_text
from services.problem.short_notice import ShortNotice, short_notices
from services.solves import solve_runs

PROGRESS_SECONDS = 1.0
"""How often a solve gives a sign of life, tells its progress and reads its stop flag."""

MOST_SECONDS = 86_400
"""A day: nobody waits longer for the dates, or for the teams, of one option."""

NOTHING_YET = "It was stopped before it had found a plan."

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]
"""Gives the present instant in UTC; only flows, console and command line own a real one."""


@dataclass(frozen=True)
class Asker:
    """Who asks for a plan: who they are, the clock they go by, what hears of progress, and what may stop it.

    `home` is that of the `jarcycle up` whose flow asks (`bootstrap.home_here`), empty for a command. `day` is the day
    of the programme on which they ask: nothing new begins before it. Without one that of planning is meant.
    """

    who: str
    clock: Clock
    listener: Listener | None = None
    stop: StopRequest | None = None
    home: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Solved:
    """A finished solve; `version` is the stored draft, None where there is no plan; `was_stopped` whoever asked it.

    `short_notice` names what begins too early for the notice that its framework asks for (R094).
    """

    run_id: int
    option: str
    version: int | None
    problem: Problem
    result: Result
    was_stopped: bool = False
    short_notice: tuple[ShortNotice, ...] = ()


def solve_option(
    engine: Engine, option: Option, params: SolveParams, asker: Asker, *, profile: str
) -> Solved:
    """Build the problem of `option`, solve it, and store its plan as a draft version.

    Progress and the stop flag live in the solve's own row, so that another process can watch or stop it.
    A solve without a plan stores none and says why in its row. Whatever happens, the row ends; if the process is
    killed, the next solve or start ends it, and makes a draft of the best plan until then (`solve_runs`).

    Raises
    ------
    Refused
        If there is no such option.
    scheduler.values.errors.InvalidProblem
        With everything that is wrong with the programme's facts.
    """
    option = option_named(option).for_problem

    def build() -> Problem:
        with session(engine, read_only=True) as opened:
            return build_problem(opened, option, asker.day)

    def find(problem: Problem, progress: "Progress") -> tuple[Problem, Result]:
        return problem, _solve(problem, params, progress)

    return stored_solve(engine, str(option), build, find, asker, profile=profile)


def stored_solve(
    engine: Engine,
    name: str,
    build: Callable[[], Problem],
    find: "Find",
    asker: Asker,
    *,
    profile: str,
) -> Solved:
    """Build a problem, find a plan and store it, with a row of its own, as `solve_option` says.

    A plan of which the facts changed while it was sought is stale from the beginning.

    Parameters
    ----------
    name
        The option in the words of the command line, or 'mixed'.
    find
        Solves the problem; the plan belongs to the problem that it returns.
    """
    who, clock = asker.who, asker.clock
    with session(engine) as opened:
        solve_runs.end_lost(opened, clock())
        run_id = solve_runs.begin(opened, name, profile, who, clock(), asker.home)
    progress = Progress(engine, run_id, asker)
    # Also while the problem is built and the plan stored: either may take long in a large programme.
    with progress:
        try:
            asked = _asked(engine, build, asker)
            progress.begin(asked)
            problem, result = find(asked.problem, progress)
            with session(engine) as opened:
                version: int | None = None
                short: tuple[ShortNotice, ...] = ()
                if result.plan is not None:
                    version = store_found(opened, problem, result, asked.search(name, build), who, clock())
                    short = _short_notice(opened, result.plan, asker.day)
                state, message = (
                    _state(result, progress.was_stopped),
                    _message(problem, result, progress.was_stopped),
                )
                solve_runs.end(opened, run_id, state, version, message, clock())
        except BaseException as error:
            with session(engine) as opened:
                solve_runs.end(opened, run_id, "failed", None, f"{type(error).__name__}: {error}", clock())
            raise
    return Solved(run_id, name, version, problem, result, progress.was_stopped, short)


def _asked(engine: Engine, build: Callable[[], Problem], asker: Asker) -> solve_runs.Kept:
    if asker.day is not None:
        with session(engine) as opened:
            count_again(opened, asker.day, asker.who, asker.clock())
    problem = build()
    # An edit in between is told, as one after it: the problem is built again once there is a plan.
    with session(engine, read_only=True) as opened:
        return solve_runs.Kept(day=asker.day, problem=problem, rules=rules_text(opened))


def _short_notice(opened: Session, plan: Plan, day: date | None) -> tuple[ShortNotice, ...]:
    """What begins too early for its notice; nothing where a file makes no sense any more, for the plan's sake."""
    try:
        return short_notices(opened, first_mondays(plan), day)
    except InvalidFile:
        return ()


def _solve(problem: Problem, params: SolveParams, progress: "Progress") -> Result:
    # OR-Tools takes a second to import and a good deal of memory: only who solves pays for it.
    from scheduler.solving.solver import solve

    return solve(problem, params, listener=progress.hear, stop=progress.stop_asked, keep=progress.keep)


def _state(result: Result, was_stopped: bool) -> str:
    if was_stopped:
        return "stopped"
    return {Status.INFEASIBLE: "impossible", Status.UNKNOWN: "out_of_time"}.get(result.status, "done")


def _message(problem: Problem, result: Result, was_stopped: bool) -> str:
    if was_stopped and result.plan is None:
        return NOTHING_YET
    names = Names(problem)
    return "\n".join(shortage_in_words(names, shortage) for shortage in result.shortages)


class Progress:
    """Passes the solver's news on, and keeps the solve's row up to date from a thread of its own.

    The solver polls `stop_asked` often and must never wait for a database; the thread does. It goes on giving signs
    of life however quiet the solver is, and also if the database was held by others for once.
    """

    def __init__(self, engine: Engine, run_id: int, asker: Asker) -> None:
        self._engine, self._run_id, self._asker = engine, run_id, asker
        self._begun: solve_runs.Kept | None = None
        self._last: TracePoint | None = None
        self._kept: Result | None = None
        self._asked = threading.Event()
        self._over = threading.Event()

    @property
    def was_stopped(self) -> bool:
        """Whether anybody asked the solve to stop."""
        return self._asked.is_set()

    def begin(self, begun: solve_runs.Kept) -> None:
        """The problem is built, and is solved from now on."""
        self._begun = begun

    def hear(self, point: TracePoint) -> None:
        """The solver's listener."""
        self._last = point
        if self._asker.listener:
            self._asker.listener(point)

    def keep(self, result: Result) -> None:
        """Remember the best plan so far, should the process be killed."""
        self._kept = result

    def stop_asked(self) -> bool:
        """What the solver polls."""
        if self._asker.stop and self._asker.stop():
            self._asked.set()
        return self._asked.is_set()

    def __enter__(self) -> None:
        self._thread = threading.Thread(target=self._watch, name=f"solve-{self._run_id}", daemon=True)
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        told: TracePoint | None = None
        kept: Result | None = None
        while not self._over.is_set():
            began = time.monotonic()
            point, result = self._last, self._kept
            try:
                self._tell(point if point != told else None, result if result is not kept else None)
                told, kept = point, result
            except SQLAlchemyError as error:
                logger.warning("solve %s could not tell how it goes: %s", self._run_id, error)
            self._over.wait(max(0.05, PROGRESS_SECONDS - (time.monotonic() - began)))

    def _tell(self, point: TracePoint | None, result: Result | None) -> None:
        """A sign of life, with what is new."""
        with session(self._engine) as opened:
            solve_runs.beat(opened, self._run_id, self._asker.clock())
            if point is not None:
                solve_runs.progress(opened, self._run_id, point.phase, point.incumbent, point.bound)
            if result is not None and self._begun is not None:
                solve_runs.keep(opened, self._run_id, self._begun, result, self._asker.clock())
            if solve_runs.is_stop_requested(opened, self._run_id):
                self._asked.set()


Find = Callable[[Problem, Progress], tuple[Problem, Result]]
"""Solves a problem, telling of its progress; the problem of the result may be another one."""
