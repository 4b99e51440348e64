"""The row of a solve: how far it is, and whether someone asked it to stop (a kill would lose the plan)."""

from datetime import datetime

from sqlmodel import Session, col, select

from models import SolveBeat, SolveRun
from services.errors import NotFound, Refused

ENDED = ("done", "stopped", "impossible", "out_of_time", "killed", "failed")
"""States in which nothing more will happen to a solve; one that was killed has left a plan, one that failed none."""


def begin(session: Session, option: str, profile: str, who: str, at: datetime) -> int:
    """Open the row of a solve that starts now; returns its number."""
    run = SolveRun(option=option, profile=profile, state="running", started_by=who, started_at=at)
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


def keep(session: Session, run_id: int, problem_json: str, result_json: str, at: datetime) -> None:
    """Write down the best plan so far, which `services.lost_solves` makes a draft of if the process is killed."""
    found = session.get(SolveBeat, run_id)
    if found is not None:
        found.at, found.problem_json, found.result_json = at, problem_json, result_json


def end(session: Session, run_id: int, state: str, version: int | None, message: str, at: datetime) -> None:
    """Close the row: `version` is the plan it made, if any; `message` says why there is none."""
    if state not in ENDED:
        raise Refused.because(
            f"solve {run_id}", f"'{state}' is no end.", f"Maybe one of: {', '.join(ENDED)}."
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


def running(session: Session) -> list[int]:
    """Numbers of the solves that have not ended, the oldest first."""
    query = select(SolveRun.id).where(col(SolveRun.state).not_in(ENDED)).order_by(col(SolveRun.id))
    return [number for number in session.exec(query) if number is not None]


def is_stop_requested(session: Session, run_id: int) -> bool:
    """Whether someone asked it to stop; read from the database, whatever this session saw before."""
    query = select(SolveRun.stop_requested).where(SolveRun.id == run_id)
    return bool(session.exec(query).one_or_none())


def latest(session: Session, limit: int = 20) -> list[SolveRun]:
    """The newest solves first."""
    return list(session.exec(select(SolveRun).order_by(col(SolveRun.id).desc()).limit(limit)))


def _find(session: Session, run_id: int) -> SolveRun:
    run = session.get(SolveRun, run_id)
    if run is None:
        known = ", ".join(map(str, running(session)))
        advice = f"Under way: {known}." if known else "No solve is under way."
        raise NotFound(f"solve {run_id}", "there is no such solve.", advice)
    return run
