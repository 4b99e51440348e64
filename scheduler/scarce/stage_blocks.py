"""Which stages with a team are priced together: whole teams where the area's tree allows it."""

from dataclasses import dataclass

from scheduler.areas.edges import only_week
from scheduler.areas.graph import AreaGraph
from scheduler.values.problem import Activity
from scheduler.values.value import Week


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
    """The blocks of all activities with a team: of their movable stages, or of the first one if none moves."""
    place = {
        node: (number, index)
        for number, component in enumerate(graph.components)
        for index, node in enumerate(component.nodes)
    }
    found: list[Block] = []
    for number, activity in enumerate(graph.problem.activities):
        if activity.team is None or not team_stages(activity):
            continue
        places = {stage: place[number, stage] for stage in team_stages(activity)}
        weeks = {stage: only_week(graph.costs_of(*node)) for stage, node in places.items()}
        kept = [stage for stage, week in weeks.items() if week is None] or [min(places)]
        fixed = tuple(
            (stage, week) for stage, week in weeks.items() if week is not None and stage not in kept
        )
        found += _blocks_of(graph, number, {stage: places[stage] for stage in kept}, fixed)
    return found


def _blocks_of(
    graph: AreaGraph,
    activity: int,
    places: dict[int, tuple[int, int]],
    fixed: tuple[tuple[int, Week], ...],
) -> list[Block]:
    edge = _edge(graph, list(places.values()))
    if edge is not None:
        component = next(iter(places.values()))[0]
        nodes = tuple(node for _, node in places.values())
        return [Block(activity, component, nodes, tuple(places), edge, fixed)]
    return [
        Block(activity, component, (node,), (stage,), None, fixed if number == 0 else (), len(places))
        for number, (stage, (component, node)) in enumerate(places.items())
    ]


def _edge(graph: AreaGraph, places: list[tuple[int, int]]) -> int | None:
    """Number of the edge that joins exactly two nodes of one component."""
    if len(places) != 2 or places[0][0] != places[1][0]:
        return None
    group = graph.groups[graph.place[places[0][0]][0]]
    wanted = {places[0][1], places[1][1]}
    return next((n for n, edge in enumerate(group.edges) if {edge.parent, edge.child} == wanted), None)
