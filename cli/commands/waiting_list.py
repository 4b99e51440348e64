"""`actions`: what waits for whom, since when and until when."""

from typing import Annotated, Any

import typer

from cli import arguments
from cli.shown.output import print_json, print_table, say
from cli.shown.played import tell_day
from models import session
from reports.words import date_in_words, plural
from services.bootstrap import open_database
from services.naming.areas import find_area
from services.shown.waiting_list import Waiting, of_person, of_role, waiting

COLUMNS = ("area", "code", "what", "who", "since", "due", "state")


def actions(
    area: Annotated[
        str | None, typer.Argument(metavar="AREA", help="Only this area, by name or code.")
    ] = None,
    role: Annotated[
        str | None, typer.Option(metavar="ROLE", help="Only what waits for this role, such as director.")
    ] = None,
    person: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Only what waits for this person, by name or mail address."),
    ] = None,
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
) -> None:
    """List what waits for whom: late first, then by the day it is due."""
    day = arguments.today(as_of)
    with session(open_database(), read_only=True) as opened:
        found = waiting(opened, day, None if area is None else find_area(opened, area).code)
        if role is not None:
            found = of_role(opened, found, role)
        if person is not None:
            found = of_person(opened, found, person)
    if as_json:
        print_json({"as_of": day, "actions": [_document(item) for item in found]})
        return
    if found:
        print_table(f"On {date_in_words(day)}", COLUMNS, map(_row, found))
    late = sum(item.action.is_late for item in found)
    waits = "action waits" if len(found) == 1 else "actions wait"
    say(
        f"{len(found) or 'No'} {waits}, {late or 'none'} of them late."
        if found
        else "Nothing waits for anybody."
    )
    tell_day(as_of)


def _document(item: Waiting) -> dict[str, Any]:
    return {**item.action._asdict(), "people": item.people}


def _row(item: Waiting) -> tuple[str, ...]:
    action = item.action
    names = ", ".join(person.name for person in item.people) or "nobody holds it"
    return (
        f"{action.area} ({action.area_code})",
        f"{action.activity} {action.step}".rstrip(),
        action.in_words(),
        f"{action.role_name}: {names}",
        date_in_words(action.since),
        date_in_words(action.due),
        _state(item),
    )


def _state(item: Waiting) -> str:
    waits = f", waits for {plural(len(item.action.waits_for), 'step')}" if item.action.waits_for else ""
    return f"{'late' if item.action.is_late else 'ahead' if item.action.is_ahead else 'now'}{waits}"
