"""`/consultations`: what consultations came to, for everybody: numbers with their base, and what is done about them."""

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from config.consultation_summary_files import read_consultations
from console.keeping import kept
from console.questionnaires_page import round_lines
from console.rendering import render
from services.questionnaires.suggestions import PROGRESS_WORDS
from services.shown.consultation_summaries import summarise

router = APIRouter()


@router.get("/consultations", response_class=HTMLResponse)
def all_consultations(request: Request) -> HTMLResponse:
    """Those whose summaries are known, and the questionnaires that are closed."""
    rounds = [line for line in kept(request, round_lines) if line.closed_on is not None]
    values = {
        "title": "Consultations and questionnaires",
        "consultations": list(read_consultations().values()),
        "rounds": rounds,
    }
    return render(request, "consultations.html", values)


@router.get("/consultations/{consultation}", response_class=HTMLResponse)
def one_consultation(request: Request, consultation: str) -> HTMLResponse:
    """One of them: grades by question, suggestions and actions under each heading."""
    known = read_consultations()
    if consultation not in known:
        raise HTTPException(404, "There is no such consultation. Go to the consultations.")
    values = {
        "title": f"Consultation: {known[consultation].name}",
        "found": summarise(known[consultation]),
        "progress": PROGRESS_WORDS,
    }
    return render(request, "consultation.html", values)
