"""What people say of a step, an activity or the programme, as pages: a row of a table is a pair of routes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from console.asking import Button, Choices, Field, Question, ask
from console.context import context_of
from console.desk import word_of
from console.forms import Form, change, posted
from console.missing import or_404
from console.own_part import is_number
from console.visitors import who_asks
from services.accounts.visits import SignedIn
from services.audit import Word
from services.casework.account_words import MAY_SPEAK_FOR_OTHERS, speaker

T = TypeVar("T")

DAY_HINT = "Such as 7 April 2006."
ON_TODAY = "Such as 7 April 2006. Leave it blank for today."


@dataclass(frozen=True)
class Subject(Generic[T]):
    """Of what something is said: what is known of it, its name, its page, and facts that help to say it.

    `roles` are those on whose behalf somebody may speak; `hidden` goes along with the form.
    """

    about: T
    name: str
    address: str
    back: str
    back_to: str
    facts: Choices = ()
    roles: Choices = ()
    hidden: Choices = ()


@dataclass(frozen=True)
class Saying(Generic[T]):
    """One thing that people may say: how links to it, its page and its buttons are called, what it asks, what it does.

    Attributes
    ----------
    why
        How the question for a reason is called; blank where only who speaks for others gives one.
    say
        Says it, in the transaction of the form, and returns what is told of it.
    is_open
        Whether it can be said as things stand: only then links lead to it.
    filled
        What the fields hold at first.
    first
        Pages where something is to be done before it is said: address and words.
    is_casework
        Whether whoever says it must be known in the programme, and may speak for others there.
    """

    action: str
    link: str
    title: str
    buttons: tuple[Button, ...]
    say: Callable[[Session, T, Form, Word], str]
    is_open: Callable[[T], bool]
    fields: Callable[[T], tuple[Field, ...]] = lambda _about: ()
    why: str = "Why"
    filled: Callable[[T], Mapping[str, str]] = lambda _about: {}
    first: Callable[[T], Choices] = lambda _about: ()
    is_casework: bool = True


def add_pages(
    router: APIRouter, path: str, sayings: Iterable[Saying[T]], find: Callable[[Request], Subject[T]]
) -> None:
    """A page that asks and a page that does, for each; `find` gives what the address names, or NotFound."""
    for saying in sayings:
        _add(router, f"{path}/{saying.action}", saying, find)


def open_sayings(sayings: Iterable[Saying[T]], about: T) -> list[tuple[str, str]]:
    """What can be said as things stand: the last part of the address, and the words of the link."""
    return [(saying.action, saying.link) for saying in sayings if saying.is_open(about)]


def found_by(find: Callable[[Request], Subject[T]], request: Request) -> Subject[T]:
    """What an address names; 404 if there is no such thing."""
    with or_404():
        return find(request)


def number_in(request: Request, part: str, thing: str) -> int:
    """The number of a row in an address; 404 if it is none."""
    text = str(request.path_params[part])
    if is_number(text):
        return int(text)
    raise HTTPException(404, f"There is no {thing} {text}. Go to the area's page.")


def _add(router: APIRouter, path: str, saying: Saying[T], find: Callable[[Request], Subject[T]]) -> None:
    def shown(request: Request) -> Response:
        subject = found_by(find, request)
        return ask(request, _question(request, saying, subject), Form(saying.filled(subject.about)))

    def said(request: Request, form: Annotated[Form, Depends(posted)]) -> Response:
        subject, who = found_by(find, request), who_asks(request)

        def do(opened: Session) -> str:
            return saying.say(opened, subject.about, form, _word(opened, request, form, saying, who))

        def again(wrong: list) -> Response:  # type: ignore[type-arg]
            # As it stands now: somebody else may have been faster.
            return ask(request, _question(request, saying, found_by(find, request)), form, wrong)

        return change(request, do, subject.back, again)

    router.add_api_route(path, shown, methods=["GET"])
    router.add_api_route(path, said, methods=["POST"])


def _word(opened: Session, request: Request, form: Form, saying: Saying[T], who: SignedIn) -> Word:
    if not saying.is_casework:
        return word_of(request, form)
    context, for_whom = context_of(request), form.text("on_behalf_of")
    name = speaker(opened, who, for_whom)
    return Word(name, context.now(), context.today(), form.text("why"), for_whom)


def _question(request: Request, saying: Saying[T], subject: Subject[T]) -> Question:
    return Question(
        title=saying.title.format(subject.name),
        address=f"{subject.address}/{saying.action}",
        back=subject.back,
        back_to=subject.back_to,
        fields=(*saying.fields(subject.about), *_for_whom_and_why(request, saying, subject)),
        buttons=saying.buttons,
        facts=subject.facts,
        first=saying.first(subject.about),
        hidden=subject.hidden,
    )


def _for_whom_and_why(request: Request, saying: Saying[T], subject: Subject[T]) -> Iterable[Field]:
    speaks = saying.is_casework and who_asks(request).is_one_of(MAY_SPEAK_FOR_OTHERS)
    if speaks and subject.roles:
        hint, nothing = "Where it is somebody else's to say.", "Nobody: I say it in my own name"
        yield Field("on_behalf_of", "On behalf of", hint, "choice", subject.roles, nothing)
    if saying.why or speaks:
        yield Field("why", saying.why or "Why on their behalf", kind="words")
