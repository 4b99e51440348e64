"""A plan: a week for every stage and a person for every seat."""

from datetime import date
from typing import Literal

from scheduler.values.proof import Certificate
from scheduler.values.value import Identifier, NonNegative, Value, Week


class ActivityDates(Value):
    """The weeks in which the stages of one activity start, in the order of its stages."""

    activity: Identifier
    starts: tuple[Week, ...]


class TeamMember(Value):
    """One filled seat: `skill` is the demanded skill, or 'leader' for the leader's seat."""

    activity: Identifier
    skill: Identifier
    inspector: Identifier


class Costs(Value):
    """What a plan claims to cost; each term is reported alone, terms that are zero included."""

    uncovered_places: NonNegative
    date_terms: dict[str, NonNegative]
    team_terms: dict[str, NonNegative]

    @property
    def date_cost(self) -> int:
        """Sum of the terms of dates."""
        return sum(self.date_terms.values())

    @property
    def team_cost(self) -> int:
        """Sum of the terms of people."""
        return sum(self.team_terms.values())


class Plan(Value):
    """Dates and teams for one problem, named by its hash.

    `first_monday` is the problem's, so that a plan can be read as dates on its own. A seat without a
    `TeamMember` is an uncovered place. Activities and members are sorted, so equal plans are equal texts.
    `certificates` prove bounds for all plans of the problem, not for this one alone (see `scheduler.verify`).
    """

    version: Literal[1] = 1
    problem_hash: str
    first_monday: date
    dates: tuple[ActivityDates, ...]
    members: tuple[TeamMember, ...] = ()
    costs: Costs
    certificates: tuple[Certificate, ...] = ()

    def starts(self) -> dict[str, tuple[Week, ...]]:
        """Start weeks by activity."""
        return {item.activity: item.starts for item in self.dates}
