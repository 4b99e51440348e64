"""Who is in which team, as rows of the model beside the choice of timetables."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations

from ortools.sat.python import cp_model

from scheduler.values.plan import TeamMember
from scheduler.values.problem import Activity, Inspector, Problem
from tests.adversary.choice import Choice, Total
from tests.adversary.prices import fair_periods, kilometres, share_left
from tests.adversary.seats import (
    LEADER,
    clash,
    drafts_left,
    is_there,
    may_ever_fill,
    num_bodies,
    num_seats,
    past_of,
    reserved,
    reviews_left,
    staying,
)
from tests.adversary.weeks import team_weeks

Weeks = tuple[int, ...]


class People:
    """A variable for each seat and each person who may ever fill it, and all rules of people.

    Attributes
    ----------
    sits
        By activity, skill and number of the person.
    runs
        By activity the weeks that its team may be busy in, each with what is 1 if these are its weeks.
    """

    def __init__(self, problem: Problem, cp: cp_model.CpModel, choice: Choice) -> None:
        self.problem, self.cp = problem, cp
        self.reviews = [activity for activity in problem.activities if activity.team is not None]
        self.sits = {
            (review.id, skill, number): cp.new_bool_var("")
            for review in self.reviews
            for skill in num_seats(review)
            for number, person in enumerate(problem.inspectors)
            if may_ever_fill(review, skill, person)
        }
        seats = defaultdict(list)
        for (review_id, _, number), is_sitting in self.sits.items():
            seats[review_id, number].append(is_sitting)
        self._teams: dict[tuple[str, int], Total] = {key: sum(places) for key, places in seats.items()}
        self.runs: dict[str, dict[Weeks, Total]] = {
            review.id: _runs(review, choice) for review in self.reviews
        }
        for review in self.reviews:
            self._seats(review)
            self._bodies(review)
            self._quotas(review)
            self._at_work(review)
            self._reserved(review)
        for number, person in enumerate(problem.inspectors):
            self._one_place_at_a_time(number, person)
            self._yearly_maximum(number, person)
            self._drafting(number, person)

    def members(self, solver: cp_model.CpSolver) -> tuple[TeamMember, ...]:
        """Who sits where in a solution."""
        return tuple(
            TeamMember(activity=review, skill=skill, inspector=self.problem.inspectors[number].id)
            for (review, skill, number), sits in self.sits.items()
            if solver.value(sits)
        )

    def uncovered(self) -> Total:
        """Demanded seats that nobody fills."""
        return sum(sum(num_seats(review).values()) for review in self.reviews) - sum(self.sits.values())

    def cost(self) -> Total:
        """The cost of people: travel, fairness, change."""
        prices = self.problem.team_prices
        travel = sum(prices.per_km * self._distance(*key[::2]) * sits for key, sits in self.sits.items())
        fairness = sum(prices.per_review_over_share * over for over in self._over_share())
        return travel + fairness + prices.per_person_changed * sum(self._changed())

    def _in(self, review: str, number: int) -> Total:
        """1 if a person is in a team, whatever the seat."""
        return self._teams.get((review, number), 0)

    def _seats(self, review: Activity) -> None:
        """No seat more than demanded (R055, R059), one seat for each person, who is there throughout (R028, R062)."""
        for skill, count in num_seats(review).items():
            filled = [
                sits for (name, wanted, _), sits in self.sits.items() if (name, wanted) == (review.id, skill)
            ]
            self.cp.add(sum(filled) <= count)
        for number, person in enumerate(self.problem.inspectors):
            away = [
                runs
                for weeks, runs in self.runs[review.id].items()
                if not is_there(self.problem, person, weeks)
            ]
            self.cp.add(self._in(review.id, number) + sum(away) <= 1)

    def _at_work(self, review: Activity) -> None:
        """Who is at work and may go on stays, and others get only the seats of those who may not (R019, R043)."""
        if review.team is None or review.team.at_work is None:
            return
        numbers = {person.id: number for number, person in enumerate(self.problem.inspectors)}
        for weeks, runs in self.runs[review.id].items():
            stay = set(staying(self.problem, review, weeks))
            for skill in num_seats(review):
                seated = {
                    (place.skill, place.inspector) for place in review.team.at_work if place.skill == skill
                }
                kept = {(skill, name) for of, name in stay if of == skill}
                for _, name in kept:
                    self.cp.add(self.sits[review.id, skill, numbers[name]] >= runs)
                others = [
                    sits
                    for (of, seat, number), sits in self.sits.items()
                    if (of, seat) == (review.id, skill)
                    and (skill, self.problem.inspectors[number].id) not in kept
                ]
                left = len(seated) - len(kept)
                self.cp.add(sum(others) <= left + len(others) * (1 - runs))

    def _reserved(self, review: Activity) -> None:
        """A seat kept for somebody who could have it is theirs or open, and they have no other one there (R043)."""
        kept = set(reserved(self.problem, review))
        holders = {name for _, name in kept}
        for skill, count in num_seats(review).items():
            others = []
            for (of, seat, number), sits in self.sits.items():
                name = self.problem.inspectors[number].id
                if (of, seat) == (review.id, skill) and (skill, name) not in kept:
                    others.append(sits)
                    if name in holders:
                        self.cp.add(sits == 0)
            self.cp.add(sum(others) <= count - sum(seat == skill for seat, _ in kept))

    def _bodies(self, review: Activity) -> None:
        """A team with anybody in it comes from enough bodies; an open seat may still bring another (R002, R056, R035).

        The documents say nothing of a team of which every seat is open; the checker asks no bodies of it.
        """
        shared = review.team.joint if review.team else ()
        joint, by_body = {place.body for place in shared}, defaultdict(list)
        seats = {key: sits for key, sits in self.sits.items() if key[0] == review.id}
        for (_, _, number), sits in seats.items():
            by_body[self.problem.inspectors[number].body].append(sits)
        bodies: list[Total] = []
        for body, members in by_body.items():
            if body not in joint:
                bodies.append(self.cp.new_bool_var(""))
                self.cp.add(bodies[-1] <= sum(members))
        still_open = sum(num_seats(review).values()) - sum(seats.values())
        for sits in seats.values():
            self.cp.add(len(joint) + sum(bodies) + still_open >= num_bodies(review)).only_enforce_if(sits)

    def _quotas(self, review: Activity) -> None:
        """Few enough and enough members of a body (R144); each open seat may still bring one that is missing.

        As for bodies, nothing is asked of a team of which every seat is open.
        """
        quotas = review.team.quotas if review.team else ()
        shared = review.team.joint if review.team else ()
        seats = {key: sits for key, sits in self.sits.items() if key[0] == review.id}
        missing: list[Total] = []
        for quota in quotas:
            members = sum(place.count for place in shared if place.body == quota.body) + sum(
                sits
                for (_, _, number), sits in seats.items()
                if self.problem.inspectors[number].body == quota.body
            )
            if quota.maximum is not None:
                self.cp.add(members <= quota.maximum)
            missing.append(self.cp.new_int_var(0, quota.minimum, ""))
            self.cp.add(missing[-1] >= quota.minimum - members)
        still_open = sum(num_seats(review).values()) - sum(seats.values())
        for sits in seats.values() if quotas else ():
            self.cp.add(sum(missing) <= still_open).only_enforce_if(sits)

    def _one_place_at_a_time(self, number: int, person: Inspector) -> None:
        """One review a week (R028, R047) and rest, beside other reviews and past ones."""
        rest = person.rest_weeks
        for review in self.reviews:
            for weeks, runs in self.runs[review.id].items():
                if any(clash(weeks, review.team_weeks, rest) for review in past_of(self.problem, person.id)):
                    self.cp.add(self._in(review.id, number) + runs <= 1)
        for one, other in combinations(self.reviews, 2):
            both = self._in(one.id, number) + self._in(other.id, number)
            for weeks, runs in self.runs[one.id].items():
                bad = sum(
                    others
                    for other_weeks, others in self.runs[other.id].items()
                    if clash(weeks, other_weeks, rest)
                )
                self.cp.add(both + runs + bad <= 3)

    def _yearly_maximum(self, number: int, person: Inspector) -> None:
        """Reviews that begin in a period (R028)."""
        for period in self.problem.periods:
            if period.kind in person.max_reviews:
                begun = [
                    self._both(
                        self._in(review.id, number),
                        self._when(review, lambda weeks, p=period: weeks[0] in p.span),
                    )
                    for review in self.reviews
                ]
                self.cp.add(sum(begun) <= reviews_left(self.problem, person, period))

    def _drafting(self, number: int, person: Inspector) -> None:
        """Few reports at a time, in the weeks after the last team week (R052), beyond the horizon too."""
        led = [review for review in self.reviews if (review.id, LEADER, number) in self.sits]
        last = max((review.team.drafting_weeks for review in led if review.team is not None), default=0)
        for week in range(self.problem.num_weeks + last):
            load = [
                self._both(
                    self.sits[review.id, LEADER, number],
                    self._when(
                        review, lambda weeks, w=week, n=review.team.drafting_weeks: 0 < w - weeks[-1] <= n
                    ),
                )
                for review in led
                if review.team is not None
            ]
            left = drafts_left(self.problem, person.id, week)
            if len(load) > left:
                self.cp.add(sum(load) <= left)

    def _when(self, review: Activity, condition: Callable[[Weeks], bool]) -> Total:
        """1 if the team weeks of a review are such."""
        return sum(runs for weeks, runs in self.runs[review.id].items() if condition(weeks))

    def _both(self, one: Total, other: Total) -> Total:
        """1 if both are, and perhaps if not: for what is better low."""
        both = self.cp.new_bool_var("")
        self.cp.add(both >= one + other - 1)
        return both

    def _distance(self, review: str, number: int) -> int:
        activity = next(activity for activity in self.reviews if activity.id == review)
        area = next(area for area in self.problem.areas if area.id == activity.area)
        return kilometres(self.problem.inspectors[number].home, area.location)

    def _over_share(self) -> Iterator[Total]:
        """Reviews of a person above what is left of the fair share of a period."""
        for period in fair_periods(self.problem) if self.problem.team_prices.per_review_over_share else ():
            span = self.problem.periods[period].span
            for number, person in enumerate(self.problem.inspectors):
                begun = [
                    self._both(
                        self._in(review.id, number), self._when(review, lambda weeks, s=span: weeks[0] in s)
                    )
                    for review in self.reviews
                ]
                over = self.cp.new_int_var(0, len(begun), "")
                self.cp.add(over >= sum(begun) - share_left(self.problem, person.id, period))
                yield over

    def _changed(self) -> Iterator[Total]:
        """Announced people who are not in the team any more; who has left the inspectorates is one of them."""
        numbers = {person.id: number for number, person in enumerate(self.problem.inspectors)}
        for review in self.reviews:
            for name in set(review.published.members) if review.published is not None else ():
                yield 1 - (self._in(review.id, numbers[name]) if name in numbers else 0)


def _runs(review: Activity, choice: Choice) -> dict[Weeks, Total]:
    chosen: dict[Weeks, list[Total]] = defaultdict(list)
    for timetable, is_chosen in choice.options:
        if review.id in timetable.starts:
            chosen[team_weeks(review, timetable.starts[review.id])].append(is_chosen)
    return {weeks: sum(options) for weeks, options in chosen.items()}
