"""Proves that no plan of dates exists: even if timetables cost nothing, the rows cannot be kept."""

from copy import copy
from dataclasses import replace

import numpy as np

from scheduler.areas.edges import FORBIDDEN, Costs, is_allowed
from scheduler.areas.graph import Group
from scheduler.dates.columns import Columns
from scheduler.dates.generation import Generation, make_certificate
from scheduler.dates.pricing import LARGEST_SCALE
from scheduler.dates.rows import Rows
from scheduler.run.progress import Progress
from scheduler.values.proof import Certificate
from scheduler.values.result import Shortage
from scheduler.values.value import WeekSpan


def prove_impossible(rows: Rows, columns: Columns, progress: Progress) -> tuple[Shortage, Certificate] | None:
    """A proof that no plan keeps all rows, as what is short and as prices; None if there is none (or time is up).

    Timetables cost nothing and a missing one costs one unit: if the Lagrangian value is above zero for some
    prices, every plan lacks something. The prices name the rows that clash.
    """
    free_rows = without_costs(rows)
    free_columns = Columns(free_rows)
    by_component = zip(columns.component.tolist(), columns.starts, strict=True)
    for component, starts in by_component:
        free_columns.add_plan({component: starts})
    quiet = Progress("dates", progress.seconds_left(), stop=progress.stop)
    generation = Generation(free_rows, free_columns, LARGEST_SCALE, quiet, phase_one=True)
    generation.run()
    if generation.value is None or generation.value <= 0:
        return None
    prices, scale = generation.best_duals, generation.scale
    certificate = make_certificate(free_rows, prices, generation.value, scale, kind="impossible")
    return _shortage(free_rows, generation), certificate


def without_costs(rows: Rows) -> Rows:
    """The same rows where timetables and the excess of priced rows cost nothing."""
    groups = tuple(_free_group(group) for group in rows.graph.groups)
    free = copy(rows)
    free.graph = replace(rows.graph, groups=groups)
    free.lines, free.use, free.first = list(rows.lines), list(rows.use), list(rows.first)
    free.number = dict(rows.number)
    free._uses = {}
    free.price = np.where(rows.price >= 0, 0, -1)
    return free


def _free_group(group: Group) -> Group:
    edges = tuple(replace(e, band=replace(e.band, cost=_free(e.band.cost))) for e in group.edges)
    return replace(group, node_costs=_free(group.node_costs), edges=edges, _scaled={})


def _free(costs: Costs) -> Costs:
    return np.where(is_allowed(costs), 0, FORBIDDEN)


def _shortage(rows: Rows, generation: Generation) -> Shortage:
    """The rows whose prices prove that there is no plan, with the numbers of the proof."""
    duals = generation.best_duals
    heaviest = np.argsort(-duals, kind="stable")[: int((duals > 0).sum())]
    about = [rows.about(int(row)) for row in heaviest]
    capacity = sum(int(duals[row]) * int(rows.rhs[row] + rows.max_excess[row]) for row in heaviest)
    assert generation.value is not None
    weeks = [row.week for row in about if row.week is not None]
    return Shortage(
        kind="weighed",
        rows=tuple(dict.fromkeys(row.in_week(None) for row in about)),
        span=WeekSpan(first=min(weeks, default=0), end=max(weeks, default=rows.num_weeks - 1) + 1),
        demand=capacity + generation.value,
        capacity=capacity,
        scale=LARGEST_SCALE,
    )
