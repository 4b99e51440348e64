"""`/messages/{number}/settle`: somebody says what became of a message that may not have arrived."""

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from console.asking import Button, Choices, Field, Question, ask
from console.desk import word_of
from console.forms import Form, change, posted
from console.messages_page import message_there
from models import Delivery
from reports.words import date_in_words
from services.errors import Objection, Refused
from services.messages.deliveries import STATE_WORDS
from services.messages.settling import Fate, settle

router = APIRouter()

FATES: Choices = (
    (Fate.ARRIVED.value, "It has arrived"),
    (Fate.BOUNCED.value, "It came back"),
    (Fate.AGAIN.value, "It has not arrived, and is to go out again"),
)
DONE = {
    Fate.ARRIVED: "is known to have arrived",
    Fate.BOUNCED: "is known to have come back",
    Fate.AGAIN: "goes out again with the next run",
}
FIELDS = (
    Field("fate", "What became of it", kind="choice", choices=FATES, nothing="Choose one"),
    Field("why", "What is known of it", "Of one that came back: what it says.", "words"),
)


@router.get("/messages/{number}/settle")
def settle_form(request: Request, number: str) -> Response:
    """Asks what became of it."""
    return ask(request, _question(message_there(request, number)))


@router.post("/messages/{number}/settle")
def settle_message(request: Request, number: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Write it down, or let the message go out once more."""
    row = message_there(request, number)

    def do(opened: Session) -> str:
        fate = next((known for known in Fate if known.value == form.text("fate")), None)
        if fate is None:
            raise Refused([Objection("fate", "nothing is chosen.", "Choose one.", field="fate")])
        word = word_of(request, form)
        settle(opened, row.id or 0, fate, word.who, word.at, word.note)
        return f"The message to {row.recipient} {DONE[fate]}."

    return change(request, do, f"/messages/{row.id}", lambda wrong: ask(request, _question(row), form, wrong))


def _question(row: Delivery) -> Question:
    address, state = f"/messages/{row.id}", STATE_WORDS[row.state]
    facts = (
        ("To", row.recipient),
        ("Subject", row.subject),
        ("Day", date_in_words(row.as_of)),
        ("State", f"{state}: {row.error}" if row.error else state),
    )
    return Question(
        "What became of a message",
        f"{address}/settle",
        address,
        "The message",
        FIELDS,
        (Button("Write it down"),),
        facts,
    )
