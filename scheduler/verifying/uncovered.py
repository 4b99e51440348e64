"""Bounds from prices of single persons: the fewest uncovered places, and what dates that leave none cost at least.

Whoever fills a place claims their weeks. In the first bound a place left uncovered costs 1, timetables cost nothing
and the excess of priced rows is free; no week is left out for want of people, and no row counts people, since places
may stay uncovered. In the second every place is filled, so a timetable for which a place finds too few people is left
out.
"""

from collections.abc import Iterator

from scheduler.values.errors import Refusal
from scheduler.values.problem import Activity, Problem
from scheduler.values.proof import Certificate
from scheduler.verifying.bound import Proven, require_sound_prices, sum_of_cheapest
from scheduler.verifying.demands import PREFIX, Asks, When, kind_of
from scheduler.verifying.nodes import ABSENT, is_allowed
from scheduler.verifying.people import Staff, demanded
from scheduler.verifying.prices import Prices
from scheduler.verifying.rows import RowBook
from scheduler.verifying.trees import Costs, Forest, PairCost, only_week


def bound_of_uncovered(problem: Problem, certificate: Certificate) -> Proven:
    """A lower bound on the places that a plan leaves uncovered.

    Raises
    ------
    Refusal
        If a price or a row is wrong, or some activities have no timetable at all.
    """
    require_sound_prices(certificate)
    staff, scale = Staff(problem), certificate.scale
    of_persons, shared = parted(certificate)
    prices = Prices(RowBook(problem, staff), shared, scale, is_slack_free=True)
    if prices.asks_people:
        raise Refusal("it prices rows of people, which plans with uncovered places need not keep.")
    asks = Asks(problem, staff, of_persons)
    forest = Forest(problem, staff, whole_teams=False)
    total = sum_of_cheapest(forest, prices, 0, Teams(forest, asks, scale))
    return Proven(total - prices.worth - asks.worth, scale, for_covered_plans=False)


def bound_of_covered_dates(problem: Problem, certificate: Certificate) -> Proven:
    """A lower bound on the cost of dates of plans without uncovered place.

    Raises
    ------
    Refusal
        If a price or a row is wrong, or some activities have no timetable for which people suffice.
    """
    require_sound_prices(certificate)
    staff, scale = Staff(problem), certificate.scale
    of_persons, shared = parted(certificate)
    prices = Prices(RowBook(problem, staff), shared, scale)
    asks = Asks(problem, staff, of_persons)
    forest = Forest(problem, staff, certificate.whole_teams)
    total = sum_of_cheapest(forest, prices, scale, Teams(forest, asks, ABSENT))
    return Proven(total - prices.worth - asks.worth, scale, for_covered_plans=True)


def prices_persons(certificate: Certificate) -> bool:
    """Whether any row is one of a single person."""
    return any(name.startswith(PREFIX) for name in certificate.duals)


def parted(certificate: Certificate) -> tuple[dict[str, int], dict[str, int]]:
    """The prices of persons, and those of what areas share."""
    of_persons = {name: dual for name, dual in certificate.duals.items() if name.startswith(PREFIX)}
    return of_persons, {name: dual for name, dual in certificate.duals.items() if name not in of_persons}


class Teams:
    """What the teams of all activities ask, by the stages that are looked at together.

    Stages that can start in one week only are fixed. If at most two others work with the team, and a table joins
    them, all are looked at together; else each movable stage alone, for its share of the price of a place.
    """

    def __init__(self, forest: Forest, asks: Asks, scale: int) -> None:
        self.forest, self.asks = forest, asks
        self._alone: dict[int, tuple[When, int]] = {}
        self._pairs: dict[frozenset[int], tuple[When, int]] = {}
        for stages in self._by_activity():
            self._part(stages, scale)

    def alone(self, number: int) -> Costs | None:
        """By start week of a stage that is looked at alone."""
        if number not in self._alone:
            return None
        fixed, cap = self._alone[number]
        node, costs = self.forest.nodes[number], self.forest.costs[number]
        kind = kind_of(node)
        return [
            self._team(node.activity, ((kind, week), *fixed), cap) if is_allowed(cost) else 0
            for week, cost in enumerate(costs)
        ]

    def together(self, parent: int, child: int) -> PairCost | None:
        """By start weeks of two stages that are looked at together."""
        pair = frozenset((parent, child))
        if pair not in self._pairs:
            return None
        fixed, cap = self._pairs[pair]
        activity = self.forest.nodes[parent].activity
        first, last = kind_of(self.forest.nodes[parent]), kind_of(self.forest.nodes[child])
        return lambda week, second: self._team(activity, ((first, week), (last, second), *fixed), cap)

    def _team(self, activity: Activity, when: When, cap: int) -> int:
        return self.asks.team(activity, tuple(sorted(demanded(activity).items())), when, cap)

    def _by_activity(self) -> Iterator[list[int]]:
        found: dict[str, list[int]] = {}
        for number, node in enumerate(self.forest.nodes):
            if node.activity.team is not None and node.stage.uses_team:
                found.setdefault(node.activity.id, []).append(number)
        yield from found.values()

    def _part(self, stages: list[int], scale: int) -> None:
        weeks = {number: only_week(self.forest.costs[number]) for number in stages}
        movable = [number for number in stages if weeks[number] is None] or stages[:1]
        fixed = tuple(
            (kind_of(self.forest.nodes[number]), week)
            for number, week in weeks.items()
            if week is not None and number not in movable
        )
        if len(movable) == 2 and self.forest.are_joined(*movable):
            self._pairs[frozenset(movable)] = fixed, scale
            return
        for index, number in enumerate(movable):
            self._alone[number] = (fixed if index == 0 else ()), scale // len(movable)
