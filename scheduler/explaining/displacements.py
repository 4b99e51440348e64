"""Which other areas have to move so that certain dates fit, and what their new places cost."""

from scheduler.explaining.making_room import RoomMade
from scheduler.explaining.situation import Situation
from scheduler.nearby.people_around import changed_people
from scheduler.values.value import Identifier, NonNegative, Starts, Value, Week


class Displaced(Value):
    """Activities that are planned together, and the start of the first stage that moves, before and after.

    The stage is one of a review, if a review moves.
    """

    areas: tuple[Identifier, ...]
    activities: tuple[Identifier, ...]
    before: Week
    after: Week


class Displacement(Value):
    """Other areas that make room by moving.

    Attributes
    ----------
    is_proven
        Whether it is proven that no fewer make room, and no others or elsewhere for less; if not, these are the best
        that were found.
    price
        What the cost of all dates rises by because they move; negative if their new places are cheaper.
    people_changed
        People who leave a team that does not move.
    """

    moved: tuple[Displaced, ...]
    price: int
    people_changed: NonNegative
    is_proven: bool = False


def displacement_to(situation: Situation, made: RoomMade) -> Displacement:
    """How a plan in which areas have made room differs from the present one."""
    assert made.starts is not None
    alone = {**situation.starts, **{name: made.starts[name] for name in made.asked}}
    moved = [*made.asked, *(name for names in made.displaced for name in names)]
    return Displacement(
        moved=tuple(displaced(situation, names, made.starts) for names in made.displaced),
        price=situation.cost_of(made.starts) - situation.cost_of(alone),
        people_changed=changed_people(situation.plan.members, made.members, moved),
        is_proven=made.is_proven,
    )


def displaced(situation: Situation, names: tuple[Identifier, ...], starts: Starts) -> Displaced:
    """How activities that are planned together have moved.

    Parameters
    ----------
    starts
        Start weeks of all activities after the move.
    """
    now = situation.starts
    reviews = {activity.id for activity in situation.problem.activities if activity.team is not None}
    area = {activity.id: activity.area for activity in situation.problem.activities}
    lead = min(names, key=lambda name: (starts[name] == now[name], name not in reviews))
    before, after = next(
        (pair for pair in zip(now[lead], starts[lead], strict=True) if pair[0] != pair[1]),
        (now[lead][0], starts[lead][0]),
    )
    areas = tuple(dict.fromkeys(area[name] for name in names))
    return Displaced(areas=areas, activities=names, before=before, after=after)
