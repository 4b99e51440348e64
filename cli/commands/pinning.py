"""`pins`, `pin` and `unpin`: what the planner wants to have as it is, whatever a solve finds."""

from collections.abc import Callable
from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.shown.changes import changed
from cli.shown.output import print_json, say
from models import session
from services.bootstrap import open_database
from services.plans import pinning
from services.plans.pinning import Pin

Activity = Annotated[
    str, typer.Argument(metavar="ACTIVITY", help="Its code, AREA-KIND; or its area, if that has only one.")
]
Day = Annotated[str, typer.Argument(metavar="DAY", help="A day of the week in which it begins.")]
Person = Annotated[str, typer.Argument(metavar="PERSON", help="An inspector, by name or code.")]
Place = Annotated[str, typer.Argument(metavar="AREA", help="An area, by name or code.")]


def pins(as_json: arguments.Json = False) -> None:
    """Print what is pinned: weeks of activities, and people who are kept off areas."""
    with session(open_database(), read_only=True) as opened:
        found = pinning.all_pins(opened)
    if as_json:
        print_json(found)
        return
    for pin in found:
        say(f"{pin}.")
    if not found:
        say("Nothing is pinned.")


def pin_week(
    activity: Activity,
    day: Day,
    why: arguments.Why = "",
    dry_run: arguments.DryRun = False,
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
    who: arguments.As = None,
) -> None:
    """Pin an activity to a week: every solve from now on lets it begin then."""
    monday = arguments.parse_day(day, "DAY")
    word = arguments.word(who, as_of, why)
    _change(lambda opened: pinning.pin_week(opened, activity, monday, word), "Pinned", dry_run, as_json)


def pin_off(
    person: Person,
    area: Place,
    why: arguments.Why = "",
    dry_run: arguments.DryRun = False,
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
    who: arguments.As = None,
) -> None:
    """Keep a person off an area: no solve from now on sends them there."""
    word = arguments.word(who, as_of, why)
    _change(lambda opened: pinning.pin_off(opened, person, area, word), "Pinned", dry_run, as_json)


def unpin_week(
    activity: Activity,
    why: arguments.Why = "",
    dry_run: arguments.DryRun = False,
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
    who: arguments.As = None,
) -> None:
    """Let solves choose the week of an activity again."""
    word = arguments.word(who, as_of, why)
    _change(lambda opened: pinning.unpin_week(opened, activity, word), "No longer pinned", dry_run, as_json)


def unpin_off(
    person: Person,
    area: Place,
    why: arguments.Why = "",
    dry_run: arguments.DryRun = False,
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
    who: arguments.As = None,
) -> None:
    """Let a person work in an area again."""
    word = arguments.word(who, as_of, why)
    _change(
        lambda opened: pinning.unpin_off(opened, person, area, word), "No longer pinned", dry_run, as_json
    )


def _change(change: Callable[[Session], Pin], what: str, dry_run: bool, as_json: bool) -> None:
    """Make a change, and say what was done to which pin."""
    pin = changed(open_database(), change, dry_run, as_json)
    if as_json:
        print_json(pin)
    else:
        say(f"{what}: {pin}. Solve again.")
