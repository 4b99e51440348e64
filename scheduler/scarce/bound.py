"""What prices of timetables and people prove: the fewest uncovered places over all dates, the least cost of dates."""

import numpy as np

from scheduler.areas.edges import FORBIDDEN, is_allowed
from scheduler.dates.columns import Columns
from scheduler.dates.lines import Ints
from scheduler.dates.phase_one import without_costs
from scheduler.dates.pricing import LARGEST_SCALE, rounded_up
from scheduler.dates.rows import Rows
from scheduler.run.progress import Progress
from scheduler.scarce.generation import PeopleGeneration
from scheduler.scarce.prices import Persons
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
    """The certificate of what some prices prove (see `scheduler.scarce`).

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


class Proven:
    """Bounds around one search.

    Attributes
    ----------
    certificate
        The proof of how many places every plan leaves uncovered; of none at first.
    """

    def __init__(
        self,
        problem: Problem,
        rows: Rows,
        persons: Persons,
        columns: Columns,
        price: int,
        generation: PeopleGeneration,
    ) -> None:
        self.problem, self.rows, self.persons, self.columns = problem, rows, persons, columns
        self.price, self.generation = price, generation
        self.certificate = self._certified(np.zeros(0, dtype=np.int64), 0, LARGEST_SCALE, "uncovered")

    def prove_uncovered(self, part: Progress) -> None:
        """Look for prices that prove how many places every plan leaves uncovered."""
        ratio = LARGEST_SCALE / (self.price * self.generation.scale)
        guess = np.floor(self.generation.best_duals * ratio).astype(np.int64)
        found = least_uncovered(self.rows, self.columns, self.persons, part, guess)
        if found.value is not None:
            self.certificate = self._certified(found.best_duals, found.value, LARGEST_SCALE, "uncovered")

    def date_bound(self, uncovered: int) -> int | None:
        """Cost of dates of plans with at most so many uncovered places: each of them at its price less."""
        if self.generation.value is None:
            return None
        bound = rounded_up(self.generation.value, self.generation.scale)
        return max(0, bound - self.price * uncovered)

    def date_certificate(self) -> Certificate | None:
        """The proof of what dates of plans without uncovered place cost at least."""
        found = self.generation
        if found.value is None or found.value <= 0:
            return None
        return self._certified(found.best_duals, found.value, found.scale, "dates")

    def _certified(self, duals: Ints, value: int, scale: int, kind: CertificateKind) -> Certificate:
        return certify(self.problem, self.rows, self.persons, duals, value, scale, kind)
