"""`/due`: what is late, under way or awaiting a sign-off, what comes next, and messages that a person must look at."""

from datetime import timedelta

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from console.context import context_of
from console.rendering import render
from models import session
from reports.words import plural
from services.messages import deliveries
from services.shown import outlook

router = APIRouter()

LOOK_AHEAD = timedelta(weeks=4)


@router.get("/due", response_class=HTMLResponse)
def due(request: Request) -> HTMLResponse:
    """Everything that waits for somebody, late first."""
    context = context_of(request)
    today = context.today()
    with session(context.engine, read_only=True) as opened:
        lines = outlook.step_lines(opened, today, with_people=True)
        trouble, days = deliveries.troubled(opened), deliveries.days_of_messages(opened, limit=10)
    action, ahead = outlook.needs_action(lines), outlook.ahead(lines, today, today + LOOK_AHEAD)
    late = [line for line in action if line.is_late]
    values = {
        "title": f"{plural(len(late), 'step').capitalize()} late, {plural(len(action) - len(late), 'step')} in hand",
        "late": late,
        "in_hand": [line for line in action if not line.is_late],
        "ahead": ahead,
        "trouble": trouble,
        "days": days,
    }
    return render(request, "due.html", values)
