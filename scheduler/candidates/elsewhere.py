"""Where each component of a plan could be with all others in place: timetables, costs, and what is short for them.

A component has the cheapest timetable for each set of weeks of its teams, and where these are few, of all its stages
that take part in what areas share. These tables are what takes long to make, so they are kept in memory and on disk.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from scheduler.candidates.whole_teams import seats_lacking
from scheduler.dates.beside import Choices, choices_of, evaluated
from scheduler.explaining.layout import Layout
from scheduler.explaining.situation import Situation
from scheduler.values.arrays import Ints

MOST_APART = 400
"""Timetables of a component that are kept apart by the weeks of stages without a team."""


@dataclass(frozen=True)
class Table:
    """The places of one component.

    Attributes
    ----------
    starts
        Shape (timetables, nodes).
    costs
        Shape (timetables,): what each adds to the cost of dates.
    short
        Shape (timetables,): units of pools and limits that are short for each.
    lacking
        Shape (timetables,): at least so many seats of its teams stay open, by counting who is free.
    now
        What the present timetable adds to the cost.
    """

    starts: Ints
    costs: Ints
    short: Ints
    lacking: Ints
    now: int


class Elsewhere:
    """The tables of all components."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self.tables = tuple(tables)

    @classmethod
    def made(cls, layout: Layout) -> "Elsewhere":
        """Made for a whole plan, which is the same again afterwards."""
        return cls(_table(layout, number) for number in range(len(layout.situation.graph.components)))

    def arrays(self) -> dict[str, Ints]:
        """All tables in few arrays, for a file."""
        none = np.zeros(0, dtype=np.int64)
        return {
            "shapes": np.array([table.starts.shape for table in self.tables], dtype=np.int64).reshape(-1, 2),
            "now": np.array([table.now for table in self.tables], dtype=np.int64),
            "starts": np.concatenate([none, *(table.starts.ravel() for table in self.tables)]),
            **{
                name: np.concatenate([none, *(getattr(table, name) for table in self.tables)])
                for name in ("costs", "short", "lacking")
            },
        }

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, Ints], situation: Situation) -> "Elsewhere | None":
        """Made again from `arrays`; None if these are not of this plan."""
        nodes = [len(component.nodes) for component in situation.graph.components]
        shapes = arrays["shapes"].tolist()
        if [width for _, width in shapes] != nodes:
            return None
        ends = list(accumulate((rows for rows, _ in shapes), initial=0))
        cells = list(accumulate((rows * width for rows, width in shapes), initial=0))
        if (
            len(arrays["now"]) != len(nodes)
            or len(arrays["starts"]) != cells[-1]
            or any(len(arrays[name]) != ends[-1] for name in ("costs", "short", "lacking"))
        ):
            return None
        parts = {name: np.split(arrays[name], ends[1:-1]) for name in ("costs", "short", "lacking")}
        starts = np.split(arrays["starts"], cells[1:-1])
        return cls(
            Table(
                starts=starts[n].reshape(rows, width),
                costs=parts["costs"][n],
                short=parts["short"][n],
                lacking=parts["lacking"][n],
                now=int(arrays["now"][n]),
            )
            for n, (rows, width) in enumerate(shapes)
        )


def _table(layout: Layout, component: int) -> Table:
    situation = layout.situation
    nodes = situation.team_nodes(component) or [0]
    present = np.array([situation.timetables[component]], dtype=np.int64)
    with layout.without([component]):
        choices = choices_of(layout.room, component, nodes[0])
        now = int(evaluated(layout.room, component, present).costs[0])
        found = fewest_short(choices, sorted({*nodes, *situation.sharing_nodes(component)}))
        if len(found.costs) > MOST_APART:
            found = fewest_short(choices, nodes)
        lacking = seats_lacking(layout.board, layout.reviews, situation.graph, component, found.starts)
    return Table(found.starts, found.costs, found.short, lacking, now)


def fewest_short(choices: Choices, nodes: list[int]) -> Choices:
    """For each set of starts of some nodes the timetable for which least is short, of those the cheapest."""
    order = np.lexsort((choices.costs, np.maximum(choices.short, 0)))
    if not nodes:
        return choices.part(order[:1])
    _, first = np.unique(choices.starts[order][:, nodes], axis=0, return_index=True)
    return choices.part(order[first])
