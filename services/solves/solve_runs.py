"""The row of a solve: how far it is, whether someone asked it to stop, and whether its process is still alive.

A solve under way gives a sign of life every second. One that has been silent for a minute is over, whatever its
row says: the row ends, and the best plan until then becomes a draft.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from pydantic import BaseModel, ValidationError
from sqlmodel import Session, col, func, select

from models import SolveBeat, SolveRun
from scheduler.values.problem import Problem
from scheduler.values.result import Result
from services.errors import NotFound, Refused
from services.option_words import option_named
from services.plans.staleness import Search, store_found

ENDED = ("done", "stopped", "impossible", "out_of_time", "killed", "failed")
"""States in which nothing more will happen to a solve; one that was killed has left a plan, one that failed none."""


class Kept(BaseModel):
    """The problem that a solve under way solves, the text of its rules, and the day on which it was asked for."""

    day: date | None = None
    problem: Problem
    rules: str = ""

    def search(self, option: str, build: Callable[[], Problem]) -> Search:
        """What the plan was sought for; `build` gives the problem of the facts as they are then."""
        return Search(option, self.problem, build, self.day, self.rules)


def begin(session: Session, option: str, profile: str, who: str, at: datetime, home: str = "") -> int:
    """Open the row of a solve that starts now; returns its number.

    Parameters
    ----------
    home
        That of the `jarcycle up` whose flows run it, which stops it when it is stopped itself; empty for a command.
    """
    run = SolveRun(option=option, profile=profile, state="running", home=home, started_by=who, started_at=at)
    session.add(run)
    session.flush()
    assert run.id is not None
    session.add(SolveBeat(run_id=run.id, at=at))
    return run.id


def progress(session: Session, run_id: int, phase: str, incumbent: int | None, bound: int | None) -> None:
    """Write down the latest incumbent and bound, None while unknown; nothing once the solve has ended."""
    run = _find(session, run_id)
    if run.state not in ENDED:
        run.phase, run.incumbent, run.bound = phase, incumbent, bound


def beat(session: Session, run_id: int, at: datetime) -> None:
    """Give a sign of life."""
    found = session.get(SolveBeat, run_id)
    if found is not None:
        found.at = at


def keep(session: Session, run_id: int, kept: Kept, result: Result, at: datetime) -> None:
    """Write down the best plan so far, of which `end_killed` makes a draft if the process is killed."""
    found = session.get(SolveBeat, run_id)
    if found is not None:
        found.at, found.result_json = at, result.model_dump_json()
        if found.problem_json is None:  # a solve has one problem, and the text of a large one takes its time
            found.problem_json = kept.model_dump_json()


def end(session: Session, run_id: int, state: str, version: int | None, message: str, at: datetime) -> None:
    """Close the row: `version` is the plan it made, if any; `message` says why there is none."""
    if state not in ENDED:
        raise Refused.because(
            f"solve {run_id}", f"'{state}' is not how a solve ends.", f"Use one of: {', '.join(ENDED)}."
        )
    run = _find(session, run_id)
    run.state, run.plan_version, run.message, run.ended_at = state, version, message, at
    if (beat := session.get(SolveBeat, run_id)) is not None:
        session.delete(beat)


def request_stop(session: Session, run_id: int) -> SolveRun:
    """Ask a solve to stop and keep its best plan; one that has ended is left alone. Returns its row."""
    run = _find(session, run_id)
    if run.state not in ENDED:
        run.stop_requested = True
    return run


def running(session: Session, home: str | None = None) -> list[int]:
    """Numbers of the solves that have not ended, the oldest first; all, or those that the flows of one home run."""
    query = select(SolveRun.id).where(col(SolveRun.state).not_in(ENDED)).order_by(col(SolveRun.id))
    if home is not None:
        query = query.where(SolveRun.home == home)
    return [number for number in session.exec(query) if number is not None]


def is_stop_requested(session: Session, run_id: int) -> bool:
    """Whether someone asked it to stop; read from the database, whatever this session saw before."""
    query = select(SolveRun.stop_requested).where(SolveRun.id == run_id)
    return bool(session.exec(query).one_or_none())


def latest(session: Session, limit: int = 20) -> list[SolveRun]:
    """The newest solves first."""
    return list(session.exec(select(SolveRun).order_by(col(SolveRun.id).desc()).limit(limit)))


def newest(session: Session) -> int:
    """The number of the newest solve; 0 before the first."""
    return session.exec(select(func.max(SolveRun.id))).one() or 0


def _find(session: Session, run_id: int) -> SolveRun:
    run = session.get(SolveRun, run_id)
    if run is None:
        known = ", ".join(map(str, running(session)))
        advice = f"Under way: {known}." if known else "No solve is under way."
        raise NotFound(f"solve {run_id}", "there is no such solve.", advice)
    return run


SILENT = timedelta(minutes=2)
"""After so long without a sign of life nobody works on a solve any more.

A living one may miss some: another process may hold the database for `models.engine.BUSY_SECONDS` at a time.
"""

WITHOUT_PLAN = "Its process stopped before it had finished, so there is no plan. Solve again."


def end_lost(session: Session, at: datetime) -> list[int]:
    """End every solve that has been silent for `SILENT`; returns their numbers."""
    query = select(SolveRun).where(col(SolveRun.state).not_in(ENDED)).order_by(col(SolveRun.id))
    lost = [run for run in session.exec(query).all() if _last_sign(session, run) + SILENT <= at]
    for run in lost:
        end_killed(session, run, at)
    return [run.id for run in lost if run.id is not None]


def _last_sign(session: Session, run: SolveRun) -> datetime:
    beat = session.get(SolveBeat, run.id)
    return run.started_at if beat is None else beat.at


def end_killed(session: Session, run: SolveRun, at: datetime) -> None:
    """End a solve of which it is known that nobody works on it any more."""
    assert run.id is not None
    version, why = _stored(session, run, at)
    if version is None:
        end(session, run.id, "failed", None, why, at)
        return
    message = f"Its process stopped before it had finished; plan {version} is the best it had found."
    end(session, run.id, "killed", version, message, at)


def _stored(session: Session, run: SolveRun, at: datetime) -> tuple[int | None, str]:
    """The draft made of the best plan so far; None if there is none or it fits no more, and why."""
    beat = session.get(SolveBeat, run.id)
    if beat is None or beat.problem_json is None or beat.result_json is None:
        return None, WITHOUT_PLAN
    try:
        kept = Kept.model_validate_json(beat.problem_json)
        result = Result.model_validate_json(beat.result_json)
    except ValidationError:
        return None, WITHOUT_PLAN  # another version of the programme wrote it down

    def build() -> Problem:
        from services.problem import build_problem  # whoever only reads rows makes no problem

        return build_problem(session, option_named(run.option).for_problem, kept.day)

    try:
        search = kept.search(run.option, build)
        return store_found(session, kept.problem, result, search, run.started_by, at), ""
    except Refused as error:
        return None, f"Its process stopped before it had finished, and its plan can't be kept: {error}"
