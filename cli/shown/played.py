"""The line that says which day of a programme of the past a command took as today."""

from cli import arguments
from cli.shown.output import say
from config.clock import Clock
from models import session
from services.bootstrap import now, open_database
from services.shown.played_day import day_taken


def tell_day(as_of: str | None) -> None:
    """Say which day is taken as today, if the programme is over."""
    day = arguments.today(as_of)
    with session(open_database(), read_only=True) as opened:
        words = day_taken(opened, day, Clock().today(now()), is_named=as_of is not None)
    if words is not None:
        say(words)
