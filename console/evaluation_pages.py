"""`/evaluations/{evaluation}`: what an evaluation rests on, what was suggested, what is done about it (R182, R197)."""

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from console.asking import Button, Field, Question, ask
from console.context import context_of
from console.desk import word_of
from console.forms import Form, Wrong, change, posted
from console.missing import or_404
from console.own_part import is_number
from console.rendering import render
from models import EvaluationSuggestion, session
from reports.words import date_in_words, plural
from services.errors import Objection, Refused
from services.questionnaires.conferences import NewConference, add_conference, authorities_of
from services.questionnaires.suggestions import (
    PLANNED,
    PROGRESS_WORDS,
    TAKEN,
    add_suggestion,
    find_suggestion,
    respond,
    suggestions_of,
)
from services.questionnaires.suggestions import Response as Answered
from services.questionnaires.summaries import evaluation_line, evaluations

router = APIRouter()


@router.get("/evaluations/{evaluation}")
def one_evaluation(request: Request, evaluation: str) -> Response:
    """Its rounds and conferences, how many authorities took part, and the rows of its report."""
    _there(request, evaluation)
    with session(context_of(request).engine, read_only=True) as opened:
        line, rows = evaluation_line(opened, evaluation), suggestions_of(opened, evaluation)
    values = {
        "title": f"Evaluation {evaluation}",
        "line": line,
        "conferences": [(row, len(authorities_of(row))) for row in line.conferences],
        "suggestions": rows,
        "progress": PROGRESS_WORDS,
    }
    return render(request, "evaluation.html", values)


@router.get("/evaluations/{evaluation}/conference")
def conference_form(request: Request, evaluation: str) -> Response:
    """Asks when a conference was held, and who came."""
    return ask(request, _conference(_there(request, evaluation)))


@router.post("/evaluations/{evaluation}/conference")
def record_conference(request: Request, evaluation: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Record a conference."""
    _there(request, evaluation)

    def do(opened: Session) -> str:
        day, delegates = form.day("held_on"), form.number("num_delegates") or 0
        if day is None:
            raise Refused([Objection("day", "no day is given.", "Say when it was held.", field="held_on")])
        areas = tuple(line.strip() for line in form.text("authorities").splitlines() if line.strip())
        new = NewConference(evaluation, day, form.text("name"), delegates, areas)
        row = add_conference(opened, new, word_of(request, form))
        return f"The conference of {date_in_words(row.held_on)} is recorded: {plural(delegates, 'delegate')}."

    def again(wrong: list[Wrong]) -> Response:
        return ask(request, _conference(evaluation), form, wrong)

    return change(request, do, f"/evaluations/{evaluation}", again)


@router.get("/evaluations/{evaluation}/suggest")
def suggestion_form(request: Request, evaluation: str) -> Response:
    """Asks what was suggested."""
    return ask(request, _suggestion(_there(request, evaluation)))


@router.post("/evaluations/{evaluation}/suggest")
def record_suggestion(request: Request, evaluation: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Record what was suggested."""
    _there(request, evaluation)

    def do(opened: Session) -> str:
        word = word_of(request, form)
        row = add_suggestion(opened, evaluation, form.text("heading"), form.text("suggestion"), word)
        return f"Suggestion {row.id} is recorded. Say what is done about it."

    def again(wrong: list[Wrong]) -> Response:
        return ask(request, _suggestion(evaluation), form, wrong)

    return change(request, do, f"/evaluations/{evaluation}", again)


@router.get("/suggestions/{number}/respond")
def response_form(request: Request, number: str) -> Response:
    """Asks which action is planned or taken."""
    row = _suggested(request, number)
    typed = {"response": row.response, "owner": row.owner}
    if row.progress in (PLANNED, TAKEN):
        typed["progress"] = row.progress
    if row.due_on is not None:
        typed["due_on"] = date_in_words(row.due_on)
    return ask(request, _response(row), Form(typed))


@router.post("/suggestions/{number}/respond")
def record_response(request: Request, number: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Say what is done about a suggestion."""
    row = _suggested(request, number)

    def do(opened: Session) -> str:
        said = Answered(form.text("progress"), form.text("response"), form.text("owner"), form.day("due_on"))
        respond(opened, row.id or 0, said, word_of(request, form))
        return f"Suggestion {row.id}: the action is recorded."

    def again(wrong: list[Wrong]) -> Response:
        return ask(request, _response(row), form, wrong)

    return change(request, do, f"/evaluations/{row.evaluation}", again)


def _there(request: Request, evaluation: str) -> str:
    with session(context_of(request).engine, read_only=True) as opened:
        if evaluation not in evaluations(opened):
            raise HTTPException(404, "There is no such evaluation. Go to the questionnaires.")
    return evaluation


def _suggested(request: Request, number: str) -> EvaluationSuggestion:
    with session(context_of(request).engine, read_only=True) as opened, or_404():
        return find_suggestion(opened, int(number) if is_number(number) else 0)


def _conference(evaluation: str) -> Question:
    fields = (
        Field("held_on", "Day", "Such as 29 January 2010."),
        Field("name", "Where it was held"),
        Field("num_delegates", "How many people came"),
        Field("authorities", "From which authorities", "One a line, by name or code.", "words"),
    )
    return _question(evaluation, "Record a conference", "conference", fields)


def _suggestion(evaluation: str) -> Question:
    fields = (
        Field("heading", "Heading", "Such as performance profile."),
        Field("suggestion", "What was suggested", kind="words"),
    )
    return _question(evaluation, "Record a suggestion", "suggest", fields)


def _question(evaluation: str, title: str, page: str, fields: tuple[Field, ...]) -> Question:
    back = f"/evaluations/{evaluation}"
    return Question(title, f"{back}/{page}", back, f"Evaluation {evaluation}", fields, (Button("Record"),))


def _response(row: EvaluationSuggestion) -> Question:
    choices = tuple((name, PROGRESS_WORDS[name]) for name in (PLANNED, TAKEN))
    fields = (
        Field("progress", "How far it is", kind="choice", choices=choices, nothing="Choose one"),
        Field("response", "What is done about it", kind="words"),
        Field("owner", "Who does it"),
        Field("due_on", "By when", "For an action that is planned, such as 1 April 2010."),
    )
    return Question(
        f"Action about suggestion {row.id}",
        f"/suggestions/{row.id}/respond",
        f"/evaluations/{row.evaluation}",
        f"Evaluation {row.evaluation}",
        fields,
        (Button("Record"),),
        (("Heading", row.heading), ("Suggestion", row.suggestion)),
    )
