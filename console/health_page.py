"""`/health`: whether the database answers and the daily work is done, for a monitor outside; nothing else is told."""

from typing import Any

from anyio.to_thread import run_sync
from fastapi import APIRouter
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse

from config.findings import InvalidFile
from console.context import Context, context_of
from models import session
from models.opening import fault_of
from services import heartbeats

router = APIRouter()


@router.get("/health")
async def health(request: Request) -> JSONResponse:
    """`status` is ok, starting (no tick yet), stale (a working day's tick is missing), or broken with 503.

    Broken is a database that does not answer or has lost its tables, and a damaged clock; `advice` says how to mend it.
    It has threads of its own, so that it answers however many people read pages.
    """
    return await run_sync(_health, context_of(request), limiter=request.app.state.watchers)


def _health(context: Context) -> JSONResponse:
    answer: dict[str, Any] = {"status": "ok", "as_of": None, "database": "ok", "last_tick": None}
    try:
        today = context.today()
    except InvalidFile as error:
        return _broken({**answer, "advice": str(error)})
    answer["as_of"] = today.isoformat()
    try:
        if fault := fault_of(context.engine):
            return _broken({**answer, "database": "damaged", "advice": f"The database: {fault}"})
        with session(context.engine, read_only=True) as opened:
            tick = heartbeats.last(opened, heartbeats.TICK)
    except SQLAlchemyError:
        return _broken({**answer, "database": "unreachable"})
    if tick is None or tick.ended_at is None:
        answer["status"] = "starting"
    else:
        answer["last_tick"] = {"as_of": tick.as_of.isoformat(), "ended_at": tick.ended_at.isoformat()}
        if heartbeats.is_overdue(tick, today):
            answer["status"] = "stale"
    return JSONResponse(answer)


def _broken(answer: dict[str, Any]) -> JSONResponse:
    return JSONResponse({**answer, "status": "broken"}, status_code=503)
