"""`move`, `swap`, `assign` and `store`: a plan changed by hand, its consequences first, then a draft version."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlmodel import Session

from cli import arguments
from cli.arguments import version_number
from cli.asked import Asked, changing
from cli.files import named, read_text
from cli.shown.changes import say_already_so
from cli.shown.consequences import document, tell
from cli.shown.output import print_json, say
from models import session
from scheduler.values.documents import load_plan
from services.audit import Word
from services.bootstrap import open_database
from services.errors import AlreadySo, NotFound
from services.plans import assigning, moving, plan_files, plan_store
from services.plans.by_hand import ByHand, keep
from services.plans.moving import Wish

OneOrArea = Annotated[
    str,
    typer.Argument(metavar="ACTIVITY", help="Its code, AREA-KIND; or its area, whose review is meant then."),
]
Other = Annotated[
    str,
    typer.Argument(metavar="OTHER", help="Another activity, or its area, with which it exchanges its week."),
]
Day = Annotated[str, typer.Argument(metavar="WEEK", help="A day of the week in which it is to begin.")]
With = Annotated[
    list[Any] | None,
    typer.Option(
        "--with", metavar="ACTIVITY WEEK", help="Another activity (or area) and its week; repeat it for more."
    ),
]
Seat = Annotated[str, typer.Argument(metavar="PLACE", help="'leader', or the skill that the place needs.")]
Person = Annotated[str, typer.Argument(metavar="PERSON", help="An inspector, by name or code.")]
Instead = Annotated[
    str | None,
    typer.Option("--instead", metavar="PERSON", help="Who leaves, where several have such a place."),
]
File = Annotated[Path, typer.Argument(metavar="FILE", help="A plan file (JSON), as `export` writes it.")]
From = Annotated[
    str | None,
    typer.Option(
        "--plan",
        metavar="PLAN",
        help="The stored plan to change, by number, or 'published'; else the newest.",
    ),
]

Ask = Callable[[Session, int, Word], ByHand]
"""Makes a plan from the version of a number."""


@changing()
def move(activity: OneOrArea, week: Day, others: With = None, plan: From = None, *, asked: Asked) -> None:
    """Put an activity into another week, or several at once; what rules tie to it moves with it, all others stay.

    Shows which rules break, what it costs, who is displaced and who would be told; then stores a draft to publish.
    """
    wishes = [
        Wish(name, arguments.parse_day(day, "WEEK")) for name, day in [(activity, week), *(others or [])]
    ]
    _change(lambda opened, version, word: moving.move(opened, version, wishes, word), plan, asked)


@changing()
def swap(activity: OneOrArea, other: Other, plan: From = None, *, asked: Asked) -> None:
    """Let two activities exchange the weeks in which they begin; shows what that takes, then stores a draft."""
    _change(lambda opened, version, word: moving.swap(opened, version, activity, other, word), plan, asked)


@changing()
def assign(
    activity: OneOrArea,
    place: Seat,
    person: Person,
    instead: Instead = None,
    plan: From = None,
    *,
    asked: Asked,
) -> None:
    """Give somebody a place of a team, an open one or that of somebody else.

    What they did elsewhere in the same weeks goes to whoever is free; shows what that takes, then stores a draft.
    """
    _change(
        lambda opened, version, word: assigning.assign(
            opened, version, (activity, place), person, word, instead
        ),
        plan,
        asked,
    )


@changing()
def store(file: File, plan: From = None, *, asked: Asked) -> None:
    """Keep the plan of a file as a version; its costs are counted anew, and its consequences shown first.

    Without --plan it is a change of the newest stored plan for the same problem.
    """
    with named(file):
        found = load_plan(read_text(file))

    def ask(opened: Session, version: int, word: Word) -> ByHand:
        return plan_files.from_file(opened, found, file.name, word, version if plan is not None else None)

    _change(ask, plan, asked)


def _change(ask: Ask, plan: str | None, asked: Asked) -> None:
    """Show what a change means, and keep it unless it is only looked at."""
    engine = open_database()
    version = _newest() if plan is None else version_number(engine, plan)
    try:
        with session(engine) as opened:
            made = ask(opened, version, asked.word)
            number = None if asked.dry_run else keep(opened, made, asked.word)
    except AlreadySo as known:
        say_already_so(known, asked.as_json)
        return
    if asked.as_json:
        print_json(document(made, number))
        return
    tell(made)
    if number is None:
        say("Nothing is stored.")
    else:
        say(
            f"Plan {number} is a draft, made from plan {made.source.version}. Publish it: jarcycle publish {number}"
        )


def _newest() -> int:
    """The number of the newest stored plan."""
    with session(open_database(), read_only=True) as opened:
        stored = plan_store.versions(opened)
    if not stored or stored[0].version is None:
        raise NotFound("plan", "no plan is stored yet.", "Make one with: jarcycle solve")
    return stored[0].version
