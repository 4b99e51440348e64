"""Which stages with a team are priced together: whole teams where the area's tree allows it."""

from dataclasses import dataclass

import numpy as np

from scheduler.area_graph import AreaGraph
from scheduler.edges import is_allowed
from scheduler.problem import Activity
from scheduler.value import Week


@dataclass(frozen=True)
class Block:
    """Stages of one activity that are priced together.

    Attributes
    ----------
    nodes
        One or two nodes of the component; with two, `edge` is the number of the edge between them.
    stages
        The stages of the activity that the nodes are.
    fixed
        Further stages, and the only week in which each can start.
    parts
        Into how many blocks the activity is parted.
    """

    activity: int
    component: int
    nodes: tuple[int, ...]
    stages: tuple[int, ...]
    edge: int | None = None
    fixed: tuple[tuple[int, Week], ...] = ()
    parts: int = 1


def team_stages(activity: Activity) -> list[int]:
    """The stages of an activity in which its team works."""
    return [number for number, stage in enumerate(activity.stages) if stage.uses_team]


def find_blocks(graph: AreaGraph) -> list[Block]:
    """The blocks of all activities with a team."""
    place = {
        node: (number, index)
        for number, component in enumerate(graph.components)
        for index, node in enumerate(component.nodes)
    }
    found: list[Block] = []
    for number, activity in enumerate(graph.problem.activities):
        if activity.team is not None and team_stages(activity):
            found += _blocks_of(graph, number, {s: place[number, s] for s in team_stages(activity)})
    return found


def _blocks_of(graph: AreaGraph, activity: int, places: dict[int, tuple[int, int]]) -> list[Block]:
    weeks = {stage: _only_week(graph, *place) for stage, place in places.items()}
    fixed = [(stage, week) for stage, week in weeks.items() if week is not None]
    movable = [stage for stage, week in weeks.items() if week is None]
    if not movable:
        first = min(places)
        movable, fixed = [first], [(stage, week) for stage, week in fixed if stage != first]
    edge = _edge(graph, [places[stage] for stage in movable])
    if edge is not None:
        component = places[movable[0]][0]
        nodes = tuple(places[stage][1] for stage in movable)
        return [Block(activity, component, nodes, tuple(movable), edge, tuple(fixed))]
    return [
        Block(
            activity,
            places[stage][0],
            (places[stage][1],),
            (stage,),
            None,
            tuple(fixed) if number == 0 else (),
            len(movable),
        )
        for number, stage in enumerate(movable)
    ]


def _edge(graph: AreaGraph, places: list[tuple[int, int]]) -> int | None:
    """Number of the edge that joins exactly two nodes of one component."""
    if len(places) != 2 or places[0][0] != places[1][0]:
        return None
    group = graph.groups[graph.place[places[0][0]][0]]
    wanted = {places[0][1], places[1][1]}
    return next((n for n, edge in enumerate(group.edges) if {edge.parent, edge.child} == wanted), None)


def _only_week(graph: AreaGraph, component: int, node: int) -> Week | None:
    number, position = graph.place[component]
    weeks = np.flatnonzero(is_allowed(graph.groups[number].node_costs[node, :, position]))
    return int(weeks[0]) if len(weeks) == 1 else None
