"""`offers`, `accept` and `decline`: places in published teams, what inspectors say, and who could stand in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.asked import Asked, changing
from cli.shown.output import print_json, print_table, say
from models import session
from reports.words import date_in_words, plural
from services.bootstrap import open_database
from services.casework.offered_places import DECLINED, Place, places_in_teams
from services.naming.areas import find_area
from services.plans.places import accept_place
from services.solves import declining
from services.solves.stand_ins import StandIn, stand_ins_for

COLUMNS = ("activity", "area", "from", "place", "who", "state", "could stand in")
STAND_INS = ("code", "name", "body", "km from home", "other reviews")

Person = Annotated[str, typer.Argument(metavar="PERSON", help="The inspector, by name or code.")]


@dataclass(frozen=True)
class Offered:
    """A place, and those who could take it where it was declined."""

    place: Place
    stand_ins: tuple[StandIn, ...] = ()


def offers(
    area: arguments.Area = None,
    everything: Annotated[bool, typer.Option("--all", help="Also show places that are accepted.")] = False,
    as_json: arguments.Json = False,
) -> None:
    """Show places in published teams that nobody has accepted yet, and those declined, with ranked stand-ins."""
    with session(open_database(), read_only=True) as opened:
        code = None if area is None else find_area(opened, area).code
        places = places_in_teams(opened, code)
        shown = [_offered(opened, place) for place in places if everything or place.state != "accepted"]
    if as_json:
        print_json(shown)
        return
    if shown:
        print_table("Places in teams", COLUMNS, map(_row, shown))
    counts = {state: sum(place.state == state for place in places) for state in ("accepted", DECLINED)}
    say(
        f"{plural(len(places), 'place')}: {counts['accepted']} accepted, {counts[DECLINED]} declined, "
        f"{len(places) - sum(counts.values())} not answered."
    )


@changing("")
def accept(activity: arguments.OneActivity, person: Person, *, asked: Asked) -> None:
    """Record that an inspector accepts their place in a team."""
    _say(lambda opened: Offered(accept_place(opened, activity, person, asked.word)), asked)


@changing()
def decline(activity: arguments.OneActivity, person: Person, *, asked: Asked) -> None:
    """Record that an inspector declines their place, with --why; show who could stand in, and tell operations."""
    _say(lambda opened: Offered(*declining.decline(opened, activity, person, asked.word)), asked)


def _say(answer: Callable[[Session], Offered], asked: Asked) -> None:
    offered = asked.changed(answer)
    if asked.as_json:
        print_json(offered)
        return
    place = offered.place
    say(f"{place.name} has {place.state} the place {place.skill} in {place.activity}, from {_day(place)}.")
    if place.state != DECLINED:
        return
    if not offered.stand_ins:
        say("Nobody else is free for it while all others stay. Solve again: jarcycle solve.")
        return
    rows = [
        (person.inspector, person.name, person.body, person.km, person.other_reviews)
        for person in offered.stand_ins
    ]
    print_table("Could stand in, the nearest first", STAND_INS, rows)
    say("The next solve gives the place to somebody else: jarcycle solve.")


def _offered(opened: Session, place: Place) -> Offered:
    if place.state != DECLINED:
        return Offered(place)
    return Offered(place, stand_ins_for(opened, place.activity, place.inspector))


def _row(offered: Offered) -> tuple[object, ...]:
    place = offered.place
    state = f"declined: {place.why}" if place.state == DECLINED else place.state
    return (
        place.activity,
        place.area,
        _day(place),
        place.skill,
        f"{place.name} ({place.inspector})",
        state,
        _names(offered.stand_ins) if place.state == DECLINED else "",
    )


def _names(people: Sequence[StandIn]) -> str:
    return ", ".join(f"{person.name} ({person.inspector})" for person in people[:3]) or "nobody"


def _day(place: Place) -> str:
    return date_in_words(place.first_day)
