"""`why-early`: why an area is early or late in the round, line by line."""

from datetime import date
from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.shown.output import print_json, print_table, say
from models import session
from reports.words import date_in_words, plural
from services.bootstrap import open_database
from services.naming.areas import find_area
from services.shown.priority import Priority, SincePlan, changes_since_plan, priority_of


def why_early(
    area: Annotated[
        str | None,
        typer.Argument(
            metavar="AREA", help="Name or code of an area; without one, what changed since the plan."
        ),
    ] = None,
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
) -> None:
    """Show how grave the concern about an area is, and what was published that it rests on.

    Only what was published before the day counts. Without an area it lists those whose concern is another one than when
    the published plan was made, or the newest plan if none is published.
    """
    day = arguments.today(as_of)
    with session(open_database(), read_only=True) as opened:
        if area is None:
            _tell_changes(opened, as_json)
        else:
            _tell_area(opened, area, day, as_json)


def _tell_changes(opened: Session, as_json: bool) -> None:
    since = changes_since_plan(opened)
    if as_json:
        print_json(since)
    elif since is None:
        say("There is no plan yet, so nothing has changed since one.")
    else:
        _tell_since(since)


def _tell_since(since: SincePlan) -> None:
    if not since.changes:
        say(f"No concern has changed since plan {since.plan} was made.")
        return
    title = f"Concern that changed since plan {since.plan} was made"
    print_table(
        title,
        ("area", "name", "then", "now"),
        [(change.area, change.name, change.before, change.after) for change in since.changes],
    )


def _tell_area(opened: Session, area: str, day: date, as_json: bool) -> None:
    found = priority_of(opened, find_area(opened, area), day)
    if as_json:
        print_json(found)
        return
    rows = [
        (
            line.name,
            line.value,
            date_in_words(line.published_on),
            line.points if line.counts else None,
            line.why_not or line.source,
        )
        for line in found.lines
    ]
    title = f"What was published about {found.name}"
    print_table(title, ("what was judged", "judgement", "published", "points", "source, or why not"), rows)
    if found.compared:
        rows_of_others = [(other.area, other.name, other.concern) for other in found.compared]
        print_table("Areas like it, the nearest first", ("area", "name", "concern"), rows_of_others)
    say(_in_words(found))
    if found.planned_with != found.concern:
        say(
            f"Plans are still made with {found.planned_with}: the next solve or the next morning counts again."
        )
    if found.since is not None and found.before is not None:
        say(f"It was {found.before} when plan {found.since.plan} was made.")


def _in_words(found: Priority) -> str:
    basis = f"set by hand: {found.given_because}" if found.given_because else "counted from these lines"
    said = f"Concern about {found.name} on {date_in_words(found.planned_on)}: {found.concern} of 10, {basis}."
    if found.wish != found.concern:
        lowered = plural(found.num_due, "other inspection")
        said += f" With {lowered} due, the wish for an early review is {found.wish} of 10."
    return f"{said} A week of delay costs {found.price}."
