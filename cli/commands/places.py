"""`offers`, `accept` and `decline`: places in published teams, what inspectors say, and who could stand in."""

from collections.abc import Callable, Sequence
from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.asked import Asked, changing
from cli.shown.output import print_json, print_table, say
from models import session
from reports.words import date_in_words
from services.bootstrap import open_database
from services.casework.offered_places import ACCEPTED, DECLINED, Place, counted
from services.naming.areas import find_area
from services.plans.places import accept_place
from services.solves import declining
from services.solves.answered_places import Offered, offered
from services.solves.stand_ins import StandIn

COLUMNS = ("activity", "area", "from", "place", "who", "state", "could stand in")
STAND_INS = ("code", "name", "body", "km from home", "other reviews")

Person = Annotated[str, typer.Argument(metavar="PERSON", help="The inspector, by name or code.")]


def offers(
    area: arguments.Area = None,
    everything: Annotated[bool, typer.Option("--all", help="Also show places that are accepted.")] = False,
    as_json: arguments.Json = False,
) -> None:
    """Show places in published teams that nobody has accepted yet, and those declined, with ranked stand-ins."""
    with session(open_database(), read_only=True) as opened:
        code = None if area is None else find_area(opened, area).code
        found = offered(opened, code)
    shown = [line for line in found if everything or line.place.state != ACCEPTED]
    if as_json:
        print_json(shown)
        return
    if shown:
        print_table("Places in teams", COLUMNS, map(_row, shown))
    say(f"{counted(line.place.state for line in found)}.")


@changing("")
def accept(activity: arguments.OneActivity, person: Person, *, asked: Asked) -> None:
    """Record that an inspector accepts their place in a team."""
    _say(lambda opened: Offered(accept_place(opened, activity, person, asked.word)), asked)


@changing()
def decline(activity: arguments.OneActivity, person: Person, *, asked: Asked) -> None:
    """Record that an inspector declines their place, with --why; show who could stand in, and tell operations."""
    _say(lambda opened: Offered(*declining.decline(opened, activity, person, asked.word)), asked)


def _say(answer: Callable[[Session], Offered], asked: Asked) -> None:
    answered = asked.changed(answer)
    if asked.as_json:
        print_json(answered)
        return
    place = answered.place
    say(f"{place.name} has {place.state} the place {place.skill} in {place.activity}, from {_day(place)}.")
    if place.state != DECLINED:
        return
    if not answered.stand_ins:
        say("Nobody else is free for it while all others stay. Solve again: jarcycle solve.")
        return
    rows = [
        (person.inspector, person.name, person.body, person.km, person.other_reviews)
        for person in answered.stand_ins
    ]
    print_table("Could stand in, the nearest first", STAND_INS, rows)
    say("The next solve gives the place to somebody else: jarcycle solve.")


def _row(line: Offered) -> tuple[object, ...]:
    place = line.place
    state = f"declined: {place.why}" if place.state == DECLINED else place.state
    return (
        place.activity,
        place.area,
        _day(place),
        place.skill,
        f"{place.name} ({place.inspector})",
        state,
        _names(line.stand_ins) if place.state == DECLINED else "",
    )


def _names(people: Sequence[StandIn]) -> str:
    return ", ".join(f"{person.name} ({person.inspector})" for person in people[:3]) or "nobody"


def _day(place: Place) -> str:
    return date_in_words(place.first_day)
