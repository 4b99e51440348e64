"""`/messages`: on which occasions people are told what, and each message as it would look."""

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from console.context import context_of
from console.rendering import render
from models import session
from services.bootstrap import public_address
from services.errors import ServiceError
from services.messages.samples import previewed
from services.messages.templates import template_list
from services.messages.triggers import BY_ID

router = APIRouter()


@router.get("/messages", response_class=HTMLResponse)
def messages(request: Request) -> HTMLResponse:
    """Every message with what triggers it."""
    found = template_list()
    return render(request, "messages.html", {"title": "Messages that people get", "templates": found})


@router.get("/messages/{occasion}/{side}", response_class=HTMLResponse)
def message(request: Request, occasion: str, side: str, activity: str = "") -> HTMLResponse:
    """One message, of an activity if one is named."""
    context = context_of(request)
    with session(context.engine, read_only=True) as opened:
        try:
            found = previewed(opened, occasion, side, activity or None, context.today(), public_address())
        except ServiceError as error:
            raise HTTPException(404, str(error)) from error
    values = {
        "title": f"{BY_ID[occasion].name}: what is sent",
        "message": found,
        "activity": activity,
        "side": side,
    }
    return render(request, "message_preview.html", values)
