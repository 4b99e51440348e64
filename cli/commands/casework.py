"""`status`: where the reviews are, what is late and with whom."""

from typing import Annotated, Any

import typer

from cli import arguments
from cli.shown.output import print_json, print_table, say
from cli.shown.played import tell_day
from config.framework_files import frameworks
from models import session
from reports.words import date_in_words, plural
from services import heartbeats
from services.bootstrap import open_database
from services.days.weeks import day_after
from services.kept_frameworks import earlier_texts
from services.naming.areas import find_area
from services.plans.freshness import freshness_of
from services.plans.plan_store import published_version
from services.shown.attention import concerns_of_messages, concerns_of_places
from services.shown.outlook import StepLine, needs_action, step_lines

STALE = "The facts or rules have changed since it was made: solve again, then publish the new plan."
COLUMNS = ("area", "code", "step", "when", "status", "who")


def status(
    area: arguments.Area = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Show every step, not only what is due or late.")
    ] = False,
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
) -> None:
    """Show what is due, what is overdue and who it is with."""
    day, is_whole = arguments.today(as_of), everything or area is not None
    with session(open_database(), read_only=True) as opened:
        code = None if area is None else find_area(opened, area).code
        published = published_version(opened)
        fresh = None if published is None else freshness_of(opened, published)
        lines = step_lines(opened, day, code, until=None if is_whole else day_after(day))
        trouble, declined = concerns_of_messages(opened), concerns_of_places(opened)
        tick = heartbeats.last(opened, heartbeats.TICK)
        earlier = earlier_texts(opened, frameworks())
    shown = lines if is_whole else needs_action(lines)
    if as_json:
        print_json(
            {
                "as_of": day,
                "published": None if published is None else published.version,
                "is_stale": None if fresh is None else fresh.is_stale,
                "why_stale": None if fresh is None else fresh.why or None,
                "late": sum(line.is_late for line in lines),
                "messages": [vars(concern) for concern in trouble],
                "places": [vars(concern) for concern in declined],
                "earlier_frameworks": earlier,
                "last_tick": None if tick is None else tick.as_of,
                "steps": [_document(line) for line in shown],
            }
        )
        return
    if shown:
        print_table(f"On {date_in_words(day)}", COLUMNS, map(_row, shown))
    for code, scope in sorted({(line.activity, line.scope) for line in shown if line.scope}):
        say(f"{code} looks at {scope} only.")
    say("No plan is published." if published is None else f"Plan {published.version} is published.")
    if fresh is not None and fresh.is_stale:
        say(" ".join(filter(None, (STALE, fresh.why))))
    for text in earlier:
        count = plural(len(text.finishing) + len(text.waiting), "activity follows", "activities follow")
        say(
            f"{count} an earlier text of {text.framework_id}. See: jarcycle framework show {text.framework_id}"
        )
    if not shown:
        say(f"Nothing is under way or late on {date_in_words(day)}.")
    for concern in trouble:
        say(f"{concern.message} See: jarcycle messages")
    for concern in declined:
        say(concern.in_words())
    tell_day(as_of)


def _document(line: StepLine) -> dict[str, Any]:
    kept = {
        key: value for key, value in vars(line).items() if key not in ("people", "required", "is_in_hand")
    }
    return {**kept, "status": line.status}


def _row(line: StepLine) -> tuple[str, ...]:
    return (
        f"{line.area} ({line.area_code})",
        f"{line.activity} {line.step_id}",
        line.name,
        _when(line),
        "; ".join((line.status, *(f"waived: {waiver}" for waiver in line.waivers))),
        ", ".join(line.acts) if line.signed is None else f"signed off by {line.signed}",
    )


def _when(line: StepLine) -> str:
    if line.actual_on is not None:
        return f"done {date_in_words(line.actual_on)}"
    if line.first_on == line.last_on:
        return date_in_words(line.last_on)
    return f"{date_in_words(line.first_on)} to {date_in_words(line.last_on)}"
