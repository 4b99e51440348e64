"""`messages`: those that did not arrive or may not have, and a person's word on what became of them."""

from typing import Annotated, Any

import typer

from cli import arguments
from cli.shown.errors import WrongUsage
from cli.shown.output import print_json, print_table, say
from models import Delivery, session
from reports.words import plural
from services.bootstrap import now, open_database
from services.messages.deliveries import STATE_WORDS, put_off, troubled
from services.messages.settling import Fate, send_again, settle

COLUMNS = ("message", "day", "to", "state", "why")
TITLE = "Messages that did not arrive, or may not have"
USAGE = (
    "a message is settled by its number and one of --arrived, --again and --bounced, all of a kind by --again and "
    "--reason. Try: jarcycle messages 12 --again"
)
DONE = {
    Fate.ARRIVED: "has arrived",
    Fate.BOUNCED: "came back",
    Fate.AGAIN: "goes out with the next run",
}


def messages(
    number: Annotated[
        int | None, typer.Argument(metavar="NUMBER", help="The number of the message to settle.")
    ] = None,
    arrived: Annotated[bool, typer.Option("--arrived", help="The message has arrived.")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="The message has not arrived: send it with the next run.")
    ] = False,
    bounced: Annotated[
        bool, typer.Option("--bounced", help="The message came back; --why gives what it says.")
    ] = False,
    reason: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT", help="With --again: every message that failed for this reason, or a part of it."
        ),
    ] = None,
    why: arguments.Why = "",
    as_json: arguments.Json = False,
    who: arguments.As = None,
) -> None:
    """Show messages that were refused, put off or returned, or that may not have arrived; settle them.

    The mail server's log says, by Message-ID, whether a message has arrived.
    """
    fate = _fate(arrived, again, bounced)
    if reason is not None and (fate is not Fate.AGAIN or number is not None):
        raise WrongUsage(USAGE)
    if reason is None and (number is None) != (fate is None):
        raise WrongUsage(USAGE)
    said = ""
    with session(open_database(), read_only=fate is None) as opened:
        if number is not None and fate is not None:
            settle(opened, number, fate, arguments.person(who), now(), why)
            said = f"Message {number} {DONE[fate]}."
        elif reason is not None:
            count = send_again(opened, reason, arguments.person(who), now())
            said = f"{plural(count, 'message goes', 'messages go')} out with the next run."
        left = [_document(row) for row in (*troubled(opened), *put_off(opened))]
    if as_json:
        print_json(left)
        return
    if said:
        say(said)
    if left:
        print_table(TITLE, COLUMNS, [_row(message) for message in left])
    else:
        say("No messages need attention.")


def _fate(arrived: bool, again: bool, bounced: bool) -> Fate | None:
    """Which of the three was said, None for none of them."""
    said = {Fate.ARRIVED: arrived, Fate.AGAIN: again, Fate.BOUNCED: bounced}
    chosen = [fate for fate, is_said in said.items() if is_said]
    if len(chosen) > 1:
        raise WrongUsage(USAGE)
    return chosen[0] if chosen else None


def _document(row: Delivery) -> dict[str, Any]:
    return {
        "message": row.id,
        "message_id": row.message_id,
        "as_of": row.as_of,
        "recipient": row.recipient,
        "subject": row.subject,
        "state": row.state,
        "attempts": row.attempts,
        "deferrals": row.deferrals,
        "next_at": row.next_at,
        "error": row.error,
    }


def _row(message: dict[str, Any]) -> tuple[Any, ...]:
    again, state = message["next_at"], STATE_WORDS[message["state"]]
    is_dead = message["state"] == "claimed"
    return (
        message["message"],
        message["as_of"],
        message["recipient"],
        "sender died" if is_dead else f"{state}, again {again:%d %b %H:%M} UTC" if again else state,
        f"{message['error']} {message['message_id']}".strip(),
    )
