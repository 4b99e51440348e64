"""`/replans/{number}`: what was asked after an event, and the plans that answer it as soon as they are there."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from console.context import context_of
from console.missing import or_404
from console.moments import in_england
from console.own_part import is_number
from console.rendering import render
from models import ReplanRequest, session
from scheduler.events import event_in_words
from services.plans import plan_store
from services.shown.replan_report import ReplanReport
from services.solves import asked_replans

router = APIRouter()

REPLAN_STATES = {
    "waiting": "no answer yet",
    "done": "plans to choose from",
    "nothing": "no plan to choose",
    "refused": "refused",
    "failed": "no answer",
}
"""States of a request, in words."""

WAITING = "Prefect is looking for plans. The answer comes to this page by itself."
LOST = "There is no answer, and nobody works on it any more. Nothing was stored."
TITLES = {
    asked_replans.DONE: "Plans to choose from",
    asked_replans.NOTHING: "No plan to choose",
    asked_replans.REFUSED: "That can't be planned",
    asked_replans.FAILED: "No answer",
}


@router.get("/replans/{number}")
def one_replan(request: Request, number: str) -> Response:
    """What was asked, whether it is answered yet, and the plans to choose from."""
    return render(request, "replan.html", _shown(request, number))


@router.get("/replans/{number}/answer")
def answer_alone(request: Request, number: str) -> Response:
    """The part of that page which waits for the answer."""
    return render(request, "replan_answer.html", _shown(request, number))


def _shown(request: Request, number: str) -> dict[str, Any]:
    row, context = request_of(request, number), context_of(request)
    with session(context.engine, read_only=True) as opened:
        problem = plan_store.load_plan(opened, row.plan_version).problem
    event = asked_replans.event_of(row)
    is_lost = asked_replans.is_lost(row, context.now())
    is_waiting = row.state == asked_replans.WAITING and not is_lost
    return {
        "title": TITLES.get(row.state, "Looking for plans"),
        "request_number": row.id,
        "event_number": row.event_id,
        "event": event_in_words(event, problem),
        "plan": row.plan_version,
        "asked": f"{in_england(row.asked_at)} by {row.asked_by}",
        "message": row.message,
        "report": ReplanReport.model_validate_json(row.report) if row.report else None,
        "is_waiting": is_waiting,
        "summary": WAITING
        if is_waiting
        else LOST
        if is_lost
        else "Prefect has looked for plans: here is the answer.",
        "may_again": row.state == asked_replans.DONE or is_lost or row.state == asked_replans.FAILED,
    }


def request_of(request: Request, number: str) -> ReplanRequest:
    """What was asked for, by the number in an address; 404 if there is no such thing."""
    with session(context_of(request).engine, read_only=True) as opened, or_404():
        return asked_replans.find_request(opened, int(number) if is_number(number) else 0)
