"""`/health`: whether the database answers and the daily work is done, for a monitor outside; nothing else is told."""

from typing import Any

from fastapi import APIRouter
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse

from console.context import context_of
from models import session
from services import heartbeats

router = APIRouter()


@router.get("/health")
def health(request: Request) -> JSONResponse:
    """`status` is ok, starting (no tick yet) or stale (a working day's tick is missing); 503 without a database."""
    context = context_of(request)
    today = context.today()
    answer: dict[str, Any] = {"status": "ok", "as_of": today.isoformat(), "database": "ok", "last_tick": None}
    try:
        with session(context.engine, read_only=True) as opened:
            tick = heartbeats.last(opened, heartbeats.TICK)
    except SQLAlchemyError:
        return JSONResponse({**answer, "status": "broken", "database": "unreachable"}, status_code=503)
    if tick is None or tick.ended_at is None:
        answer["status"] = "starting"
    else:
        answer["last_tick"] = {"as_of": tick.as_of.isoformat(), "ended_at": tick.ended_at.isoformat()}
        if heartbeats.is_overdue(tick, today):
            answer["status"] = "stale"
    return JSONResponse(answer)
