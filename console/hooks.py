"""The hook that Prefect's automations call when something is wrong: it puts a mail to operations into the outbox."""

import hmac
from typing import Annotated, Literal

from fastapi import APIRouter, BackgroundTasks, Depends
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request

from console.context import context_of
from models import session
from services.messages import alerts, outbox

router = APIRouter()
LONGEST_BYTES = 16_384


class Report(BaseModel):
    """What an automation says (see flows.automations)."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["failed", "late", "attention", "no_tick"]
    subject: str = Field(max_length=500)
    address: str = Field("", max_length=500)
    event: str = Field(max_length=100)


async def _said(request: Request) -> Report:
    """The report of somebody who knows the token; of strangers nothing is read."""
    known = f"Bearer {context_of(request).hook_token}"
    if not hmac.compare_digest(request.headers.get("Authorization", "").encode(), known.encode()):
        raise HTTPException(401, "This hook is for Prefect's automations only.")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_BYTES:
            raise HTTPException(413, f"A report has {LONGEST_BYTES} bytes at most.")
    try:
        return Report.model_validate_json(body)
    except ValidationError as error:
        raise HTTPException(422, "; ".join(fault["msg"] for fault in error.errors())) from None


@router.post("/hooks/prefect", status_code=202)
def report(
    request: Request, said: Annotated[Report, Depends(_said)], later: BackgroundTasks
) -> dict[str, int]:
    """Mail each contact of operations at once; the same occasion twice is one mail. 401 without the token."""
    context = context_of(request)
    alert = alerts.Alert(said.kind, said.subject, said.address, said.event)
    with session(context.engine) as opened:
        queued = alerts.tell_operations(opened, alert, context.today(), context.now())
    if queued:
        # After the answer: Prefect waits five seconds for it, a mail server may take longer.
        later.add_task(outbox.send_waiting, context.engine, context.now, context.transport, context.sender)
    return {"queued": queued}
