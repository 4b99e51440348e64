"""The best plan that the search for covered places has found, which never gets worse, and what it answers."""

from dataclasses import dataclass

from scheduler.checking.checker import faults
from scheduler.cost import date_terms, make_plan
from scheduler.dates.columns import Columns
from scheduler.run.answers import TeamsAnswer
from scheduler.run.keeper import Keeper
from scheduler.run.progress import Progress
from scheduler.values.proof import Certificate
from scheduler.values.result import TracePoint


@dataclass(frozen=True)
class Found:
    """A plan of dates and teams."""

    starts: dict[str, tuple[int, ...]]
    teams: TeamsAnswer
    date_cost: int

    @property
    def rank(self) -> tuple[int, int, int]:
        """Smaller is better."""
        return self.teams.uncovered, self.date_cost, self.teams.figures.cost or 0


@dataclass
class Incumbent:
    """Takes plans and keeps the best, None before there is one; the timetables of all become columns."""

    columns: Columns
    progress: Progress
    keeper: Keeper
    best: Found | None = None

    def keep(self, starts: dict[str, tuple[int, ...]], teams: TeamsAnswer) -> bool:
        """Keep a plan if it is better and keeps every rule; whether it was."""
        graph = self.columns.rows.graph
        found = Found(starts, teams, sum(date_terms(graph.problem, starts).values()))
        self.columns.add_plan(graph.starts_by_component(starts).items())
        is_better = self.best is None or found.rank < self.best.rank
        if is_better and not faults(graph.problem, make_plan(graph.problem, starts, teams.members)):
            self.best = found
            self.progress.found(teams.uncovered)
            self.keeper.offer(starts, teams.members)
            return True
        return False


@dataclass(frozen=True)
class Covering:
    """Dates and teams, and what is proven about them.

    Attributes
    ----------
    best
        The best found; None if there are none.
    uncovered_bound
        No plan, whatever its dates, leaves fewer places uncovered.
    date_bound
        No plan with at most as many uncovered places as this one has cheaper dates; None if unknown.
    certificate
        The proof of `uncovered_bound`.
    date_certificate
        The proof of what dates of plans without uncovered place cost at least, None if nothing is proven.
    """

    best: Found | None
    uncovered_bound: int
    date_bound: int | None
    certificate: Certificate
    date_certificate: Certificate | None
    trace: tuple[TracePoint, ...]
    was_stopped: bool = False
