"""`messages`: those whose fate a person must settle, and the person's word for it."""

from typing import Annotated, Any

import typer

from cli import arguments
from cli.shown.errors import WrongUsage
from cli.shown.output import print_json, print_table, say
from models import Delivery, session
from services.bootstrap import now, open_database
from services.messages.deliveries import troubled
from services.messages.outbox import resolve

COLUMNS = ("message", "day", "to", "subject", "state", "why")


def messages(
    number: Annotated[
        int | None, typer.Argument(metavar="NUMBER", help="The number of the message to settle.")
    ] = None,
    arrived: Annotated[bool, typer.Option("--arrived", help="The message has arrived.")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="The message has not arrived: send it with the next run.")
    ] = False,
    why: arguments.Why = "",
    as_json: arguments.Json = False,
    who: arguments.As = None,
) -> None:
    """Show messages with unknown delivery status, or refused for good; settle one by its number.

    The mail server's log says, by Message-ID, whether a message has arrived.
    """
    if (number is None and (arrived or again)) or (number is not None and arrived == again):
        raise WrongUsage(
            "a message is settled by its number and --arrived or --again. Try: jarcycle messages 12 --again"
        )
    with session(open_database(), read_only=number is None) as opened:
        if number is not None:
            resolve(opened, number, arrived, arguments.person(who), now(), why)
        left = [_document(row) for row in troubled(opened)]
    if as_json:
        print_json(left)
        return
    if number is not None:
        say(f"Message {number} {'has arrived' if arrived else 'goes out with the next run'}.")
    if left:
        print_table(
            "Messages with unknown delivery status, or refused for good",
            COLUMNS,
            [_row(message) for message in left],
        )
    else:
        say("No messages need attention.")


def _document(row: Delivery) -> dict[str, Any]:
    return {
        "message": row.id,
        "message_id": row.message_id,
        "as_of": row.as_of,
        "recipient": row.recipient,
        "subject": row.subject,
        "state": row.state,
        "attempts": row.attempts,
        "error": row.error,
    }


def _row(message: dict[str, Any]) -> tuple[Any, ...]:
    why = f"{message['error']} {message['message_id']}".strip()
    return (
        message["message"],
        message["as_of"],
        message["recipient"],
        message["subject"],
        message["state"],
        why,
    )
