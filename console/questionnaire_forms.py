"""`/questionnaires/send` and `/questionnaires/{number}/close`: a round is opened, and ended."""

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from config.questionnaire_files import read_questionnaires
from console.asking import Button, Field, Question, ask
from console.context import context_of
from console.desk import word_of
from console.forms import Form, Wrong, change, chosen, posted
from console.missing import or_404
from console.own_part import is_number
from models import session
from reports.words import date_in_words, plural
from services.questionnaires.sent_rounds import Sent, Wanted, close_round, open_round
from services.questionnaires.summaries import RoundLine, summary_of

router = APIRouter()

LIST, SEND = "/questionnaires", "/questionnaires/send"
BY_STEP = (("yes", "Let the step that it names send it, area by area"),)


@router.get(SEND)
def sending_form(request: Request) -> Response:
    """Asks what is sent to whom, and until when it is answered."""
    return ask(request, _sending())


@router.post(SEND)
def send(request: Request, form: Annotated[Form, Depends(posted)]) -> Response:
    """Open a round: each authority gets one message with a link of its own."""
    address = context_of(request).public_address or str(request.base_url).rstrip("/")

    def do(opened: Session) -> str:
        areas = tuple(line.strip() for line in form.text("areas").splitlines() if line.strip())
        day = None if form.text("by_step-yes") else form.day("reply_by")
        wanted = Wanted(chosen(form, "questionnaire", "questionnaire"), day, areas, form.text("evaluation"))
        return _sent(open_round(opened, wanted, word_of(request, form), address))

    return change(request, do, LIST, lambda wrong: ask(request, _sending(), form, wrong), with_places=True)


@router.get("/questionnaires/{number}/close")
def closing_form(request: Request, number: str) -> Response:
    """Asks whether a round is over."""
    return ask(request, _closing(_line(request, number)))


@router.post("/questionnaires/{number}/close")
def close(request: Request, number: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Close a round: no answer is taken any more."""
    line = _line(request, number)

    def do(opened: Session) -> str:
        close_round(opened, line.number, word_of(request, form))
        return f"Round {line.number} is closed. Its summary can be seen outside now."

    def again(wrong: list[Wrong]) -> Response:
        return ask(request, _closing(line), form, wrong)

    return change(request, do, f"{LIST}/{line.number}", again)


def _sent(sent: Sent) -> str:
    if sent.reply_by is None:
        return f"Round {sent.number} stands: its step sends it, area by area."
    invited = plural(sent.num_invited, "authority", "authorities")
    return f"Round {sent.number} is open: {invited} invited, to reply by {date_in_words(sent.reply_by)}."


def _line(request: Request, number: str) -> RoundLine:
    with session(context_of(request).engine, read_only=True) as opened, or_404():
        return summary_of(opened, int(number) if is_number(number) else 0, outside=False).line


def _sending() -> Question:
    known = tuple((asked.id, asked.name) for asked in read_questionnaires().values())
    fields = (
        Field("questionnaire", "Questionnaire", kind="choice", choices=known, nothing="Choose one"),
        Field(
            "reply_by", "Reply by", "A working day, such as 25 January 2010. A reminder goes out before it."
        ),
        Field("by_step", "Or without such a day", kind="boxes", choices=BY_STEP),
        Field("areas", "Areas", "One a line, by name or code. Leave it blank for all of them.", "words"),
        Field(
            "evaluation",
            "Reported with",
            "Such as assessment-2009. Leave it blank for the questionnaire's name.",
        ),
    )
    return Question("Send a questionnaire", SEND, LIST, "Questionnaires", fields, (Button("Send it"),))


def _closing(line: RoundLine) -> Question:
    facts = (
        ("Questionnaire", line.name),
        ("Answered", line.answered.in_words()),
        ("Not answered", str(line.num_open)),
    )
    return Question(
        f"Close round {line.number}",
        f"{LIST}/{line.number}/close",
        f"{LIST}/{line.number}",
        f"Round {line.number}",
        (),
        (Button("Close it"),),
        facts,
    )
