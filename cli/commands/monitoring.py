"""`progress-check` and `intervention`: how progress was found, and where the government intervenes (R091, R092)."""

from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.asked import Asked, changing
from cli.shown.output import print_json, print_table, say
from cli.shown.played import tell_day
from models import Intervention, ProgressCheck, session
from reports.words import date_in_words
from services.bootstrap import open_database
from services.casework.follow_up.checks import hold_check, plan_check
from services.casework.follow_up.interventions import Intervenes, begin_intervention, end_intervention
from services.naming.steps import find_activity
from services.shown.follow_up import follow_up_of, follow_up_of_area

CHECKS = ("number", "code", "due", "held", "by", "found")
INTERVENTIONS = ("number", "ground", "power", "from", "until", "source")


def progress_checks(
    where: Annotated[
        str, typer.Argument(metavar="WHERE", help="An activity, or an area with all of its own.")
    ],
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
) -> None:
    """List the checks of progress with the actions of a review or an area."""
    day = arguments.today(as_of)
    with session(open_database(), read_only=True) as opened:
        found = [
            (review.code, check) for review in follow_up_of(opened, where, day) for check in review.checks
        ]
    if as_json:
        print_json({"as_of": day, "checks": [{"activity": code, **vars(check)} for code, check in found]})
        return
    rows = [
        (
            str(check.number),
            code,
            date_in_words(check.due_on),
            None if check.held_on is None else date_in_words(check.held_on),
            check.checked_by,
            check.finding,
        )
        for code, check in found
    ]
    if rows:
        print_table(f"Checks of progress on {date_in_words(day)}", CHECKS, rows)
    else:
        say("No check of progress is planned there.")
    tell_day(as_of)


@changing()
def plan(
    activity: arguments.OneActivity,
    on: Annotated[str, typer.Option(metavar="DATE", help="The day on which progress is checked.")],
    *,
    asked: Asked,
) -> None:
    """Agree a day on which progress with the actions of a review is checked."""
    day = arguments.parse_day(on, "--on")

    def change(opened: Session) -> ProgressCheck:
        return plan_check(opened, find_activity(opened, activity).id or 0, day, asked.word)

    row = asked.changed(change)
    if asked.as_json:
        print_json(row)
    else:
        say(f"Progress check {row.id}, on {date_in_words(row.due_on)}.")


@changing()
def held(
    number: Annotated[int, typer.Argument(metavar="N", min=1, help="The number of the check.")],
    found: Annotated[str, typer.Argument(metavar="TEXT", help="What was found, in a sentence.")],
    on: Annotated[str | None, typer.Option(metavar="DATE", help="The day; default: today.")] = None,
    *,
    asked: Asked,
) -> None:
    """Record that progress was checked, and what was found."""
    day = arguments.parse_day(on, "--on") if on else asked.word.as_of
    row = asked.changed(lambda opened: hold_check(opened, number, day, found, asked.word))
    if asked.as_json:
        print_json(row)
    else:
        say(f"Progress check {row.id} was held on {date_in_words(day)}.")


def interventions(
    area: Annotated[str, typer.Argument(metavar="AREA", help="The area, by name or code.")],
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
) -> None:
    """List the interventions of the government in an area."""
    day = arguments.today(as_of)
    with session(open_database(), read_only=True) as opened:
        found = follow_up_of_area(opened, area, day)
    if as_json:
        print_json({"as_of": day, "area": found.area_code, "interventions": found.interventions})
        return
    rows = [
        (
            str(row.number),
            row.ground,
            row.power,
            date_in_words(row.from_on),
            None if row.until_on is None else date_in_words(row.until_on),
            row.source,
        )
        for row in found.interventions
    ]
    if rows:
        print_table(f"Interventions in {found.area}", INTERVENTIONS, rows)
    else:
        say(f"The government does not intervene in {found.area}.")
    tell_day(as_of)


@changing("")
def begin(
    area: Annotated[str, typer.Argument(metavar="AREA", help="The area, by name or code.")],
    ground: Annotated[str, typer.Option(metavar="CODE", help="A ground of the policy.")],
    power: Annotated[str, typer.Option(metavar="CODE", help="A power of the policy.")],
    on: Annotated[str, typer.Option(metavar="DATE", help="Its first day.")],
    source: Annotated[str, typer.Option(metavar="TEXT", help="The letter or order that says so.")] = "",
    *,
    asked: Asked,
) -> None:
    """Record that the government intervenes in an area."""
    said = Intervenes(area, ground, power, arguments.parse_day(on, "--on"), source)
    row = asked.changed(lambda opened: begin_intervention(opened, said, asked.word))
    _tell(row, asked, f"Intervention {row.id} from {date_in_words(row.from_on)}.")


@changing()
def end(
    number: Annotated[int, typer.Argument(metavar="N", min=1, help="The number of the intervention.")],
    on: Annotated[str, typer.Option(metavar="DATE", help="Its last day.")],
    *,
    asked: Asked,
) -> None:
    """Record the last day of an intervention; --why says why it ends."""
    day = arguments.parse_day(on, "--on")
    row = asked.changed(lambda opened: end_intervention(opened, number, day, asked.word))
    _tell(row, asked, f"Intervention {row.id} ended on {date_in_words(day)}.")


def _tell(row: Intervention, asked: Asked, words: str) -> None:
    if asked.as_json:
        print_json(row)
    else:
        say(words)
