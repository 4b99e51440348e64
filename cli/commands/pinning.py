"""`pins`, `pin` and `unpin`: what the planner wants to have as it is, whatever a solve finds."""

from collections.abc import Callable
from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.asked import Asked, changing
from cli.shown.output import print_json, say
from models import session
from services.bootstrap import open_database
from services.plans import pinned_places, pinning
from services.plans.pinning import Pin

Day = Annotated[str, typer.Argument(metavar="DAY", help="A day of the week in which it begins.")]
Person = Annotated[str, typer.Argument(metavar="PERSON", help="An inspector, by name or code.")]
Place = Annotated[str, typer.Argument(metavar="AREA", help="An area, by name or code.")]
Seat = Annotated[str, typer.Argument(metavar="PLACE", help="'leader', or the skill that the place needs.")]
Version = Annotated[
    int | None,
    typer.Option(
        "--plan", metavar="NUMBER", min=1, help="The plan that has the team; else the published one."
    ),
]


def pins(as_json: arguments.Json = False) -> None:
    """Print what is pinned: weeks of activities, people in places, and people who are kept off areas."""
    with session(open_database(), read_only=True) as opened:
        found = pinning.all_pins(opened)
    if as_json:
        print_json(found)
        return
    for pin in found:
        say(f"{pin}.")
    if not found:
        say("Nothing is pinned.")


@changing()
def pin_week(activity: arguments.OneActivity, day: Day, *, asked: Asked) -> None:
    """Pin an activity to a week: every solve from now on lets it begin then."""
    monday = arguments.parse_day(day, "DAY")
    _change(lambda opened: pinning.pin_week(opened, activity, monday, asked.word), "Pinned", asked)


@changing()
def pin_place(activity: arguments.OneActivity, place: Seat, person: Person, *, asked: Asked) -> None:
    """Keep a place for somebody: every solve from now on gives it to them, or leaves it open."""
    _change(
        lambda opened: pinned_places.pin_place(opened, activity, place, person, asked.word),
        "Pinned",
        asked,
    )


@changing()
def pin_team(activity: arguments.OneActivity, plan: Version = None, *, asked: Asked) -> None:
    """Keep the team that an activity has in a plan: everybody stays in their place."""
    _change(lambda opened: pinned_places.pin_team(opened, activity, plan, asked.word), "Pinned", asked)


@changing()
def pin_off(person: Person, area: Place, *, asked: Asked) -> None:
    """Keep a person off an area: no solve from now on sends them there."""
    _change(lambda opened: pinning.pin_off(opened, person, area, asked.word), "Pinned", asked)


@changing()
def unpin_week(activity: arguments.OneActivity, *, asked: Asked) -> None:
    """Let solves choose the week of an activity again."""
    _change(lambda opened: pinning.unpin_week(opened, activity, asked.word), "No longer pinned", asked)


@changing()
def unpin_place(activity: arguments.OneActivity, person: Person, *, asked: Asked) -> None:
    """Let the place of somebody be anybody's again."""
    _change(
        lambda opened: pinned_places.unpin_place(opened, activity, person, asked.word),
        "No longer pinned",
        asked,
    )


@changing()
def unpin_team(activity: arguments.OneActivity, *, asked: Asked) -> None:
    """Let every place of a team be anybody's again."""
    _change(lambda opened: pinned_places.unpin_team(opened, activity, asked.word), "No longer pinned", asked)


@changing()
def unpin_off(person: Person, area: Place, *, asked: Asked) -> None:
    """Let a person work in an area again."""
    _change(lambda opened: pinning.unpin_off(opened, person, area, asked.word), "No longer pinned", asked)


def _change(change: Callable[[Session], Pin | list[Pin]], what: str, asked: Asked) -> None:
    """Make a change, and say what was done to which pins."""
    found = asked.changed(change)
    if asked.as_json:
        print_json(found)
        return
    pins = found if isinstance(found, list) else [found]
    say(f"{what}: {'; '.join(map(str, pins))}. Solve again.")
