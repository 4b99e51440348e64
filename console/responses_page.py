"""`/responses`: what consultations came to, for everybody: numbers with their base, and what is done about them."""

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from config.responses_files import read_responses
from console.keeping import kept
from console.questionnaires_page import round_lines
from console.rendering import render
from services.questionnaires.suggestions import PROGRESS_WORDS
from services.shown.responses import summarise

router = APIRouter()


@router.get("/responses", response_class=HTMLResponse)
def all_summaries(request: Request) -> HTMLResponse:
    """Those whose summaries are known, and the questionnaires that are closed."""
    rounds = [line for line in kept(request, round_lines) if line.closed_on is not None]
    values = {
        "title": "Summaries of responses",
        "summaries": list(read_responses().values()),
        "rounds": rounds,
    }
    return render(request, "responses.html", values)


@router.get("/responses/{summary}", response_class=HTMLResponse)
def one_summary(request: Request, summary: str) -> HTMLResponse:
    """One of them: grades by question, suggestions and actions under each heading."""
    known = read_responses()
    if summary not in known:
        raise HTTPException(404, "There is no such summary of responses. Go to the summaries.")
    values = {
        "title": f"Responses: {known[summary].name}",
        "found": summarise(known[summary]),
        "progress": PROGRESS_WORDS,
    }
    return render(request, "responses_summary.html", values)
