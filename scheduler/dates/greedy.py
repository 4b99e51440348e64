"""A planner's rule: the most urgent area first, each as cheap as what is left allows."""

from scheduler.dates.area_graph import build_graph
from scheduler.dates.components import AreaGraph
from scheduler.dates.lines import Ints
from scheduler.dates.room import Room
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
