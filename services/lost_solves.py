"""Solves whose process was killed: their rows end, and the best plan until then becomes a draft.

A solve under way gives a sign of life every second, from a thread of its own, however long the solver is quiet. One
that has been silent for `SILENT` is over, whatever its row says; nobody else's start or end makes it so.
"""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from models import SolveBeat, SolveRun
from scheduler.problem import Problem
from scheduler.result import Result
from services import plans, solve_runs
from services.errors import Refused

SILENT = timedelta(minutes=2)
"""After so long without a sign of life nobody works on a solve any more.

A living one may miss some: another process may hold the database for `models.engine.BUSY_SECONDS` at a time.
"""

WITHOUT_PLAN = "Its process ended before it did, so there is no plan. Solve again."


def end_lost(session: Session, at: datetime) -> list[int]:
    """End every solve that has been silent for `SILENT`; returns their numbers."""
    query = select(SolveRun).where(col(SolveRun.state).not_in(solve_runs.ENDED)).order_by(col(SolveRun.id))
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
        solve_runs.end(session, run.id, "failed", None, why, at)
        return
    message = f"Its process ended before it did; plan {version} is the best it had found."
    solve_runs.end(session, run.id, "killed", version, message, at)


def _stored(session: Session, run: SolveRun, at: datetime) -> tuple[int | None, str]:
    """The draft made of the best plan so far; None if there is none or it fits no more, and why."""
    beat = session.get(SolveBeat, run.id)
    if beat is None or beat.problem_json is None or beat.result_json is None:
        return None, WITHOUT_PLAN
    problem = Problem.model_validate_json(beat.problem_json)
    result = Result.model_validate_json(beat.result_json)
    try:
        return plans.store_plan(session, problem, result, run.option, run.started_by, at), ""
    except Refused as error:
        return None, f"Its process ended before it did, and its plan can't be kept: {error}"
