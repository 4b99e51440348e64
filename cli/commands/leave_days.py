"""`leave`: the days on which inspectors are away, as they say themselves."""

from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.asked import Asked, changing
from cli.shown.errors import WrongUsage
from cli.shown.output import print_json, print_table, say
from models import session
from reports.words import date_in_words, list_in_words, period_in_words
from services.bootstrap import open_database
from services.days.weeks import day_after
from services.plans.leave import Entered, enter_leave, leave_of, withdraw_leave

COLUMNS = ("code", "name", "first day", "last day", "free for reviews")


@changing("")
def leave(
    person: Annotated[
        str | None, typer.Argument(metavar="PERSON", help="The inspector, by name or code.")
    ] = None,
    first: Annotated[str | None, typer.Argument(metavar="FIRST", help="The first day away.")] = None,
    last: Annotated[
        str | None, typer.Argument(metavar="LAST", help="The last day away; default: the first.")
    ] = None,
    percent: Annotated[
        int, typer.Option(min=0, max=99, metavar="NUMBER", help="Per cent still free for reviews.")
    ] = 0,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Take back the leave from FIRST.")] = False,
    *,
    asked: Asked,
) -> None:
    """Enter the leave of an inspector, by day; without days show what is known.

    An import leaves it as it is. Plans that it upsets are marked as made from older facts.
    """
    if person is None or first is None:
        if withdraw:
            raise WrongUsage("--withdraw needs PERSON and FIRST, the first day of the leave. Name both.")
        _show(person, asked)
        return
    first_day = arguments.parse_day(first, "FIRST")
    last_day = arguments.parse_day(last, "LAST") if last else first_day
    if withdraw and last:
        raise WrongUsage("--withdraw takes back the whole leave. Leave LAST out.")

    def change(opened: Session) -> Entered:
        if withdraw:
            return withdraw_leave(opened, person, first_day, asked.word)
        return enter_leave(opened, person, first_day, last_day, percent, asked.word)

    entered = asked.changed(change)
    if asked.as_json:
        print_json(entered)
        return
    line = entered.leave
    days = period_in_words(line.first_day, day_after(line.last_day))
    say(f"Leave of {line.name} ({line.inspector}), {days}, is {'withdrawn' if withdraw else 'entered'}.")
    if entered.reviews and not withdraw:
        reviews = list_in_words(entered.reviews)
        say(f"They have a place then in {reviews}. Replan: jarcycle replan published --event FILE.")
    if entered.stale:
        plans = ", ".join(str(version) for version in entered.stale)
        say(f"Made from older facts now: plan {plans}. Solve again, or replan.")


def _show(person: str | None, asked: Asked) -> None:
    day = asked.word.as_of
    with session(open_database(), read_only=True) as opened:
        lines = leave_of(opened, person, day)
    if asked.as_json:
        print_json(lines)
        return
    rows = [
        (
            line.inspector,
            line.name,
            date_in_words(line.first_day),
            date_in_words(line.last_day),
            f"{line.percent_available} %",
        )
        for line in lines
    ]
    if rows:
        print_table(f"Leave from {date_in_words(day)}", COLUMNS, rows)
    else:
        say("No leave is known.")
