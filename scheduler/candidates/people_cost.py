"""What the cost of people rises by when some teams become others: travel, fairness and announced people who go."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from scheduler.cost import distance_km, first_team_week
from scheduler.people.staff import Staff
from scheduler.values.arrays import Ints
from scheduler.values.plan import TeamMember
from scheduler.values.value import Starts, Week


class PeopleCost:
    """Prices of people beside one plan; `scheduler.cost.team_terms` counts the whole plan instead."""

    def __init__(self, staff: Staff, starts: Starts, members: Iterable[TeamMember]) -> None:
        self.staff, self.prices = staff, staff.problem.team_prices
        self._home = {area.id: area.location for area in staff.problem.areas}
        self._km: dict[str, Ints] = {}
        self._spans = [
            period.span for period in staff.problem.periods if period.kind == self.prices.fair_period
        ]
        self._load = np.zeros((len(staff.rests), len(self._spans)), dtype=np.int64)
        for name, person in {(member.activity, member.inspector) for member in members}:
            self._load[staff.number[person]] += self._counted(name, starts[name])
        self._left = self._shares()

    def km(self, review: str) -> Ints:
        """Kilometres from everybody's home to the area of a review, shape (inspectors,)."""
        if review not in self._km:
            there = self._home[self.staff.reviews[review].area]
            homes = (inspector.home for inspector in self.staff.problem.inspectors)
            self._km[review] = np.array([distance_km(home, there) for home in homes], dtype=np.int64)
        return self._km[review]

    def seat_price(self, review: str) -> Ints:
        """What everybody in a seat of a review costs, fairness aside; less than nothing for whoever is announced."""
        price = self.prices.per_km * self.km(review)
        announced = self.staff.reviews[review].published
        if announced is not None:
            price[self.staff.numbers(announced.members)] -= self.prices.per_person_changed
        return price

    def rise(
        self,
        before: Sequence[TeamMember],
        after: Sequence[TeamMember],
        starts: Starts,
        new_starts: Starts,
    ) -> int:
        """The rise by exchanging the teams of some reviews.

        Parameters
        ----------
        before, after
            The whole teams of these reviews.
        starts, new_starts
            Their start weeks, before and after.
        """
        seats = self._seats_cost(after) - self._seats_cost(before)
        if not self.prices.per_review_over_share or not self._spans:
            return seats
        more: dict[int, Ints] = {}
        self._add(more, before, starts, -1)
        self._add(more, after, new_starts, 1)
        over = sum(
            int(np.maximum(0, self._load[person] + change - self._left[person]).sum())
            - int(np.maximum(0, self._load[person] - self._left[person]).sum())
            for person, change in more.items()
        )
        return seats + self.prices.per_review_over_share * over

    def _seats_cost(self, members: Sequence[TeamMember]) -> int:
        """Travel of some seats, less the price of the announced people among them."""
        number, cost = self.staff.number, 0
        for member in members:
            cost += self.prices.per_km * int(self.km(member.activity)[number[member.inspector]])
        for name, person in {(member.activity, member.inspector) for member in members}:
            announced = self.staff.reviews[name].published
            if announced is not None and person in announced.members:
                cost -= self.prices.per_person_changed
        return cost

    def _add(self, more: dict[int, Ints], members: Sequence[TeamMember], starts: Starts, sign: int) -> None:
        for name, person in {(member.activity, member.inspector) for member in members}:
            number = self.staff.number[person]
            more[number] = more.get(number, 0) + sign * self._counted(name, starts[name])

    def _counted(self, review: str, starts: Sequence[Week]) -> Ints:
        """In which periods of fairness a review begins, shape (periods,)."""
        first = first_team_week(self.staff.reviews[review], starts)
        return np.array([first is not None and first in span for span in self._spans], dtype=np.int64)

    def _shares(self) -> Ints:
        """What past reviews leave of everybody's fair share, shape (inspectors, periods)."""
        done: Mapping[str, list[Week]] = {name: [] for name in self.staff.number}
        for review in self.staff.problem.past_reviews:
            for name in {*review.members, *([review.leader] if review.leader else [])}:
                if name in done:
                    done[name].append(review.team_weeks[0])
        left = [
            [
                max(0, self.prices.fair_share - sum(week in span for week in done[name]))
                for span in self._spans
            ]
            for name in self.staff.number
        ]
        return np.array(left, dtype=np.int64).reshape(self._load.shape)
