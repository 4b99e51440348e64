"""Rules that tie the columns of the team problem together, as rows made on demand.

There are far too many to list (persons x sets of clashing reviews), so a relaxation asks for those
that it violates, and an exact search for those of the persons it may still use.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

import numpy as np

from scheduler.people.bodies import bodies_needed
from scheduler.people.past_work import drafting_sets, past_drafts
from scheduler.people.staff import UNBOUNDED
from scheduler.people.team_model import TeamModel
from scheduler.people.work_weeks import clash_cliques
from scheduler.values.arrays import TOLERANCE, Floats, Ints, Mask, indexes
from scheduler.values.problem import Team

OF_A_TEAM = ("bodies", "least", "most")
"""Rules of the bodies of a team; all others concern single persons."""


class RowKey(NamedTuple):
    """Names a row: its rule, the person or (if `of_team`) the review, and the number of the set within the rule."""

    rule: str
    owner: int
    number: int

    @property
    def of_team(self) -> bool:
        """Whether it concerns the bodies of a team."""
        return self.rule in OF_A_TEAM


@dataclass(frozen=True)
class Row:
    """The persons take part in the reviews, times `sign`, at most `limit` times.

    With `price` more is allowed and priced. With `counts_uncovered` each uncovered seat of the reviews
    counts as one participation. With `leaders_only` only leaders' seats count.
    """

    persons: Ints
    reviews: Ints
    limit: int
    sign: int = 1
    price: int | None = None
    counts_uncovered: bool = False
    leaders_only: bool = False


@dataclass(frozen=True)
class Limits:
    """How many reviews of each of some sets persons take part in, or lead.

    Attributes
    ----------
    persons
        Whom this concerns.
    limits
        Shape (inspectors, sets); `UNBOUNDED` where there is no limit.
    incidence
        Shape (reviews, sets): 1 where a review belongs to a set.
    price
        If given, more is allowed and priced.
    """

    persons: Ints
    sets: Sequence[Ints]
    limits: Ints
    incidence: Floats
    price: int | None = None
    leaders_only: bool = False


class _Quota(NamedTuple):
    """How many members of a team some persons are at least or at most, by `rule`; an open seat may be one of them."""

    rule: str
    persons: Ints
    members: int


class TeamRows:
    """All rows of one model."""

    def __init__(self, model: TeamModel) -> None:
        self.model, self.staff = model, model.staff
        self.inspectors = model.problem.inspectors

    @cached_property
    def clashes(self) -> dict[int, Limits]:
        """One review at a time, rest after it, and one seat a review (R059), by rest weeks of the person."""
        found = {}
        for rest in sorted(set(self.staff.rests.tolist())):
            sets = [indexes(clique) for clique in clash_cliques(self.model.weeks, rest)]
            at_most_one = np.broadcast_to(np.int64(1), (len(self.inspectors), len(sets)))
            found[rest] = self._limits(np.flatnonzero(self.staff.rests == rest), sets, at_most_one)
        return found

    @cached_property
    def rules(self) -> dict[str, Limits]:
        """The other rules that concern single persons.

        'maximum': reviews a period. 'share': reviews above the fair share are priced; past reviews take their part of
        both. 'drafting': reports that a leader drafts in a week (R052), past ones included.
        """
        everybody, prices = np.arange(len(self.inspectors)), self.model.problem.team_prices
        periods, most, past = self._periods(), self.staff.most, self.staff.past_begun
        maximum = np.where(most < UNBOUNDED, np.maximum(0, most - past), UNBOUNDED)
        rules = {"maximum": self._limits(everybody, periods, maximum)}
        if prices.per_review_over_share > 0:
            is_fair = np.array([p.kind == prices.fair_period for p in self.model.problem.periods], dtype=bool)
            share = np.where(is_fair, np.maximum(0, prices.fair_share - past), UNBOUNDED)
            price = prices.per_review_over_share
            rules["share"] = replace(self._limits(everybody, periods, share), price=price)
        return rules | {"drafting": replace(self._drafting(), leaders_only=True)}

    def _limits(self, persons: Ints, sets: Sequence[Ints], limits: Ints) -> Limits:
        incidence = np.zeros((len(self.model.reviews), len(sets)))
        for number, reviews in enumerate(sets):
            incidence[reviews, number] = 1.0
        return Limits(persons, sets, limits, incidence)

    def _periods(self) -> list[Ints]:
        """The reviews whose first team week lies in each period."""
        first = [(number, weeks[0]) for number, weeks in enumerate(self.model.weeks) if weeks]
        spans = (period.span for period in self.model.problem.periods)
        return [indexes(number for number, week in first if week in span) for span in spans]

    def _drafting(self) -> Limits:
        """Reports drafted in the weeks in which one is begun, beside those of past reviews."""
        past, most = past_drafts(self.model.problem), self.model.problem.leader_drafts
        found = drafting_sets(self.model.drafting, past.values())
        left = np.full((len(self.inspectors), len(found)), UNBOUNDED, dtype=np.int64)
        leaders = indexes(n for n, inspector in enumerate(self.inspectors) if inspector.is_leader)
        for leader in leaders.tolist():
            drafts = past[self.inspectors[leader].id]
            left[leader] = [max(0, most - drafts[week]) for week, _ in found]
        return self._limits(leaders, [indexes(reviews) for _, reviews in found], left)

    @cached_property
    def body_sets(self) -> list[tuple[int, ...]]:
        """Sets of bodies, smaller than the largest minimum of a team."""
        bodies = range(len(self.body_numbers))
        largest = max((self.minimum_bodies(review) for review in range(len(self.model.reviews))), default=0)
        return [chosen for size in range(1, largest) for chosen in combinations(bodies, size)]

    @cached_property
    def body_numbers(self) -> dict[str, int]:
        """A number for each body of inspectors and joint places."""
        teams = [review.team for review in self.model.reviews if review.team]
        joint = {place.body for team in teams for place in team.joint}
        return {body: number for number, body in enumerate(sorted(joint.union(self.staff.bodies)))}

    @cached_property
    def body(self) -> Ints:
        """Body of each inspector as a number, shape (inspectors,)."""
        return indexes(self.body_numbers[body] for body in self.staff.bodies)

    def minimum_bodies(self, review: int) -> int:
        """Bodies that a team needs; a team smaller than its minimum needs one per member."""
        return bodies_needed(self.model.reviews[review].team)

    def needed_outside(self, review: int, bodies: tuple[int, ...]) -> int:
        """Fewest members that come from other bodies than these (R056); joint places bring some (R035)."""
        team = self.model.reviews[review].team
        joint = sum(p.count for p in team.joint if self.body_numbers[p.body] not in bodies) if team else 0
        return self.minimum_bodies(review) - len(bodies) - joint

    @cached_property
    def quotas(self) -> list[tuple["_Quota", ...]]:
        """For each review its rows of least and most members of some bodies (R144)."""
        return [tuple(self._quotas_of(review.team)) for review in self.model.reviews]

    def _quotas_of(self, team: Team | None) -> Iterator["_Quota"]:
        """For every set of bodies with a minimum that of their sum: an open seat can make up for one of them only."""
        if team is None:
            return
        least = team.least_from()
        for size in range(1, len(least) + 1):
            for bodies in combinations(least, size):
                yield _Quota("least", self._persons_of(bodies), sum(least[body] for body in bodies))
        for body, most in team.most_from().items():
            yield _Quota("most", self._persons_of((body,)), most)

    def _persons_of(self, bodies: tuple[str, ...]) -> Ints:
        """The inspectors of some bodies."""
        return indexes(number for number, body in enumerate(self.staff.bodies) if body in bodies)

    def keys(self, persons: Iterable[int], reviews: Iterable[int]) -> Iterator[RowKey]:
        """Names of all rows that concern some persons or the bodies of some reviews."""
        for person in persons:
            clashes = self.clashes[int(self.staff.rests[person])]
            for rule, limits in (("clash", clashes), *self.rules.items()):
                for number in np.flatnonzero(limits.limits[person] < UNBOUNDED).tolist():
                    yield RowKey(rule, person, number)
        for review in reviews:
            for number, bodies in enumerate(self.body_sets):
                if self.needed_outside(review, bodies) > 0:
                    yield RowKey("bodies", review, number)
            for number, quota in enumerate(self.quotas[review]):
                yield RowKey(quota.rule, review, number)

    def row(self, key: RowKey) -> Row:
        """The row of a name (see `clashes` and `rules`).

        'bodies': whatever set of fewer bodies than the team needs is taken away, enough seats remain, where an
        uncovered seat may still bring another body (R056). 'least' and 'most': members of some bodies (R144).
        """
        if key.rule in ("least", "most"):
            quota, reviews = self.quotas[key.owner][key.number], indexes([key.owner])
            if key.rule == "most":
                return Row(quota.persons, reviews, quota.members)
            return Row(quota.persons, reviews, -quota.members, sign=-1, counts_uncovered=True)
        if key.rule == "bodies":
            bodies = self.body_sets[key.number]
            outside = np.flatnonzero(~np.isin(self.body, bodies))
            limit = -self.needed_outside(key.owner, bodies)
            return Row(outside, indexes([key.owner]), limit, sign=-1, counts_uncovered=True)
        is_clash = key.rule == "clash"
        found = self.clashes[int(self.staff.rests[key.owner])] if is_clash else self.rules[key.rule]
        person, limit = indexes([key.owner]), int(found.limits[key.owner, key.number])
        reviews = found.sets[key.number]
        return Row(person, reviews, limit, price=found.price, leaders_only=found.leaders_only)

    def belonging(self, key: RowKey, row: Row, columns: Ints) -> Mask:
        """Which of some columns of a row's owner belong to the row, shape (columns,)."""
        if key.of_team:
            return _among(row.persons, self.model.num_persons)[self.model.person[columns]]
        belongs = _among(row.reviews, len(self.model.reviews))[self.model.review[columns]]
        return belongs & self.model.leads[columns] if row.leaders_only else belongs

    def violated(self, part: Floats, leading: Floats, uncovered: Floats, with_shares: bool) -> list[RowKey]:
        """Names of the rows that a fractional assignment breaks.

        Parameters
        ----------
        part
            Shape (inspectors, reviews): how much each inspector takes part in each review.
        leading
            Same shape: how much each leads it.
        uncovered
            Shape (reviews,): uncovered seats.
        with_shares
            Whether the fair share matters.
        """
        clashes = [("clash", limits) for limits in self.clashes.values()]
        found = []
        for rule, limits in (*clashes, *self.rules.items()):
            if with_shares or limits.price is None:
                load = (leading if limits.leaders_only else part)[limits.persons] @ limits.incidence
                broken = np.argwhere(load > limits.limits[limits.persons] + TOLERANCE).tolist()
                found += [RowKey(rule, int(limits.persons[index]), number) for index, number in broken]
        return [*found, *self._violated_bodies(part, uncovered), *self._violated_quotas(part, uncovered)]

    def _violated_quotas(self, part: Floats, uncovered: Floats) -> Iterator[RowKey]:
        for review, quotas in enumerate(self.quotas):
            for number, quota in enumerate(quotas):
                there = part[quota.persons, review].sum()
                is_short = quota.rule == "least" and there + uncovered[review] < quota.members - TOLERANCE
                if is_short or (quota.rule == "most" and there > quota.members + TOLERANCE):
                    yield RowKey(quota.rule, review, number)

    def _violated_bodies(self, part: Floats, uncovered: Floats) -> Iterator[RowKey]:
        if not self.body_sets:
            return
        bodies_there = range(len(self.body_numbers))
        by_body = np.stack([part[self.body == body].sum(axis=0) for body in bodies_there])
        for number, bodies in enumerate(self.body_sets):
            outside = by_body.sum(axis=0) - by_body[list(bodies)].sum(axis=0)
            needed = np.array([max(0, self.needed_outside(n, bodies)) for n in range(part.shape[1])])
            for review in np.flatnonzero(outside + uncovered < needed - TOLERANCE).tolist():
                yield RowKey("bodies", review, number)


def _among(numbers: Ints, size: int) -> Mask:
    """Whether each of so many numbers is among some, shape (size,)."""
    among = np.zeros(size, dtype=bool)
    among[numbers] = True
    return among
