"""The best plan of dates and teams that the search for covered places has found; it never gets worse."""

from dataclasses import dataclass

from scheduler.cost import date_terms, make_plan
from scheduler.dates.columns import Columns
from scheduler.dates.rows import Rows
from scheduler.faults import faults
from scheduler.run.answers import TeamsAnswer
from scheduler.run.keeper import Keeper
from scheduler.run.progress import Progress
from scheduler.values.problem import Problem


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

    problem: Problem
    rows: Rows
    columns: Columns
    progress: Progress
    keeper: Keeper | None
    best: Found | None = None

    def keep(self, starts: dict[str, tuple[int, ...]], teams: TeamsAnswer) -> bool:
        """Keep a plan if it is better and keeps every rule; whether it was."""
        found = Found(starts, teams, sum(date_terms(self.problem, starts).values()))
        self.columns.add_plan(self.rows.graph.starts_by_component(starts))
        is_better = self.best is None or found.rank < self.best.rank
        if is_better and not faults(self.problem, make_plan(self.problem, starts, teams.members)):
            self.best = found
            self.progress.found(teams.uncovered)
            if self.keeper is not None:
                self.keeper.offer(starts, teams.members)
            return True
        return False
