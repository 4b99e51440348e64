"""The latest messages in Prefect's pages: how many in which state. No names, no addresses."""

from datetime import date
from typing import Any

from sqlalchemy import Engine

from flows.artifacts.artifacts import write_table
from models import session
from reports.words import date_in_words, plural
from services.bootstrap import console_address
from services.messages.deliveries import DayOfMessages, days_of_messages, troubled

KEY = "reminders"


def write_reminder_artifacts(engine: Engine, as_of: date) -> bool:
    """Rewrite the table if it changed."""
    with session(engine, read_only=True) as opened:
        days, trouble = days_of_messages(opened), troubled(opened)
    finding = (
        plural(len(trouble), "message needs attention", "messages need attention")
        if trouble
        else "No messages need attention"
    )
    description = (
        f"{finding}, as of {date_in_words(as_of)}. [What is due, in the console]({console_address('/due')})"
    )
    return write_table(KEY, [_row(day) for day in days], description)


def _row(day: DayOfMessages) -> dict[str, Any]:
    return {
        "day": day.day.isoformat(),
        "messages": day.messages,
        "reminders": day.reminders,
        "sent": day.sent,
        "waiting": day.waiting,
        "need attention": day.trouble,
    }
