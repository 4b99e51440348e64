"""`/areas/{code}/rate`, `letter` and `query`, `/queries/{number}/answer`: what people say of profiles and ratings."""

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from config.codes import in_name
from config.rating_files import regime_holding_on
from console.asking import Button, Choices, Field, Question, ask
from console.context import context_of
from console.desk import word_of
from console.forms import Form, change, posted
from console.missing import or_404
from console.own_part import is_number
from console.visitors import who_asks
from models import Area, DataQuery, session
from services.naming.areas import find_area
from services.rating.annual import NewRating, rate, rating_of
from services.rating.data_queries import NewQuery, answer_query, ask_query, find_query
from services.rating.letters import LetterTexts, draft_letter, finalise_letter
from services.shown.rating_letter import lines_of_limits, lines_of_tests
from services.shown.ratings import ShownProfile, shown_profile

router = APIRouter()

FINAL = "final"


@router.get("/areas/{code:path}/rate")
def rating_form(request: Request, code: str) -> Response:
    """Asks how the area is rated, beside every test and limit."""
    return ask(request, _rating(request, _shown(request, code)))


@router.post("/areas/{code:path}/rate")
def rate_area(request: Request, code: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Write the rating down."""
    shown, year = _shown(request, code), context_of(request).today().year
    question = _rating(request, shown)

    def do(opened: Session) -> str:
        new = NewRating(form.text("grade"), form.text("by"), form.text("plan_review"))
        row = rate(opened, shown.area_code, year, new, word_of(request, form))
        return f"{shown.area} is rated in {row.year}. Give the draft of its letter."

    return change(request, do, question.back, lambda wrong: ask(request, question, form, wrong))


@router.get("/areas/{code:path}/letter")
def letter_form(request: Request, code: str) -> Response:
    """Asks what the letter says."""
    shown = _shown(request, code)
    with session(context_of(request).engine, read_only=True) as opened:
        row = rating_of(opened, shown.area_code, context_of(request).today().year)
    filled = {} if row is None else {"strengths": row.strengths, "improvements": row.improvements}
    return ask(request, _letter(shown), Form(filled))


@router.post("/areas/{code:path}/letter")
def write_letter(request: Request, code: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Give the draft, or make the letter final."""
    shown, year = _shown(request, code), context_of(request).today().year
    question = _letter(shown)

    def do(opened: Session) -> str:
        word = word_of(request, form)
        if form.text(FINAL):
            finalise_letter(opened, shown.area_code, year, word)
            return f"The letter to {shown.area} is final."
        texts = LetterTexts(form.text("strengths"), form.text("improvements"))
        draft_letter(opened, shown.area_code, year, texts, word)
        return f"{shown.area} has the draft of its letter."

    return change(request, do, question.back, lambda wrong: ask(request, question, form, wrong))


@router.get("/areas/{code:path}/query")
def query_form(request: Request, code: str) -> Response:
    """Asks what is missing or wrong in the data."""
    return ask(request, _query(_shown(request, code)))


@router.post("/areas/{code:path}/query")
def ask_about_data(request: Request, code: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Write the query down; the single contact point answers it."""
    shown = _shown(request, code)
    question = _query(shown)

    def do(opened: Session) -> str:
        new = NewQuery(shown.area_code, form.text("question"), who_asks(request).name)
        row = ask_query(opened, new, word_of(request, form))
        return f"Query {row.id} is asked."

    return change(request, do, question.back, lambda wrong: ask(request, question, form, wrong))


@router.get("/queries/{number}/answer")
def answer_form(request: Request, number: str) -> Response:
    """Asks for the answer to a query."""
    return ask(request, _answer(*_found(request, number)))


@router.post("/queries/{number}/answer")
def answer_about_data(request: Request, number: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Write the answer down."""
    area, row = _found(request, number)
    question = _answer(area, row)

    def do(opened: Session) -> str:
        by = who_asks(request).name
        answer_query(opened, row.id or 0, form.text("answer"), by, word_of(request, form))
        return f"Query {row.id} is answered."

    return change(request, do, question.back, lambda wrong: ask(request, question, form, wrong))


def _shown(request: Request, code: str) -> ShownProfile:
    context = context_of(request)
    with session(context.engine, read_only=True) as opened, or_404():
        return shown_profile(opened, find_area(opened, code), context.today())


def _found(request: Request, number: str) -> tuple[Area, DataQuery]:
    with session(context_of(request).engine, read_only=True) as opened, or_404():
        if is_number(number):
            row = find_query(opened, int(number))
            return opened.get_one(Area, row.area_code), row
    raise HTTPException(404, f"There is no query {number}. Go to the page of the area's profile.")


def _question(
    shown: ShownProfile,
    action: str,
    title: str,
    fields: tuple[Field, ...],
    *buttons: Button,
    facts: Choices = (),
) -> Question:
    address = f"/areas/{in_name(shown.area_code)}"
    back = f"{address}/profile"
    return Question(title, f"{address}/{action}", back, f"Profile of {shown.area}", fields, buttons, facts)


def _rating(request: Request, shown: ShownProfile) -> Question:
    regime = regime_holding_on(context_of(request).today())
    grades = () if regime is None else tuple((grade.id, grade.name) for grade in reversed(regime.grades))
    facts: Choices = ()
    if shown.assessment is not None:
        best = shown.assessment.regime.grade_name(shown.assessment.best)
        facts = (
            ("At best", best),
            ("Tests", " ".join(lines_of_tests(shown.assessment))),
            ("Limits", " ".join(lines_of_limits(shown.assessment))),
        )
    fields = (
        Field("grade", "Rating", kind="choice", choices=grades, nothing="Choose one"),
        Field("by", "Who decided it"),
        Field(
            "plan_review",
            "Review of the children and young people's plan that was used",
            "Say that none was received, if it was so.",
        ),
        Field("why", "Why", "Needed where an earlier rating is corrected.", "words"),
    )
    return _question(shown, "rate", f"Rate {shown.area}", fields, Button("Record"), facts=facts)


def _letter(shown: ShownProfile) -> Question:
    rating = shown.rating
    facts: Choices = () if rating is None else (("Rating", rating.grade), ("Letter", rating.state))
    fields = (
        Field("strengths", "Strengths", "In the local context.", "words"),
        Field("improvements", "What is to improve", kind="words"),
        Field("why", "Why outside the days of the year's calendar", kind="words"),
    )
    buttons = (Button("Give the draft"), Button("Make it final", FINAL, is_secondary=True))
    return _question(shown, "letter", f"Letter to {shown.area}", fields, *buttons, facts=facts)


def _query(shown: ShownProfile) -> Question:
    whom = "" if shown.contact is None else f"{shown.contact.name} answers."
    fields = (Field("question", "What is missing or wrong", whom, "words"),)
    return _question(shown, "query", f"Ask about the data of {shown.area}", fields, Button("Ask"))


def _answer(area: Area, row: DataQuery) -> Question:
    return Question(
        f"Answer query {row.id} of {area.name}",
        f"/queries/{row.id}/answer",
        f"/areas/{in_name(area.code)}/profile",
        f"Profile of {area.name}",
        (Field("answer", "Answer", kind="words"),),
        (Button("Answer"),),
        (("Asked by", row.asked_by), ("Profile", row.quarter), ("Question", row.question)),
    )
