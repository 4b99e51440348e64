"""What the steps of a solve make of its problem, made once: the stages of areas, the people, the rows they share."""

from functools import cached_property

from scheduler.areas.graph_making import build_graph
from scheduler.dates.people_enough import without_people
from scheduler.dates.rows import Rows
from scheduler.people.capacity import People
from scheduler.values.problem import Problem


class Prepared:
    """Rows of one problem, each kind made when it is first asked for; unions of skills that one step adds stay."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._rows: dict[bool, Rows] = {}

    @cached_property
    def people(self) -> People:
        """Who is there in each week, by skills."""
        return People(self.problem)

    def rows(self, whole_teams: bool) -> Rows:
        """Everything that areas share, people counted by week; with `whole_teams` as in `build_graph`."""
        if whole_teams not in self._rows:
            self._rows[whole_teams] = Rows(build_graph(self.problem, whole_teams), self.people)
        return self._rows[whole_teams]

    @cached_property
    def shared(self) -> Rows:
        """Rows of anonymous pools, period limits and partner limits, without those that count inspectors."""
        nobody = self.problem.model_copy(update={"activities": (), "inspectors": ()})
        return Rows(self.rows(whole_teams=False).graph, People(nobody))

    @cached_property
    def without_people(self) -> "Prepared":
        """The same problem with people enough: what remains are windows, links and shared limits."""
        return Prepared(without_people(self.problem))
