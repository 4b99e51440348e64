"""Plans without a search: the most urgent area first (the planner's rule), or the cheapest at given prices."""

import random
from collections.abc import Callable

from scheduler.areas.graph import AreaGraph
from scheduler.areas.graph_making import build_graph
from scheduler.dates.remaining import Room
from scheduler.dates.rows import Rows
from scheduler.dates.unions import separate_unions
from scheduler.people.capacity import People
from scheduler.values.arrays import Ints
from scheduler.values.problem import Problem

MAX_UNION_ROUNDS = 20


def greedy(problem: Problem) -> dict[str, tuple[int, ...]] | None:
    """Start weeks by activity as a planner would choose them by hand, None where the rule finds no plan."""
    graph = build_graph(problem)
    room = greedy_room(Rows(graph, People(problem)))
    return None if room is None else graph.starts_by_activity(room.starts)


def greedy_room(rows: Rows) -> Room | None:
    """A complete plan by the greedy rule; unions of skills that it violates are added to the rows."""
    for _ in range(MAX_UNION_ROUNDS):
        room = fill(Room(rows))
        if room is None or not separate_unions(rows, room.used.astype(float)):
            return room
    return None


def urgency_order(graph: AreaGraph) -> list[int]:
    """Items from the one with the least choice and the highest urgency price to the last (R027).

    Of several modes the first one counts: they differ little in it.
    """
    activities = graph.problem.activities
    nodes = [
        [node for component in modes[0] for node in graph.components[component].nodes]
        for modes in graph.modes.items
    ]
    price = [
        sum(activities[index].urgency_price for index, stage in stages if stage == 0) for stages in nodes
    ]
    return sorted(range(len(nodes)), key=lambda item: (len(nodes[item]) > 1, -price[item], item))


def fill(room: Room, prices: Ints | None = None) -> Room | None:
    """Fit items in by urgency, each in its cheapest mode; None if one does not fit or a minimum is missed.

    Of what is there already in part the rest is fitted in.
    """
    modes = room.rows.graph.modes
    for item in urgency_order(room.rows.graph):
        begun = [mode for mode in modes.items[item] if not room.starts.keys().isdisjoint(mode)]
        fitting = [room.cheapest_mode(mode, prices) for mode in begun or modes.items[item]]
        found = min((fit for fit in fitting if fit is not None), key=lambda fit: fit[0], default=None)
        if found is None:
            return None
        for component, starts in found[1].items():
            room.put(component, starts)
    return room.complete()


def plan_of(
    rows: Rows,
    wanted: list[tuple[int, tuple[int, ...]]],
    prices: Ints | None,
    must_end: Callable[[], bool],
) -> Room | None:
    """A plan of the wanted timetables as far as they fit, completed along prices, then improved.

    Parameters
    ----------
    wanted
        (component, starts), the most wanted first.
    prices
        Of what areas share, shape (profiles, weeks), in units of cost.

    Returns
    -------
    None if it does not come off, or violates a union of skills; the union is then among the rows.
    """
    room, modes = Room(rows), rows.graph.modes
    begun: dict[int, int] = {}
    for component, starts in wanted:
        mode = int(modes.mode_of[component])
        is_open = begun.get(int(modes.item_of[mode]), mode) == mode and component not in room.starts
        if is_open and room.put_if_it_fits(component, starts):
            begun[int(modes.item_of[mode])] = mode
    full = fill(room, prices)
    if full is None:
        return None
    improve(full, must_end)
    return None if separate_unions(rows, full.used.astype(float)) else full


def improve(room: Room, must_end: Callable[[], bool], seed: int = 0) -> None:
    """Move items of a plan one at a time until none can be moved to save anything."""
    draw = random.Random(seed)
    order = list(range(len(room.rows.graph.modes.items)))
    idle = 0
    while idle < len(order) and not must_end():
        draw.shuffle(order)
        for item in order:
            idle = 0 if move(room, item) else idle + 1
            if idle >= len(order) or must_end():
                break


def move(room: Room, item: int) -> bool:
    """Give an item its cheapest mode and timetables beside all others; whether that saved anything."""
    modes = room.rows.graph.modes.items[item]
    planned = [component for mode in modes for component in mode if component in room.starts]
    cost = room.excess_cost() + sum(map(room.own_cost, planned))
    before = {component: room.take(component) for component in planned}
    best = before
    for mode in modes:
        found = room.cheapest_mode(mode)
        if found is None or found[1] == before:
            continue
        for component, starts in found[1].items():
            room.put(component, starts)
        new_cost = room.excess_cost() + sum(map(room.own_cost, found[1]))
        if room.is_kept() and new_cost < cost:
            cost, best = new_cost, found[1]
        for component in found[1]:
            room.take(component)
    for component, starts in best.items():
        room.put(component, starts)
    return best is not before
