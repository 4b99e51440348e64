"""`/areas/{code}/questionnaires`: what an area's authority was asked, and what it has answered."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from console.context import context_of
from console.keeping import kept
from console.missing import or_404
from console.rendering import render
from models import session
from services.naming.areas import find_area
from services.shown.questionnaires import own_answers

router = APIRouter()


@router.get("/areas/{code:path}/questionnaires", response_class=HTMLResponse)
def of_area(request: Request, code: str) -> HTMLResponse:
    """The questionnaires that were sent to one area's authority, by its DfE number or its GSS code."""
    with session(context_of(request).engine, read_only=True) as opened, or_404():
        area = find_area(opened, code)
    values = {
        "title": f"Questionnaires to {area.name}",
        "area": area,
        "answers": kept(request, own_answers, area.code),
    }
    return render(request, "own_answers.html", values)
