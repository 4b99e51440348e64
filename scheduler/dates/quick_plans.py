"""Plans without a search: the most urgent area first (the planner's rule), or the cheapest at given prices."""

import random
from collections.abc import Callable

from scheduler.areas.graph import AreaGraph, build_graph
from scheduler.dates.lines import Ints
from scheduler.dates.remaining import Room
from scheduler.dates.rows import Rows
from scheduler.dates.unions import separate_unions
from scheduler.people.capacity import People
from scheduler.values.problem import Problem

MAX_UNION_ROUNDS = 20


def greedy(problem: Problem) -> dict[str, tuple[int, ...]] | None:
    """Start weeks by activity as a planner would choose them by hand, None where the rule finds no plan."""
    graph = build_graph(problem)
    room = greedy_room(Rows(graph, People(problem)))
    return None if room is None else graph.starts_by_activity(room.starts)


def greedy_room(rows: Rows) -> Room | None:
    """A complete plan by the greedy rule; unions of skills that it violates are added to the rows."""
    order = urgency_order(rows.graph)
    for _ in range(MAX_UNION_ROUNDS):
        room = fill(Room(rows), order)
        if room is None:
            return None
        if not separate_unions(rows, room.used.astype(float)):
            return room
    return None


def urgency_order(graph: AreaGraph) -> list[int]:
    """Components from the one with the least choice and the highest urgency price to the last (R027)."""
    activities = graph.problem.activities
    price = {
        number: sum(activities[index].urgency_price for index, stage in component.nodes if stage == 0)
        for number, component in enumerate(graph.components)
    }
    return sorted(price, key=lambda number: (len(graph.components[number].nodes) > 1, -price[number], number))


def fill(room: Room, order: list[int], prices: Ints | None = None) -> Room | None:
    """Fit components in one after the other; None if one does not fit or a minimum is missed."""
    for component in order:
        found = room.cheapest(component, prices)
        if found is None:
            return None
        room.put(component, found[0])
    room.is_whole = True
    return room if room.is_kept() else None


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
