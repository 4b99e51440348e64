"""`circulate` and `contact-point`: to whom a draft was sent, and whom to ask about an activity."""

from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.asked import Asked, changing
from cli.shown.errors import WrongUsage
from cli.shown.output import print_json, print_table, say
from models import session
from reports.words import date_in_words, list_in_words
from services.bootstrap import open_database
from services.casework import circulation, contact_points
from services.casework.circulation import CirculationList, circulation_lists
from services.casework.contact_points import PointOfActivity

COLUMNS = ("organisation", "chief officer", "address", "monitored by", "sent")


@changing(on_behalf_of=True)
def circulate(
    activity: Annotated[
        str, typer.Argument(metavar="ACTIVITY", help="Its code, AREA-KIND, or the name or code of an area.")
    ],
    organisations: Annotated[
        list[str] | None, typer.Argument(metavar="ORGANISATION", help="Those to which it was sent.")
    ] = None,
    everybody: Annotated[
        bool, typer.Option("--all", help="It was sent to all that did not have it yet.")
    ] = False,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day on which it was sent; default: today.")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="It was not sent to them after all.")] = False,
    *,
    asked: Asked,
) -> None:
    """Show to whom the draft report goes, or tick the organisations to which it was sent."""
    named = organisations or []
    if everybody and (named or undo):
        raise WrongUsage("--all names everybody. Leave out the organisations and --undo.")
    if not (named or everybody or undo):
        with session(open_database(), read_only=True) as opened:
            lists = circulation_lists(opened, activity)
        _show(lists, activity, asked.as_json)
        return
    day = arguments.parse_day(on, "--on") if on else asked.word.as_of

    def change(opened: Session) -> CirculationList:
        if undo:
            return circulation.take_back_circulation(opened, activity, named, asked.word)
        return circulation.circulate(opened, activity, named, day, asked.word)

    _show([asked.changed(change)], activity, asked.as_json)


@changing(on_behalf_of=True)
def contact_point(
    activity: Annotated[
        str, typer.Argument(metavar="ACTIVITY", help="Its code, AREA-KIND, or the name or code of an area.")
    ],
    name: Annotated[str, typer.Option(metavar="NAME", help="The person whom to ask.")] = "",
    email: Annotated[str, typer.Option(metavar="ADDRESS", help="Their mail address.")] = "",
    telephone: Annotated[str, typer.Option(metavar="NUMBER", help="Their telephone number.")] = "",
    by_role: Annotated[
        bool, typer.Option("--by-role", help="Whoever holds the framework's role again.")
    ] = False,
    *,
    asked: Asked,
) -> None:
    """Show whom to ask about an activity, or name the person."""
    is_named = bool(name or email or telephone)
    if is_named and by_role:
        raise WrongUsage("either somebody is named or the role counts. Leave out --by-role or the name.")
    if not (is_named or by_role):
        with session(open_database(), read_only=True) as opened:
            found = contact_points.points_of(opened, activity)
    else:

        def change(opened: Session) -> PointOfActivity:
            return contact_points.name_contact_point(opened, activity, name, email, telephone, asked.word)

        found = [asked.changed(change)]
    if asked.as_json:
        print_json(found)
        return
    for point in found:
        say(f"{point.activity}: {_who(point)}")


def _who(point: PointOfActivity) -> str:
    if point.person is None:
        return "nobody. Add a contact, or name one with --name and --email."
    return ", ".join(filter(None, (point.person.name, point.person.email, point.person.telephone)))


def _show(lists: list[CirculationList], activity: str, as_json: bool) -> None:
    if as_json:
        print_json(lists)
        return
    if not lists:
        say(f"Nothing of {activity} is circulated.")
    for listed in lists:
        rows = [
            (
                recipient.organisation,
                recipient.chief_officer,
                recipient.email,
                recipient.monitored_by,
                None if recipient.sent_on is None else date_in_words(recipient.sent_on),
            )
            for recipient in listed.recipients
        ]
        print_table(f"{listed.activity}: {listed.step_name}", COLUMNS, rows)
        senders = list_in_words([person.name for person in listed.senders]) or listed.sender_role
        is_out = "Not finished yet" if listed.out_on is None else f"Finished {date_in_words(listed.out_on)}"
        say(f"{is_out}; {listed.num_sent} of {len(rows)} have it. It is sent by {senders}.")
