"""`/questionnaires`: the rounds that were sent, and each of them in numbers; `/summaries/{number}` is for everybody."""

from datetime import date

from fastapi import APIRouter
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from console.context import context_of
from console.frames import frame
from console.keeping import kept
from console.listing import Column, Filter, Listing, Words, add_file, asked_of
from console.missing import or_404
from console.own_part import is_number
from console.rendering import render
from models import session
from reports.words import date_in_words, plural
from services.questionnaires.summaries import RoundLine, RoundSummary, list_rounds, summary_of
from services.shown.questionnaires import invited_lines

router = APIRouter()

QUESTIONNAIRES = "/questionnaires"


def _day(day: date | None, otherwise: str) -> Words:
    return Words(otherwise if day is None else date_in_words(day))


def _answered(line: RoundLine) -> Words:
    late = (Words(f"{line.num_late} of them late"),) if line.num_late else ()
    return Words(line.answered.in_words(), more=late)


ROUNDS: Listing[RoundLine] = Listing(
    path=QUESTIONNAIRES,
    name="Rounds of questionnaires",
    noun=("round", "rounds"),
    columns=(
        Column(
            "round",
            "Round",
            lambda line: Words(f"{line.number}: {line.name}", f"{QUESTIONNAIRES}/{line.number}"),
            lambda line: line.number,
        ),
        Column(
            "evaluation", "Evaluation", lambda line: Words(line.evaluation, f"/evaluations/{line.evaluation}")
        ),
        Column("sent", "Sent", lambda line: _day(line.opened_on, ""), lambda line: line.opened_on),
        Column(
            "reply_by",
            "Reply by",
            lambda line: _day(line.reply_by, "A day for each authority"),
            lambda line: line.reply_by,
        ),
        Column("answered", "Answered", _answered, lambda line: line.answered.number),
        Column("open", "Not answered", lambda line: Words(str(line.num_open)), lambda line: line.num_open),
        Column("closed", "Closed", lambda line: _day(line.closed_on, "Open"), lambda line: line.closed_on),
    ),
    filters=(
        Filter(
            "questionnaire",
            "Questionnaire",
            "All questionnaires",
            lambda line: [(line.questionnaire, line.name)],
        ),
        Filter(
            "evaluation", "Evaluation", "All evaluations", lambda line: [(line.evaluation, line.evaluation)]
        ),
        Filter(
            "state",
            "State",
            "Any state",
            lambda line: [("open", "Open") if line.closed_on is None else ("closed", "Closed")],
        ),
    ),
    found_by=lambda line: f"{line.number} {line.name} {line.questionnaire} {line.evaluation}",
    search_label="Questionnaire or evaluation",
)


def round_lines(opened: Session, _today: date) -> list[RoundLine]:
    """Every round, the newest first."""
    return list_rounds(opened)


@router.get(QUESTIONNAIRES, response_class=HTMLResponse)
def all_rounds(request: Request) -> HTMLResponse:
    """Every round, searched and filtered as the address says."""
    found = kept(request, round_lines)
    still_open = sum(line.closed_on is None for line in found)
    values = {
        "title": f"{plural(still_open, 'questionnaire')} open" if found else "Questionnaires",
        "frame": frame(ROUNDS, asked_of(request, ROUNDS), found),
        "num_rows": len(found),
    }
    return render(request, "questionnaires.html", values)


add_file(router, ROUNDS, lambda request: kept(request, round_lines))


@router.get("/questionnaires/{number}", response_class=HTMLResponse)
def one_round(request: Request, number: str) -> HTMLResponse:
    """A round for readers inside: the numbers with what was written, who answered and who did not."""
    found = _summary(request, number, outside=False)
    with session(context_of(request).engine, read_only=True) as opened:
        invited = invited_lines(opened, found.line.number)
    values = {"title": f"Round {number}: {found.line.name}", "found": found, "invited": invited}
    return render(request, "questionnaire_round.html", values)


@router.get("/summaries/{number}", response_class=HTMLResponse)
def summary(request: Request, number: str) -> HTMLResponse:
    """A closed round for everybody: numbers with their bases, never who, nothing that was written."""
    found = _summary(request, number, outside=True)
    return render(
        request, "questionnaire_summary.html", {"title": f"{found.line.name}: answers", "found": found}
    )


def _summary(request: Request, number: str, *, outside: bool) -> RoundSummary:
    if not is_number(number):
        raise HTTPException(404, "There is no such round of a questionnaire. Check the address.")
    with session(context_of(request).engine, read_only=True) as opened, or_404():
        return summary_of(opened, int(number), outside=outside)
