"""`timeline`: the timetable of a review before anything is planned, from the framework alone (R124)."""

from datetime import date
from typing import Annotated, Any

import typer

from cli import arguments
from cli.shown.errors import WrongUsage
from cli.shown.output import print_json, print_table, say
from config.framework import Framework
from config.framework_files import find_framework
from models import session
from reports.words import date_in_words
from services.bootstrap import open_database
from services.casework.dated_steps import Step
from services.casework.review_timetable import timetable
from services.casework.rule_words import condition_in_words, other_days_in_words
from services.casework.steps import blocked_publication, school_holidays
from services.casework.whole_length import whole_review
from services.naming.areas import find_area

KEYS = ("id", "name", "kind", "start", "end", "due", "counted_from", "rule", "who")


def timeline(
    framework: Annotated[str, typer.Argument(metavar="FRAMEWORK", help="Its identifier, as in its file.")],
    start: Annotated[
        str,
        typer.Option(
            metavar="DATE",
            help="Monday of the first planned stage; of one in working days, any working day.",
        ),
    ],
    stage: Annotated[
        list[str] | None, typer.Option("--stage", metavar="STAGE=MONDAY", help="The Monday of another stage.")
    ] = None,
    actual: Annotated[
        list[str] | None, typer.Option(metavar="STEP=DATE", help="The day on which a step was actually done.")
    ] = None,
    area: Annotated[
        str | None,
        typer.Option(
            metavar="AREA", help="An area, by name or code, whose elections and school holidays count."
        ),
    ] = None,
    as_json: arguments.Json = False,
) -> None:
    """Print every stage, milestone and deadline of a hypothetical review; nothing is stored."""
    found = find_framework(framework)
    blocked: list[tuple[date, date]] = []
    holidays: list[tuple[date, date]] = []
    if area is not None:
        with session(open_database(), read_only=True) as opened:
            code = find_area(opened, area).code
            blocked, holidays = blocked_publication(opened, code), school_holidays(opened, code)
    monday = arguments.parse_day(start, "--start")
    stages, actuals = _dates(stage, "--stage"), _dates(actual, "--actual")
    steps = timetable(found, monday, stages, actuals, blocked, school_holidays=holidays)
    if as_json:
        print_json([_document(step) for step in steps])
        return
    print_table(
        f"{found.name}, {date_in_words(monday)}",
        ("step", "kind", "when", "who", "why"),
        (_row(step, found) for step in sorted(steps, key=_first_day)),
    )
    length = whole_review(found, steps)
    if length is not None:
        say(
            f"The whole takes {length.months} months and {length.days} days; about {length.about_months} are usual."
        )
    for step in steps:
        if step.outputs:
            produced = "; ".join(output.name for output in found.step(step.id).outputs)
            say(f"Outputs of '{step.name}': {produced}.")
        if (condition := found.step(step.id).only_if) is not None:
            say(f"{step.name} is there {condition_in_words(found, condition)}.")
        for other in other_days_in_words(found, found.step(step.id)):
            say(f"{step.name} is due {other}.")
        if step.waiver_needed:
            say(f"{step.name} needs a waiver: {step.waiver_needed}.")
    if area is None and found.counts_school_holidays():
        say("Some dates leave out school holidays. Name an area with --area for its own.")
    say(f"Framework {found.id} is {found.status}. Its source: {found.source}.")


def _dates(given: list[str] | None, option: str) -> dict[str, date]:
    dates = {}
    for text in given or []:
        name, sign, day = text.partition("=")
        if not sign:
            raise WrongUsage(f"{option} is '{text}'. Write it like publication=2006-08-14.")
        if name in dates:
            raise WrongUsage(f"{option} names '{name}' twice. Give it once, or correct the name of one.")
        dates[name] = arguments.parse_day(day, f"{option} {name}")
    return dates


def _document(step: Step) -> dict[str, Any]:
    """The keys that every reader needs first, then all that is known."""
    whole = step.model_dump(mode="json")
    return {key: whole[key] for key in KEYS} | {key: value for key, value in whole.items() if key not in KEYS}


def _first_day(step: Step) -> date:
    return step.start or step.day


def _row(step: Step, framework: Framework) -> tuple[str, str, str, str, str]:
    if step.start is not None and step.end is not None:
        when = f"{date_in_words(step.start)} to {date_in_words(step.end)}"
    else:
        when = date_in_words(step.day) if step.due is None else date_in_words(step.due)
    if step.actual is not None:
        when += f" (done {date_in_words(step.actual)})"
    who = ", ".join(framework.roles[role].partition(",")[0] for role in step.who)
    return step.name, step.kind, when, who, step.rule_cited
