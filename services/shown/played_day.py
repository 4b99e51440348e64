"""Which day is taken as today in a programme of the past, why, and how to play another one."""

from datetime import date

from sqlmodel import Session

from models import Programme
from reports.words import date_in_words
from services.doors import Advice

ANOTHER = Advice(
    "Play another day with --as-of DATE, or set the clock of this home with: jarcycle up --as-of DATE",
    "Whoever runs the service can set another day.",
)


def day_taken(session: Session, day: date, really: date, is_named: bool = False) -> str | None:
    """What is said of a day that is shown as today; None while the programme is not over, and before there is one.

    Parameters
    ----------
    day
        The day that is taken as today.
    really
        The day that it really is.
    is_named
        Whether somebody named the day; else it is that of the clock.
    """
    programme = session.get(Programme, 1)
    if programme is None or really <= programme.last_start_on:
        return None
    over = f"the last starts of this programme were by {date_in_words(programme.last_start_on)}"
    if day == really:
        planned_on = programme.planned_on
        said = (
            f"Today is {date_in_words(day)}, and {over}: what is planned now is planned as on "
            f"{date_in_words(planned_on)}, its day of planning."
        )
        return Advice(
            f"{said} Play a day of it with --as-of DATE, "
            f"or set the clock of this home with: jarcycle up --as-of {planned_on.isoformat()}",
            f"{said} {ANOTHER.on_page}",
        )
    if is_named:
        said = f"{date_in_words(day)} is taken as today"
        return Advice(f"{said}, as --as-of says: {over}.", f"{said}: {over}.")
    said = f"{date_in_words(day)} is taken as today, by the clock of this home: {over}."
    return Advice(f"{said} {ANOTHER}", f"{said} {ANOTHER.on_page}")
