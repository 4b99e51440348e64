"""An assignment in the making that never breaks a rule, and the greedy way to fill it.

The rules are kept in terms of weeks, counts and bodies, not of the rows that the solvers see: what an
exact search returns is put in here once more, seat by seat, before anyone believes it.
"""

from collections import Counter
from collections.abc import Iterable

import numpy as np

from scheduler.cost import Starts
from scheduler.people.bodies import breaks_bodies
from scheduler.people.past_work import past_drafts
from scheduler.people.team_model import TeamModel
from scheduler.people.work_weeks import occupied_weeks
from scheduler.values.arrays import Ints, indexes
from scheduler.values.plan import TeamMember
from scheduler.values.problem import Problem
from scheduler.values.value import Week


class Assignment:
    """The columns chosen so far; `add` refuses what would break a rule."""

    def __init__(self, model: TeamModel) -> None:
        self.model = model
        self.chosen: list[int] = []
        self._kept: frozenset[int] = frozenset()
        self.open_seats: list[int] = model.counts.tolist()
        self._inspectors = model.problem.inspectors
        self._weeks_taken: list[set[int]] = [set() for _ in self._inspectors]
        self._reviews_taken: list[set[int]] = [set() for _ in self._inspectors]
        self._begun: list[list[int]] = model.staff.past_begun.tolist()
        self._most: list[list[int]] = model.staff.most.tolist()
        past = past_drafts(model.problem)
        self._drafts: list[Counter[Week]] = [past[inspector.id].copy() for inspector in self._inspectors]
        teams = [review.team for review in model.reviews]
        self._bodies: list[list[str]] = [[] for _ in teams]
        self._open_in = [team.seats() if team else 0 for team in teams]
        self._periods = [model.staff.periods_of(weeks[0]) if weeks else [] for weeks in model.weeks]
        self.add_all(model.kept.tolist())
        self._kept = frozenset(model.kept.tolist())

    @property
    def uncovered(self) -> int:
        """Seats that nobody fills."""
        return sum(self.open_seats)

    def add(self, column: int) -> bool:
        """Fill a seat; False if a rule forbids it. Seats that somebody keeps are filled from the beginning."""
        if column in self._kept:
            return column in self.chosen
        person, seat = int(self.model.person[column]), int(self.model.seat[column])
        review = self.model.seats[seat].review
        if self.open_seats[seat] == 0:
            return False
        occupied = occupied_weeks(self.model.weeks[review], self._inspectors[person].rest_weeks)
        if (
            review in self._reviews_taken[person]
            or not occupied.isdisjoint(self._weeks_taken[person])
            or any(self._begun[person][n] >= self._most[person][n] for n in self._periods[review])
            or (self.model.leads[column] and self._drafts_enough(person, review))
            or self._breaks_bodies(person, review)
        ):
            return False
        self.chosen.append(column)
        self.open_seats[seat] -= 1
        self._open_in[review] -= 1
        self._bodies[review].append(self._inspectors[person].body)
        self._weeks_taken[person] |= occupied
        self._reviews_taken[person].add(review)
        for period in self._periods[review]:
            self._begun[person][period] += 1
        if self.model.leads[column]:
            self._drafts[person].update(self.model.drafting[review])
        return True

    def add_all(self, columns: Iterable[int]) -> bool:
        """Fill seats in turn, leaving out what a rule forbids; whether nothing was left out."""
        refused = [column for column in columns if not self.add(column)]
        return not refused

    def cost(self) -> int:
        """Cost of people: travel, fairness and change."""
        prices = self.model.problem.team_prices
        fair = [n for n, period in enumerate(self.model.problem.periods) if period.kind == prices.fair_period]
        past_begun: list[list[int]] = self.model.staff.past_begun.tolist()
        both = zip(self._begun, past_begun, strict=True)
        over = sum(max(0, begun[n] - max(prices.fair_share, past[n])) for begun, past in both for n in fair)
        chosen = int(self.model.cost[self.chosen].sum()) if self.chosen else 0
        return self.model.constant + chosen + prices.per_review_over_share * over

    def _drafts_enough(self, person: int, review: int) -> bool:
        """Whether the leader could not draft one more report in some of its weeks (R052)."""
        drafts, most = self._drafts[person], self.model.problem.leader_drafts
        return any(drafts[week] >= most for week in self.model.drafting[review])

    def _breaks_bodies(self, person: int, review: int) -> bool:
        """Whether there would be too many of a body, or too few seats left open for what is missing (R056, R144)."""
        bodies = [*self._bodies[review], self._inspectors[person].body]
        return breaks_bodies(self.model.reviews[review].team, bodies, self._open_in[review] - 1)


def greedy_assignment(model: TeamModel) -> Assignment:
    """Seats with the fewest candidates first, each with the cheapest person who may still take it."""
    candidates = np.bincount(model.seat, minlength=len(model.seats))
    scarcity = candidates / np.maximum(1, model.counts)
    return filled(model, np.lexsort((model.cost, model.seat, scarcity[model.seat])))


def filled(model: TeamModel, order: Ints) -> Assignment:
    """The assignment that takes columns in the given order wherever it may."""
    assignment = Assignment(model)
    assignment.add_all(order.tolist())
    return assignment


def quick_members(problem: Problem, starts: Starts) -> tuple[TeamMember, ...]:
    """People for these dates by the greedy rule that every search for teams begins with."""
    if all(activity.team is None for activity in problem.activities):
        return ()
    model = TeamModel(problem, starts)
    return model.members(indexes(greedy_assignment(model).chosen))
