"""`evidence` and what is said of it: the checklist of what areas were asked for, and what came of it."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.asked import Asked, changing
from cli.files import write_bytes
from cli.shown.output import print_json, print_table, say
from cli.shown.played import tell_day
from models import session
from reports.words import date_in_words, plural
from services.bootstrap import open_database
from services.casework.evidence import answers
from services.casework.evidence.checklists import Burden, Item, burden, checklist
from services.casework.evidence.item_case import Answered
from services.casework.evidence.kept_files import Receipt
from services.casework.evidence.states import OPEN
from services.naming.areas import find_area

COLUMNS = ("area", "code", "item", "for", "asked of", "asked on", "due", "state")

Name = Annotated[
    str, typer.Argument(metavar="ITEM", help="Such as self_assessment, as the checklist calls it.")
]


def evidence(
    area: Annotated[
        str | None, typer.Argument(metavar="AREA", help="Everything about this area, by name or code.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also show what has come in or is not asked for yet, for all areas.")
    ] = False,
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
) -> None:
    """Show the checklist of evidence: what is still to come from all areas, or everything about one.

    What several reviews need is asked of an area once; the last line counts the requests made and avoided.
    """
    day = arguments.today(as_of)
    with session(open_database(), read_only=True) as opened:
        found = None if area is None else find_area(opened, area)
        items = checklist(opened, day, None if found is None else found.code)
        load = None if found is None else burden(opened, found.code)
    is_whole = everything or found is not None
    shown = [item for item in items if is_whole or item.state in OPEN]
    if as_json:
        document = {"as_of": day, "items": [_document(item) for item in shown]}
        print_json(document | ({} if load is None else {"burden": load}))
        return
    if shown:
        first = 0 if found is None else 1  # who asks about one area knows which
        rows = [_row(item)[first:] for item in shown]
        print_table(f"Evidence on {date_in_words(day)}", COLUMNS[first:], rows)
    say(_in_words(items, "areas" if found is None else found.name, load))
    tell_day(as_of)


@changing("note", on_behalf_of=True)
def receive(
    activity: arguments.Activity,
    item: Name,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day on which it came; default: today.")
    ] = None,
    link: Annotated[str, typer.Option(metavar="ADDRESS", help="Where it is, if no file is kept.")] = "",
    file: Annotated[Path | None, typer.Option(metavar="FILE", help="The file to keep.")] = None,
    pieces: Annotated[
        int | None, typer.Option(min=1, max=100_000, metavar="NUMBER", help="How many pieces came.")
    ] = None,
    period: Annotated[
        str, typer.Option(metavar="TEXT", help="The period that it is about, such as 2004-05.")
    ] = "",
    *,
    asked: Asked,
) -> None:
    """Record that an item of evidence came in; repeat it to correct the day until it is accepted."""
    receipt = Receipt(arguments.parse_day(on, "--on") if on else asked.word.as_of, link, file, pieces, period)
    _answer(lambda opened: answers.receive(opened, activity, item, receipt, asked.word), asked)


@changing("note", on_behalf_of=True)
def accept(activity: arguments.Activity, item: Name, *, asked: Asked) -> None:
    """Accept what came in as complete."""
    _answer(lambda opened: answers.accept(opened, activity, item, asked.word), asked)


@changing(on_behalf_of=True)
def give_back(
    activity: arguments.Activity,
    item: Name,
    due: Annotated[
        str, typer.Option(metavar="DATE", help="The day by which it should be complete.", show_default=False)
    ],
    *,
    asked: Asked,
) -> None:
    """Return what came in for completion; --why says what is missing, --due by when it should come."""
    due_on = arguments.parse_day(due, "--due")
    _answer(lambda opened: answers.give_back(opened, activity, item, due_on, asked.word), asked)


@changing(on_behalf_of=True)
def not_needed(activity: arguments.Activity, item: Name, *, asked: Asked) -> None:
    """Waive an item with a reason, whether it was asked for or not; another review that needs it still gets it."""
    _answer(lambda opened: answers.not_needed(opened, activity, item, asked.word), asked)


@changing("note", on_behalf_of=True)
def held(
    activity: arguments.Activity,
    item: Name,
    by: Annotated[str, typer.Option(metavar="NAME", help="The body or office that holds it.")] = "",
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Since when they hold it; default: today.")
    ] = None,
    *,
    asked: Asked,
) -> None:
    """Record that somebody holds an item already, so that nobody is asked to hand it in."""
    day = arguments.parse_day(since, "--since") if since else asked.word.as_of
    _answer(lambda opened: answers.hold(opened, activity, item, by, day, asked.word), asked)


@changing("note", on_behalf_of=True)
def share(
    activity: arguments.Activity,
    item: Name,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The other activity.")],
    other_item: Annotated[str, typer.Argument(metavar="OTHERITEM", help="What the other calls it.")],
    *,
    asked: Asked,
) -> None:
    """Record that an item asked for one activity serves another, too; a second request for it is withdrawn."""
    _answer(lambda opened: answers.share(opened, activity, item, other, other_item, asked.word), asked)


def kept_file(
    activity: arguments.Activity,
    item: Name,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write it; default: its own name, here.")
    ] = None,
) -> None:
    """Write the file in which an item came."""
    with session(open_database(), read_only=True) as opened:
        row = answers.kept_file(opened, activity, item)
        name, content = row.name, row.content
    path = output or Path(name)
    write_bytes(path, content)
    say(f"{path} has {plural(len(content), 'byte')}.")


def _answer(answer: Callable[[Session], Answered], asked: Asked) -> None:
    """Say it, and show how the item stands then."""

    def change(opened: Session) -> tuple[Answered, Item]:
        answered = answer(opened)
        items = checklist(opened, asked.word.as_of)
        return answered, next(
            item for item in items if (item.activity, item.item) == (answered.activity, answered.item)
        )

    answered, item = asked.changed(change)
    if asked.as_json:
        print_json(_document(item) | {"warnings": answered.warnings})
        return
    say(f"{item.activity} {item.item} ({item.title}), {item.area}: {item.status}.")
    for warning in answered.warnings:
        say(warning)


def _document(item: Item) -> dict[str, object]:
    found = {name: value for name, value in vars(item).items() if name != "number"}
    return {**found, "is_late": item.is_late, "status": item.status}


def _in_words(items: Sequence[Item], whom: str, load: Burden | None) -> str:
    """'3 items are still to come, 1 of them late; 2 have come in. 5 requests, 1 avoided.'"""
    asked = [item for item in items if item.was_asked and item.state != "planned"]
    if not asked:
        return f"Nothing has been asked of {whom} yet."
    missing, late = _count(item.is_open for item in asked), _count(item.is_late for item in asked)
    answered = len(asked) - missing
    came = plural(answered, "item is answered", "items are answered")
    if not missing:
        words = f"Nothing is still to come: {came}."
    else:
        words = plural(missing, "item is still to come", "items are still to come")
        words += (f", {late} of them late" if late else "") + (f"; {came}." if answered else ".")
    return words if load is None else f"{words} {load}."


def _count(truths: Iterable[bool]) -> int:
    return sum(truths)


def _row(item: Item) -> tuple[object, ...]:
    asked_on = None if item.asked_on is None else date_in_words(item.asked_on)
    role = item.asked_of.split(",")[0]
    return (
        item.area,
        f"{item.activity} {item.item}",
        item.title,
        item.step_name,
        role,
        asked_on,
        date_in_words(item.due_on),
        item.status,
    )
