"""The proven minimum of uncovered places over all dates, and its certificate."""

import numpy as np

from scheduler.areas.edges import FORBIDDEN, is_allowed
from scheduler.dates.columns import Columns
from scheduler.dates.lines import Ints
from scheduler.dates.phase_one import without_costs
from scheduler.dates.pricing import LARGEST_SCALE, rounded_up
from scheduler.dates.rows import Rows
from scheduler.run.progress import Progress
from scheduler.uncovered.generation import PeopleGeneration
from scheduler.uncovered.prices import Persons
from scheduler.values.problem import Problem
from scheduler.values.proof import Certificate, CertificateKind


def least_uncovered(
    rows: Rows, columns: Columns, persons: Persons, progress: Progress, guess: Ints | None = None
) -> PeopleGeneration:
    """Generate prices that prove a minimum of uncovered places, until none prove more or time is up.

    Parameters
    ----------
    rows
        What areas share apart from people, from `shared_rows`.
    columns
        Timetables to begin with.
    guess
        Prices to begin with, in units of an uncovered place times `LARGEST_SCALE`.
    """
    free_rows = without_costs(rows)
    free_columns = Columns(free_rows)
    for component, starts in zip(columns.component.tolist(), columns.starts, strict=True):
        free_columns.add_plan({component: starts})
    generation = PeopleGeneration(free_rows, free_columns, persons, LARGEST_SCALE, 1, progress)
    if guess is not None:
        generation.price(guess)
    generation.run()
    return generation


def certify(
    problem: Problem, rows: Rows, persons: Persons, duals: Ints, value: int, scale: int, kind: CertificateKind
) -> Certificate:
    """The certificate of what some prices prove (see `scheduler.uncovered`).

    Parameters
    ----------
    duals
        Prices of all rows, followed by those of the persons, times `scale`.
    value
        What they prove, times `scale`.
    kind
        'uncovered', or 'dates' of plans without uncovered place: these may use whole teams' weeks only.
    """
    names = {
        rows.name(number) if number < rows.num_rows else persons.name(number - rows.num_rows): int(
            duals[number]
        )
        for number in np.flatnonzero(duals).tolist()
    }
    return Certificate(
        kind=kind,
        problem_hash=problem.hash,
        scale=scale,
        whole_teams=kind == "dates",
        duals=dict(sorted(names.items())) if value > 0 else {},
        bound=max(0, rounded_up(value, scale)),
    )


def uncovered_price(rows: Rows) -> int:
    """More than what other dates for one area can save, rarely more than what they save for all areas."""
    most = 0
    for group in rows.graph.groups:
        spread = np.zeros(len(group.members), dtype=np.int64)
        for cost in group.node_costs:
            allowed = is_allowed(cost)
            spread += np.where(allowed, cost, 0).max(axis=0)
            spread -= np.where(allowed, cost, FORBIDDEN).min(axis=0)
        edges = sum(int(np.where(is_allowed(e.band.cost), e.band.cost, 0).max()) for e in group.edges)
        most = max(most, int(spread.max(initial=0)) + edges)
    return most + 1
