"""`evidence`: the checklist of what was asked of areas, and writing down what came in."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.shown.changes import changed
from cli.shown.errors import WrongUsage
from cli.shown.output import print_json, print_table, say
from models import session
from reports.words import date_in_words, plural
from services.audit import Word
from services.bootstrap import now, open_database
from services.casework.evidence import Item, checklist, receive
from services.naming.areas import find_area

RECEIVE = "receive"
USAGE = "Use: jarcycle evidence [AREA], or: jarcycle evidence receive REQUEST DAY"
COLUMNS = ("request", "area", "item", "asked of", "for", "asked on", "due", "state")


def evidence(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[AREA | receive REQUEST DAY]",
            help="An area by name or code; or 'receive', a request's number and the day on which it came in.",
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also show what has come in, for all areas.")
    ] = False,
    dry_run: arguments.DryRun = False,
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
    who: arguments.As = None,
) -> None:
    """Show the checklist of evidence: what is still to come from all areas, or everything asked of one.

    `receive REQUEST DAY` records the day on which an item came in; repeat it to correct the day.
    """
    given = words or []
    day = arguments.today(as_of)
    if given[:1] == [RECEIVE]:
        _receive(given[1:], day, dry_run, as_json, arguments.person(who))
        return
    if len(given) > 1 or dry_run:
        raise WrongUsage(f"'{' '.join(given)}' is not understood. {USAGE}")
    with session(open_database(), read_only=True) as opened:
        area = find_area(opened, given[0]) if given else None
        items = checklist(opened, day, None if area is None else area.code)
    shown = items if area is not None or everything else [item for item in items if item.received_on is None]
    if as_json:
        print_json({"as_of": day, "items": shown})
        return
    if shown:
        print_table(f"Evidence on {date_in_words(day)}", COLUMNS, map(_row, shown))
    say(_in_words(items, "areas" if area is None else area.name))


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


def _receive(given: list[str], as_of: date, dry_run: bool, as_json: bool, who: str) -> None:
    if len(given) != 2 or not (given[0].isascii() and given[0].isdecimal() and len(given[0]) <= 9):
        raise WrongUsage(f"to receive a request, give its number and a day. {USAGE}")
    number, received_on = int(given[0]), arguments.parse_day(given[1], "DAY")

    def change(opened: Session) -> Item:
        receive(opened, number, received_on, Word(who, now(), as_of))
        return next(item for item in checklist(opened, as_of) if item.request == number)

    item = changed(open_database(), change, dry_run, as_json)
    if as_json:
        print_json(item)
    else:
        say(f"{item.name} of {item.area} ({item.area_code}) came in on {date_in_words(received_on)}.")


def _row(item: Item) -> tuple[object, ...]:
    state = "late" if item.is_late else "to come"
    if item.received_on is not None:
        state = f"came {date_in_words(item.received_on)}"
    days = date_in_words(item.requested_on), date_in_words(item.due_on)
    area = f"{item.area} ({item.area_code})"
    return item.request, area, item.name, item.asked_of, ", ".join(item.activities), *days, state
