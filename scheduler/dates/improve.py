"""Plans from prices: fit components in by price, then move one at a time as long as that saves something."""

import random
from collections.abc import Callable

from scheduler.dates.greedy import fill
from scheduler.dates.lines import Ints
from scheduler.dates.room import Room
from scheduler.dates.rows import Rows
from scheduler.dates.unions import separate_unions


def plan_by_prices(rows: Rows, prices: Ints, order: list[int], must_end: Callable[[], bool]) -> Room | None:
    """A plan built along the prices of what areas share, then improved; None if it does not come off.

    Parameters
    ----------
    prices
        Shape (profiles, weeks), in units of cost.
    order
        Components in the order in which they are fitted in.
    """
    room = fill(Room(rows), order, prices)
    if room is None:
        return None
    return improved(rows, room, must_end)


def plan_by_amounts(
    rows: Rows,
    wanted: list[tuple[int, tuple[int, ...]]],
    prices: Ints,
    order: list[int],
    must_end: Callable[[], bool],
) -> Room | None:
    """A plan of the wanted timetables as far as they fit, completed by price, then improved.

    Parameters
    ----------
    wanted
        (component, starts), the most wanted first.
    """
    room = Room(rows)
    for component, starts in wanted:
        if component not in room.starts:
            room.put_if_it_fits(component, starts)
    left = [component for component in order if component not in room.starts]
    full = fill(room, left, prices)
    return None if full is None else improved(rows, full, must_end)


def improved(rows: Rows, room: Room, must_end: Callable[[], bool], seed: int = 0) -> Room | None:
    """Move components one at a time until none can be moved to save anything.

    Returns
    -------
    The plan, or None if it violates a union of skills; the union is then among the rows.
    """
    improve(room, must_end, seed)
    return None if separate_unions(rows, room.used.astype(float)) else room


def improve(room: Room, must_end: Callable[[], bool], seed: int = 0) -> None:
    """Move components of a plan one at a time until none can be moved to save anything."""
    draw = random.Random(seed)
    order = sorted(room.starts)
    idle = 0
    while idle < len(order) and not must_end():
        draw.shuffle(order)
        for component in order:
            idle = 0 if move(room, component) else idle + 1
            if idle >= len(order) or must_end():
                break


def move(room: Room, component: int) -> bool:
    """Give a component its cheapest timetable beside all others; whether that saved anything."""
    old_cost = room.excess_cost() + room.own_cost(component)
    old = room.take(component)
    found = room.cheapest(component)
    if found is None or found[0] == old:
        room.put(component, old)
        return False
    room.put(component, found[0])
    if room.is_kept() and room.excess_cost() + room.own_cost(component) < old_cost:
        return True
    room.take(component)
    room.put(component, old)
    return False
