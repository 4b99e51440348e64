"""`message` and `message preview`: on which occasions people are told what, and in which words."""

from typing import Annotated

import typer

from cli import arguments
from cli.shown.output import print_json, print_table, say
from models import session
from services.bootstrap import open_database, public_address
from services.messages.samples import previewed
from services.messages.templates import template_list

COLUMNS = ("occasion", "side", "when", "who is told", "template")


def message(as_json: arguments.Json = False) -> None:
    """List the occasions on which people are told something, what triggers each, and where its words are."""
    found = template_list()
    if as_json:
        print_json(found)
        return
    rows = [(line.occasion, line.side, line.trigger, line.told, line.file) for line in found]
    print_table("Occasions on which people are told something", COLUMNS, rows)
    say("See the words of one: jarcycle message preview OCCASION")


def preview(
    occasion: Annotated[
        str, typer.Argument(metavar="OCCASION", help="notice, changed, joined ... (see: jarcycle message).")
    ],
    activity: Annotated[
        str | None,
        typer.Argument(metavar="ACTIVITY", help="A code or an area; without it a sample is shown."),
    ] = None,
    side: Annotated[
        str | None,
        typer.Option(metavar="SIDE", help="authority or inspectorate; by default who hears first."),
    ] = None,
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
) -> None:
    """Print a message as it would be sent, and send nothing."""
    day = arguments.today(as_of)
    with session(open_database(), read_only=True) as opened:
        found = previewed(opened, occasion, side, activity, day, public_address())
    if as_json:
        print_json({"subject": found.subject, "body": found.body})
        return
    typer.echo(f"Subject: {found.subject}\n\n{found.body}", nl=False)
