"""What a page asks before it changes something, as a list of fields: one template draws them all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from console.forms import Form, Wrong, form_page, leading_to

Choices = Sequence[tuple[str, str]]
"""What a field may hold, each with its words."""


@dataclass(frozen=True)
class Field:
    """One question: a line of text, several lines, a long text, one of a few words, or any of a few boxes.

    A box is a field of its own in the form that comes back, named like `boxes` with its value behind it.
    """

    name: str
    label: str
    hint: str = ""
    kind: Literal["text", "words", "long", "choice", "boxes"] = "text"
    choices: Choices = ()
    nothing: str = ""


@dataclass(frozen=True)
class Button:
    """A way to send a form; a `name` tells it from the others of the page."""

    label: str
    name: str = ""
    is_secondary: bool = False


@dataclass(frozen=True)
class Question:
    """A page with a form: to where it goes, what it asks, and facts (name and value) that help to answer.

    `first` are pages (address and words) where something is to be done before it. `lists` are shown below it: a
    heading, and lines of text. `hidden` goes along with the form, by name.
    """

    title: str
    address: str
    back: str
    back_to: str
    fields: tuple[Field, ...]
    buttons: tuple[Button, ...]
    facts: Choices = ()
    first: Choices = ()
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()
    hidden: Choices = ()


def ask(
    request: Request, question: Question, form: Form | None = None, wrong: Sequence[Wrong] = ()
) -> Response:
    """The page, with what was typed before and all that was wrong with it."""
    values = {"title": question.title, "question": question}
    names = [field.name for field in question.fields]
    return form_page(request, "question.html", values, form or Form(), leading_to(names, wrong))


def boxes_of(form: Form, name: str, choices: Choices) -> list[str]:
    """The boxes of a field that were ticked, in their order."""
    return [value for value, _words in choices if form.text(f"{name}-{value}")]
