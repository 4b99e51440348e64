"""Rules that tie the columns of the team problem together, as rows made on demand.

There are far too many to list (persons x sets of clashing reviews), so a relaxation asks for those
that it violates, and an exact search for those of the persons it may still use.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.people.bodies import bodies_needed
from scheduler.people.past_work import drafting_sets, past_begun, past_drafts
from scheduler.people.team_model import TeamModel, indexes
from scheduler.people.work_weeks import clash_cliques
from scheduler.values.arrays import TOLERANCE, Floats, Ints
from scheduler.values.value import Week


class RowKey(NamedTuple):
    """Names a row: its rule, the person or (for 'bodies') the review, and the number of the set within the rule."""

    rule: str
    owner: int
    number: int


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


class TeamRows:
    """All rows of one model."""

    def __init__(self, model: TeamModel) -> None:
        self.model = model
        self.inspectors = model.problem.inspectors
        self.prices = model.problem.team_prices
        self.begun = past_begun(model.problem)
        self.past_drafts = past_drafts(model.problem)

    @cached_property
    def cliques(self) -> dict[int, list[Ints]]:
        """Sets of clashing reviews, by rest weeks of the person."""
        rests = sorted({inspector.rest_weeks for inspector in self.inspectors})
        return {rest: [indexes(clique) for clique in clash_cliques(self.model.weeks, rest)] for rest in rests}

    @cached_property
    def periods(self) -> list[tuple[str, Ints]]:
        """Kind of every period, and the reviews whose first team week lies in it."""
        first = [weeks[0] if weeks else None for weeks in self.model.weeks]
        return [
            (
                period.kind,
                indexes(i for i, week in enumerate(first) if week is not None and week in period.span),
            )
            for period in self.model.problem.periods
        ]

    @cached_property
    def drafts(self) -> list[tuple[Week, Ints]]:
        """Weeks in which a report is begun, and the reviews drafted then (R052)."""
        found = drafting_sets(self.model.drafting, self.past_drafts.values())
        return [(week, indexes(reviews)) for week, reviews in found]

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
        return {
            body: n
            for n, body in enumerate(sorted(joint | {inspector.body for inspector in self.inspectors}))
        }

    @cached_property
    def body(self) -> Ints:
        """Body of each inspector as a number, shape (inspectors,)."""
        return indexes(self.body_numbers[inspector.body] for inspector in self.inspectors)

    def minimum_bodies(self, review: int) -> int:
        """Bodies that a team needs; a team smaller than its minimum needs one per member."""
        return bodies_needed(self.model.reviews[review].team)

    def needed_outside(self, review: int, bodies: tuple[int, ...]) -> int:
        """Fewest members that come from other bodies than these (R056); joint places bring some (R035)."""
        team = self.model.reviews[review].team
        joint = sum(p.count for p in team.joint if self.body_numbers[p.body] not in bodies) if team else 0
        return self.minimum_bodies(review) - len(bodies) - joint

    def keys(self, persons: Iterable[int], reviews: Iterable[int]) -> Iterator[RowKey]:
        """Names of all rows that concern some persons or the bodies of some reviews."""
        for person in persons:
            inspector = self.inspectors[person]
            for number in range(len(self.cliques[inspector.rest_weeks])):
                yield RowKey("clash", person, number)
            for number, (kind, _) in enumerate(self.periods):
                if kind in inspector.max_reviews:
                    yield RowKey("maximum", person, number)
                if self._is_fair_period(kind):
                    yield RowKey("share", person, number)
            for number in range(len(self.drafts) if inspector.is_leader else 0):
                yield RowKey("drafting", person, number)
        for review in reviews:
            for number, bodies in enumerate(self.body_sets):
                if self.needed_outside(review, bodies) > 0:
                    yield RowKey("bodies", review, number)

    def row(self, key: RowKey) -> Row:
        """The row of a name.

        'clash': one review at a time, rest after it, and one seat a review (R059). 'maximum': reviews a period.
        'share': reviews above the fair share are priced; past reviews take their part of both. 'drafting': reports
        that a leader drafts in a week (R052), past ones included. 'bodies': whatever set of fewer bodies than the team
        needs is taken away, enough seats remain, where an uncovered seat may still bring another body (R056).
        """
        if key.rule == "bodies":
            bodies = self.body_sets[key.number]
            outside = np.flatnonzero(~np.isin(self.body, bodies))
            limit = -self.needed_outside(key.owner, bodies)
            return Row(outside, indexes([key.owner]), limit, sign=-1, counts_uncovered=True)
        inspector, person = self.inspectors[key.owner], indexes([key.owner])
        if key.rule == "clash":
            return Row(person, self.cliques[inspector.rest_weeks][key.number], 1)
        if key.rule == "drafting":
            return Row(person, self.drafts[key.number][1], self._drafts_left(key), leaders_only=True)
        kind, reviews = self.periods[key.number]
        past = int(self.begun[key.owner, key.number])
        if key.rule == "maximum":
            return Row(person, reviews, max(0, inspector.max_reviews[kind] - past))
        share = max(0, self.prices.fair_share - past)
        return Row(person, reviews, share, price=self.prices.per_review_over_share)

    def _drafts_left(self, key: RowKey) -> int:
        """Reports that a leader may draft in a week beside those of past reviews."""
        past = self.past_drafts.get(self.inspectors[key.owner].id)
        week, _ = self.drafts[key.number]
        return max(0, self.model.problem.leader_drafts - (past[week] if past else 0))

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
        return [
            *self._violated_clashes(part),
            *self._violated_periods(part, with_shares),
            *self._violated_drafts(leading),
            *self._violated_bodies(part, uncovered),
        ]

    def _violated_clashes(self, part: Floats) -> Iterator[RowKey]:
        rests = indexes(inspector.rest_weeks for inspector in self.inspectors)
        for rest, cliques in self.cliques.items():
            persons = np.flatnonzero(rests == rest)
            broken = part[persons] @ self._incidence(cliques) > 1 + TOLERANCE
            for person, number in np.argwhere(broken).tolist():
                yield RowKey("clash", int(persons[person]), number)

    def _violated_periods(self, part: Floats, with_shares: bool) -> Iterator[RowKey]:
        load = part @ self._incidence([reviews for _, reviews in self.periods])
        for number, (kind, _) in enumerate(self.periods):
            for person in np.flatnonzero(load[:, number] > TOLERANCE).tolist():
                wanted = {
                    "maximum": kind in self.inspectors[person].max_reviews,
                    "share": with_shares and self._is_fair_period(kind),
                }
                for key in (RowKey(rule, person, number) for rule, is_wanted in wanted.items() if is_wanted):
                    if load[person, number] > self.row(key).limit + TOLERANCE:
                        yield key

    def _violated_drafts(self, leading: Floats) -> Iterator[RowKey]:
        load = leading @ self._incidence([reviews for _, reviews in self.drafts])
        for person, number in np.argwhere(load > TOLERANCE).tolist():
            key = RowKey("drafting", person, number)
            if load[person, number] > self._drafts_left(key) + TOLERANCE:
                yield key

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

    def _is_fair_period(self, kind: str) -> bool:
        return kind == self.prices.fair_period and self.prices.per_review_over_share > 0

    def _incidence(self, sets: list[Ints]) -> NDArray[np.float64]:
        """Shape (reviews, sets): 1 where a review belongs to a set."""
        incidence = np.zeros((len(self.model.reviews), len(sets)))
        for number, reviews in enumerate(sets):
            incidence[reviews, number] = 1.0
        return incidence
