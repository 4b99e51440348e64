"""`evidence` and `evidence receive`: the checklist of what was asked of areas, and writing down what came in."""

from collections.abc import Sequence
from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.shown.changes import changed
from cli.shown.output import print_json, print_table, say
from models import session
from reports.words import date_in_words, plural
from services.audit import Word
from services.bootstrap import now, open_database
from services.casework import evidence as evidence_service
from services.casework.evidence import Item, checklist
from services.naming.areas import find_area

COLUMNS = ("request", "area", "item", "asked of", "for", "asked on", "due", "state")
MOST_REQUESTS = 999_999_999
"""Databases end their numbers not far beyond."""


def evidence(
    area: Annotated[
        str | None, typer.Argument(metavar="AREA", help="Everything asked of this area, by name or code.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also show what has come in, for all areas.")
    ] = False,
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
) -> None:
    """Show the checklist of evidence: what is still to come from all areas, or everything asked of one.

    Use jarcycle evidence receive to record what has come in; its numbers are those of this list.
    """
    day = arguments.today(as_of)
    with session(open_database(), read_only=True) as opened:
        found = None if area is None else find_area(opened, area)
        items = checklist(opened, day, None if found is None else found.code)
    is_whole = everything or found is not None
    shown = [item for item in items if is_whole or item.received_on is None]
    if as_json:
        print_json({"as_of": day, "items": shown})
        return
    if shown:
        print_table(f"Evidence on {date_in_words(day)}", COLUMNS, map(_row, shown))
    say(_in_words(items, "areas" if found is None else found.name))


def receive(
    request: Annotated[
        int,
        typer.Argument(min=1, max=MOST_REQUESTS, metavar="REQUEST", help="Its number in the checklist."),
    ],
    day: Annotated[str, typer.Argument(metavar="DAY", help="Such as 2006-04-07.")],
    dry_run: arguments.DryRun = False,
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
    who: arguments.As = None,
) -> None:
    """Record the day on which an item of evidence came in; repeat it to correct the day."""
    word = Word(arguments.person(who), now(), arguments.today(as_of))
    received_on = arguments.parse_day(day, "DAY")

    def change(opened: Session) -> Item:
        evidence_service.receive(opened, request, received_on, word)
        return next(item for item in checklist(opened, word.as_of) if item.request == request)

    item = changed(open_database(), change, dry_run, as_json)
    if as_json:
        print_json(item)
    else:
        say(f"{item.name} of {item.area} ({item.area_code}) came in on {date_in_words(received_on)}.")


def _in_words(items: Sequence[Item], whom: str) -> str:
    """'3 items are still to come, 1 of them late; 2 have come in.'"""
    if not items:
        return f"Nothing has been asked of {whom} yet."
    missing, late = (sum(item.received_on is None for item in items), sum(item.is_late for item in items))
    came = plural(len(items) - missing, "item has come in", "items have come in")
    if not missing:
        return f"Nothing is still to come: {came}."
    words = plural(missing, "item is still to come", "items are still to come")
    return (
        words + (f", {late} of them late" if late else "") + (f"; {came}." if missing < len(items) else ".")
    )


def _row(item: Item) -> tuple[object, ...]:
    state = "late" if item.is_late else "to come"
    if item.received_on is not None:
        state = f"came {date_in_words(item.received_on)}"
    days = date_in_words(item.requested_on), date_in_words(item.due_on)
    area = f"{item.area} ({item.area_code})"
    return item.request, area, item.name, item.asked_of, ", ".join(item.activities), *days, state
