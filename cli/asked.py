"""What commands that change something take besides their own options, said once: who, when, why, and `--dry-run`."""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar, get_type_hints

import typer
from sqlmodel import Session

from cli import arguments
from cli.shown.changes import changed
from services.audit import Word
from services.bootstrap import open_database

Answer = TypeVar("Answer")
Command = Callable[..., None]

Note = Annotated[str, typer.Option("--note", metavar="TEXT", help="A remark; never the name of a child.")]
TEXTS = {"why": arguments.Why, "note": Note}
ASKED = "asked"
"""The parameter by which a command gets what was said."""


@dataclass(frozen=True)
class Asked:
    """Whose word it is, whether they only look at what it would change, and whether the answer is one JSON document."""

    word: Word
    dry_run: bool
    as_json: bool

    def changed(
        self,
        change: Callable[[Session], Answer],
        also: Callable[[Answer], Iterable[str]] = lambda _answer: (),
    ) -> Answer:
        """Make the change in the database and return its answer, as `cli.shown.changes.changed` does."""
        return changed(open_database(), change, self.dry_run, self.as_json, also)


def changing(
    text: Literal["why", "note", ""] = "why", *, on_behalf_of: bool = False
) -> Callable[[Command], Command]:
    """Give a command, which takes `asked`, the options from which that is made, behind those of its own.

    Parameters
    ----------
    text
        Which text goes with the word: a reason, a remark, or none.
    on_behalf_of
        Whether the word may be somebody else's.
    """
    options = {
        text: (TEXTS.get(text), ""),
        "dry_run": (arguments.DryRun, False),
        "as_of": (arguments.AsOf, None),
        "as_json": (arguments.Json, False),
        "who": (arguments.As, None),
        "on_behalf_of": (arguments.OnBehalfOf if on_behalf_of else None, ""),
    }
    kind = inspect.Parameter.KEYWORD_ONLY
    more = [
        inspect.Parameter(name, kind, default=default, annotation=option)
        for name, (option, default) in options.items()
        if option is not None
    ]

    def with_options(command: Command) -> Command:
        hints = get_type_hints(command, include_extras=True)
        parameters = [
            parameter.replace(kind=kind, annotation=hints[name])
            for name, parameter in inspect.signature(command).parameters.items()
            if name != ASKED
        ]

        def called(**given: Any) -> None:
            said = {option.name: given.pop(option.name) for option in more}
            word = arguments.word(
                said["who"], said["as_of"], said.get(text, ""), said.get("on_behalf_of", "")
            )
            command(**given, **{ASKED: Asked(word, said["dry_run"], said["as_json"])})

        called.__name__, called.__doc__, called.__module__ = (
            command.__name__,
            command.__doc__,
            command.__module__,
        )
        called.__annotations__ = {option.name: option.annotation for option in [*parameters, *more]}
        vars(called)["__signature__"] = inspect.Signature([*parameters, *more])
        return called

    return with_options
