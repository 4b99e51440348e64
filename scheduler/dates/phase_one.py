"""Proves that no plan of dates exists: even if timetables cost nothing, the rows cannot be kept."""

import numpy as np

from scheduler.dates.columns import Columns
from scheduler.dates.generation import Generation
from scheduler.dates.oracle import DatesOracle
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
    free_rows = rows.without_costs()
    quiet = Progress("dates", progress.seconds_left(), stop=progress.stop)
    oracle = DatesOracle(free_rows, LARGEST_SCALE, phase_one=True)
    generation = Generation(oracle, columns.in_rows(free_rows), quiet)
    generation.run()
    if generation.value is None or generation.value <= 0:
        return None
    certificate = generation.certificate("impossible")
    assert certificate is not None
    return _shortage(free_rows, generation), certificate


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
