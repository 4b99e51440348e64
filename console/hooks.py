"""The hook that Prefect's automations call when something is wrong: it puts a mail to operations into the outbox."""

import hmac
from typing import Annotated, Literal

from fastapi import APIRouter, BackgroundTasks, Header
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request

from console.context import Context, context_of
from models import session
from services.messages import alerts, outbox

router = APIRouter()


class Report(BaseModel):
    """What an automation says (see flows.automations)."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["failed", "late", "attention", "no_tick"]
    subject: str = Field(max_length=500)
    address: str = Field("", max_length=500)
    event: str = Field(max_length=100)


@router.post("/hooks/prefect", status_code=202)
def report(
    request: Request, said: Report, later: BackgroundTasks, authorization: Annotated[str, Header()] = ""
) -> dict[str, int]:
    """Mail each contact of operations at once; the same occasion twice is one mail. 401 without the token."""
    context = context_of(request)
    _must_know_the_token(context, authorization)
    alert = alerts.Alert(said.kind, said.subject, said.address, said.event)
    with session(context.engine) as opened:
        queued = alerts.tell_operations(opened, alert, context.today(), context.now())
    if queued:
        # After the answer: Prefect waits five seconds for it, a mail server may take longer.
        later.add_task(outbox.send_waiting, context.engine, context.now(), context.transport, context.sender)
    return {"queued": queued}


def _must_know_the_token(context: Context, authorization: str) -> None:
    if not hmac.compare_digest(authorization.encode(), f"Bearer {context.hook_token}".encode()):
        raise HTTPException(401, "This hook is for Prefect's automations only. Maybe run: jarcycle sync")
