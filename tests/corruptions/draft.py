"""A plan that can be damaged, and what a damage is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from scheduler.cost import make_plan
from scheduler.values.plan import ActivityDates, Plan, TeamMember
from scheduler.values.problem import Problem
from tests.builders import members
from tests.complete import COMPLETE_STARTS, COMPLETE_TEAMS, complete

Seat = tuple[str, str, str]
"""Activity, skill, inspector."""


@dataclass
class Draft:
    """Dates and seats as lists; `said` replaces parts of what the plan says about itself.

    `honest` lets the plan claim what the damaged dates and teams cost, so that only their own rules are broken.
    """

    problem: Problem
    dates: list[tuple[str, list[int]]]
    seats: list[Seat]
    said: dict[str, Any] = field(default_factory=dict)
    costs: dict[str, Any] = field(default_factory=dict)
    honest: bool = True

    @staticmethod
    def of(problem: Problem) -> "Draft":
        """The good plan."""
        seats = [(m.activity, m.skill, m.inspector) for m in members(COMPLETE_TEAMS)]
        return Draft(problem, [(name, list(own)) for name, own in COMPLETE_STARTS.items()], seats)

    def starts(self, activity: str) -> list[int]:
        """The start weeks of an activity, to be changed."""
        return next(own for name, own in self.dates if name == activity)

    def put(self, activity: str, skill: str, person: str) -> None:
        """Give a seat to somebody else."""
        number = next(n for n, seat in enumerate(self.seats) if seat[:2] == (activity, skill))
        self.seats[number] = (activity, skill, person)

    def leave(self, activity: str, skill: str) -> None:
        """Leave a seat empty."""
        self.seats = [seat for seat in self.seats if seat[:2] != (activity, skill)]

    def plan(self) -> Plan:
        """The plan as it is now."""
        people = tuple(TeamMember(activity=a, skill=s, inspector=p) for a, s, p in self.seats)
        good = make_plan(self.problem, COMPLETE_STARTS, members(COMPLETE_TEAMS))
        costs = good.costs
        if self.honest:
            costs = make_plan(self.problem, {name: tuple(own) for name, own in self.dates}, people).costs
        parts = {
            "dates": tuple(ActivityDates(activity=name, starts=tuple(own)) for name, own in self.dates),
            "members": people,
            "costs": costs.model_copy(update=self.costs),
            **self.said,
        }
        return Plan.model_validate({**dict(good), **parts})


@dataclass(frozen=True)
class Corruption:
    """A seeded damage to the good plan of `problem`, refused by exactly these rules."""

    name: str
    damage: Callable[[Draft, Random], None]
    rules: frozenset[str]
    problem: Callable[[], Problem] = complete

    def damaged(self, seed: int) -> tuple[Problem, Plan]:
        """The problem, and the damaged plan of a seed."""
        draft = Draft.of(self.problem())
        self.damage(draft, Random(f"{self.name}-{seed}"))
        return draft.problem, draft.plan()


def corruption(
    damage: Callable[[Draft, Random], None], *rules: str, problem: Callable[[], Problem] = complete
) -> Corruption:
    """A corruption named after its function."""
    return Corruption(damage.__name__, damage, frozenset(rules), problem)


def loose() -> Problem:
    """The same without links and limits, so that dates can go wrong in one respect only."""
    return complete(links=(), period_limits=(), partner_limits=())
