"""Daily reminders: planned as rows, put together a person and day, sent at most once, and shown."""

from datetime import date
from typing import Any

from prefect import State, flow, task
from prefect.states import Completed, Failed

from flows.artifacts.reminder_artifacts import write_reminder_artifacts
from flows.names import REMIND, named_by_day
from models import session
from services.audit import Word
from services.bootstrap import day_of, mail_sender, mail_transport, now, open_engine, public_address
from services.casework import reminders
from services.casework.plausible_days import refuse_earlier, refuse_implausible
from services.messages.outbox import SendSummary, send_due
from services.notifications.of_the_day import queue_notifications
from services.questionnaires.of_the_day import work_of_the_day


@flow(name=REMIND, flow_run_name=named_by_day("Reminders"))
def remind(as_of: date | None = None, force: bool = False) -> State[Any]:
    """Send the reminders that are due by a day, each once, even if it is run twice or killed half-way.

    Parameters
    ----------
    force
        Work for that day though it lies more than a year after all that has happened.
    """
    day = day_of(as_of)
    plan(day, force)
    sent = send(day)
    show(day)
    return _outcome(sent)


@task
def plan(day: date, force: bool) -> int:
    """Plan what is due, unless that day cannot be: reminders, questionnaires, messages about cases.

    Returns how many reminders are new.
    """
    with session(open_engine()) as opened:
        refuse_earlier(opened, day)
        if not force:
            refuse_implausible(opened, day)
        work_of_the_day(opened, Word(REMIND, now(), day), public_address())
        queue_notifications(opened, day, public_address())
        return reminders.plan_reminders(opened, day)


@task
def send(day: date) -> SendSummary:
    """Claim, send and record, message by message."""
    return send_due(open_engine(), day, now, mail_transport(), mail_sender(), public_address())


@task
def show(day: date) -> bool:
    """The artifact `reminders`."""
    return write_reminder_artifacts(open_engine(), day)


def _outcome(sent: SendSummary) -> State[Any]:
    if sent.trouble:
        return Failed(message=f"{sent} The next run tries again what has not gone out.")
    if sent.unresolved or sent.failed or sent.refused:
        return Completed(name="NeedsAttention", message=str(sent))
    return Completed(message=str(sent))
