"""`remind`: the whole work of a day without Prefect."""

import typer

from cli import arguments
from cli.shown.exit_codes import ExitCode
from cli.shown.output import print_json, say
from cli.shown.played import tell_day
from models import session
from reports.words import date_in_words, plural
from services import heartbeats
from services.audit import Word
from services.bootstrap import mail_sender, mail_transport, now, open_database, public_address
from services.casework import advancing
from services.casework.plausible_days import refuse_earlier, refuse_implausible
from services.messages.outbox import send_due
from services.notifications.of_the_day import queue_notifications
from services.questionnaires.of_the_day import work_of_the_day


def remind(
    as_of: arguments.AsOf = None, force: arguments.Force = False, as_json: arguments.Json = False
) -> None:
    """Bring every review up to date, then send the reminders that are due, each once.

    Without Prefect this is the whole daily work. If a message could not be sent, the exit code is 7: run it again, soon
    where the mail server put it off.
    """
    day = arguments.today(as_of)
    engine = open_database()
    with session(engine) as opened:
        refuse_earlier(opened, day)
        if not force:
            refuse_implausible(opened, day)
        heartbeats.begin(opened, heartbeats.TICK, day, now())
        advanced = advancing.advance(opened, day, Word(arguments.person(None), now(), day))
        heartbeats.end(opened, heartbeats.TICK, day, _advanced(advanced), now())
        asked = work_of_the_day(opened, Word(arguments.person(None), now(), day), public_address())
        told = queue_notifications(opened, day, public_address())
    summary = send_due(engine, day, now, mail_transport(), mail_sender(), public_address())
    if as_json:
        print_json(
            {
                "as_of": day,
                "advanced": advanced,
                "questionnaires": asked,
                "notifications": told,
                **vars(summary),
            }
        )
    else:
        say(f"{date_in_words(day)}: {_advanced(advanced)}; {summary}")
        if asked.is_something:
            say(f"Among them: {asked}.")
        tell_day(as_of)
    raise typer.Exit(ExitCode.DONE if summary.is_complete else ExitCode.UNSENT)


def _advanced(done: advancing.Advanced) -> str:
    changes = len(done.opened) + len(done.done) + len(done.awaiting) + len(done.overdue)
    return f"{plural(changes, 'step')} moved on, {plural(done.reminders, 'new reminder')}"
