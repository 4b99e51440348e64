"""`/answers/{secret}`: an authority answers a questionnaire by its link, without an account."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from config.questionnaire import Question, Questionnaire
from console.context import context_of
from console.forms import Form, Wrong, change, form_page, posted
from console.visitors import Visiting, give_cookie, new_secret, set_visiting, visiting_of
from models import QuestionnaireAnswer, QuestionnaireInvitation, session
from services.audit import Word
from services.questionnaires.answering import (
    COMMENT,
    Given,
    Said,
    answer_of,
    answers_in,
    invitation_of_link,
    take_answer,
)
from services.questionnaires.sent_rounds import document_of, find_round
from services.questionnaires.tries import has_tried_too_often, note_failed_link

router = APIRouter()

WHO = ("person", "position", "contributors")


@dataclass(frozen=True)
class Asked:
    """What a link leads to: who is asked what, and what they have answered so far."""

    invitation: QuestionnaireInvitation
    questionnaire: Questionnaire
    answer: QuestionnaireAnswer | None


@router.get("/answers/{secret}")
def questions(request: Request, secret: str) -> Response:
    """The questions, with what was answered so far."""
    asked = _asked(request, secret)
    return _page(request, secret, asked, Form(_typed(asked)))


@router.post("/answers/{secret}")
def answered(request: Request, secret: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Take the answer of the authority; a later one takes its place."""
    asked, context = _asked(request, secret), context_of(request)
    person, position, contributors = (form.text(name) for name in WHO)
    given = Given(person, position, contributors, _answers(asked.questionnaire, form))
    word = Word(given.person.strip() or asked.invitation.area_name, context.now(), context.today())

    def do(opened: Session) -> str:
        invitation = opened.get_one(QuestionnaireInvitation, asked.invitation.id)
        return f"{take_answer(opened, invitation, given, word).in_words()} Thank you."

    return change(
        request,
        do,
        f"/answers/{secret}",
        lambda wrong: _page(request, secret, asked, form, wrong),
    )


def _asked(request: Request, secret: str) -> Asked:
    """What a link leads to. All that lead nowhere are answered alike, so that nobody finds one by trying."""
    context, address = context_of(request), request.client.host if request.client else ""
    with session(context.engine, read_only=True) as opened:
        if has_tried_too_often(opened, address, context.now()):
            raise HTTPException(429, "Too many links led nowhere. Wait a quarter of an hour, then try again.")
        invitation = invitation_of_link(opened, secret)
        if invitation is not None and _is_theirs(request, invitation):
            row = find_round(opened, invitation.round_id)
            return Asked(invitation, document_of(row), answer_of(opened, invitation))
    with session(context.engine) as opened:
        note_failed_link(opened, address, context.now())
    raise HTTPException(
        404, "There is no such questionnaire, or it is closed. Check the link in your message."
    )


def _is_theirs(request: Request, invitation: QuestionnaireInvitation) -> bool:
    """Whoever is signed in for another authority does not answer for this one."""
    who = visiting_of(request).who
    return who is None or who.area_code in (None, invitation.area_code)


def _page(
    request: Request, secret: str, asked: Asked, form: Form, wrong: list[Wrong] | None = None
) -> Response:
    visiting = visiting_of(request)
    if not visiting.secret:
        set_visiting(request, Visiting(new_secret()))  # the form must bring it back
    values = {
        "title": f"{asked.questionnaire.name}: {asked.invitation.area_name}",
        "address": f"/answers/{secret}",
        "invitation": asked.invitation,
        "questions": asked.questionnaire.questions,
        "answer": asked.answer,
        "comment": COMMENT,
    }
    answer = form_page(request, "answer.html", values, form, wrong)
    if not visiting.secret:
        give_cookie(request, answer, visiting_of(request).secret)
    return answer


def _typed(asked: Asked) -> Mapping[str, str]:
    """The fields of the form as they were answered."""
    if asked.answer is None:
        return {}
    found = {name: str(getattr(asked.answer, name)) for name in WHO}
    for name, value in answers_in(asked.answer).items():
        if isinstance(value, str):
            found[name] = value
        else:
            found |= {f"{name}-{number}": text for number, text in enumerate(value, start=1)}
    return found


def _answers(questionnaire: Questionnaire, form: Form) -> Said:
    found: dict[str, str | list[str]] = {}
    for question in questionnaire.questions:
        if question.kind == "up_to":
            found[question.id] = _short_texts(question, form)
        else:
            found[question.id] = form.text(question.id)
        if question.has_comment:
            found[f"{question.id}{COMMENT}"] = form.text(f"{question.id}{COMMENT}")
    return found


def _short_texts(question: Question, form: Form) -> list[str]:
    """All that were sent, also more than the page has fields for: those are refused, not left out."""
    numbers = range(1, question.most + 2)
    return [text for number in numbers if (text := form.text(f"{question.id}-{number}"))]
