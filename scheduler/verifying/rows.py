"""Rows by name: everything that limits what areas share, derived from the problem itself.

A row says: use of all stages - slack <= right, 0 <= slack <= max_excess, slack at `price` a unit; no slack
without a price. A certificate names rows; nothing else about them is read from it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, unquote

from scheduler.values.errors import Refusal
from scheduler.values.problem import Period, PeriodLimit, Problem
from scheduler.verifying.nodes import Node
from scheduler.verifying.people import People, Staff, needed_of_bodies

Reach = Literal["runs", "runs_or_rests", "starts"]
"""Whether a stage uses a row in the weeks it runs in (and its team rests in afterwards) or by its start week."""


@dataclass(frozen=True)
class Family:
    """Rows that a stage uses in the same way; `use` are the units for each of the weeks it reaches."""

    reach: Reach
    use: Callable[[Node], int]
    is_of_people: bool = False


@dataclass(frozen=True)
class Row:
    """One row: the name of its family, the weeks that count, and what is there."""

    family: str
    weeks: range
    right: int
    price: int | None = None
    max_excess: int = 0


class RowBook:
    """Finds the row that a name means; `families` gathers how stages use those found so far."""

    def __init__(self, problem: Problem, staff: Staff) -> None:
        self.problem, self.staff = problem, staff
        self.families: dict[str, Family] = {}

    def find(self, name: str) -> Row:
        """The row of a name.

        Raises
        ------
        Refusal
            If the problem has no such row.
        """
        found = self._weekly(name) if ":week:" in name else self._single(name)
        if found is None or not is_canonical(name):
            raise Refusal(f"the problem has no row '{name}'. Use the certificate of this problem.")
        return found

    def _weekly(self, name: str) -> Row | None:
        family, _, number = name.rpartition(":week:")
        week = int(number) if number.isascii() and number.isdecimal() and len(number) < 9 else -1
        kind, _, rest = family.partition(":")
        weeks = self.problem.num_weeks + (self.staff.rest if kind == "rest" else 0)
        if str(week) != number or not 0 <= week < weeks:
            return None
        if kind == "anonymous":
            return self._anonymous(family, unquote(rest), week)
        if kind == "partner":
            return self._partner(family, unquote(rest), week)
        return self._people(family, rest if kind == "rest" else family, week, kind == "rest")

    def _people(self, family: str, group: str, week: int, with_rest: bool) -> Row | None:
        """Seats of a week against the people who could fill them.

        Who works or rests after one review in a week can neither work in nor rest after another one then: the
        later of the two last team weeks would lie in the rest of the other. So each counts once.
        """
        wanted = self._wanted(group)
        if wanted is None:
            return None
        able, seats = wanted
        reach: Reach = "runs_or_rests" if with_rest else "runs"
        self.families[family] = Family(reach, seats, is_of_people=True)
        there = self.staff.there_lately(week) if with_rest else self.staff.there[week]
        return Row(family, range(week, week + 1), (there & able).bit_count())

    def _anonymous(self, family: str, name: str, week: int) -> Row | None:
        pool = next((pool for pool in self.problem.pools if pool.id == name), None)
        if pool is None:
            return None
        units = pool.units
        for exception in pool.exceptions:
            if exception.span.first <= week < exception.span.end:
                units = exception.units
        self.families[family] = Family("runs", lambda node: node.stage.pool_demand.get(name, 0))
        return Row(family, range(week, week + 1), units)

    def _partner(self, family: str, name: str, week: int) -> Row | None:
        """On-site stages in the areas of a partner (R128)."""
        limit = next((limit for limit in self.problem.partner_limits if limit.id == name), None)
        if limit is None:
            return None
        areas, kinds = frozenset(limit.areas), frozenset(limit.kinds)
        self.families[family] = Family(
            "runs",
            lambda node: int(
                node.stage.on_site and node.activity.area in areas and node.activity.kind in kinds
            ),
        )
        return Row(family, range(week, week + 1), limit.maximum, limit.price, limit.max_excess)

    def _single(self, name: str) -> Row | None:
        kind, _, rest = name.partition(":")
        if kind == "period":
            identifier, _, side = rest.rpartition(":")
            return self._period(name, unquote(identifier), side)
        if kind == "yearly":
            parts = rest.split(":", 2)
            return self._yearly(name, *parts) if len(parts) == 3 else None
        return None

    def _period(self, name: str, identifier: str, side: str) -> Row | None:
        """Starts in a period (R014); a minimum is a maximum of negated starts."""
        limit = next((limit for limit in self.problem.period_limits if limit.id == identifier), None)
        amount = None if limit is None else {"max": limit.maximum, "min": limit.minimum}.get(side)
        if limit is None or amount is None:
            return None
        sign = 1 if side == "max" else -1
        counts = _counting(limit)
        self.families[name] = Family("starts", lambda node: sign * counts(node))
        excess = 0 if limit.price is None else limit.max_excess
        return Row(name, self._inside(limit), sign * amount, limit.price, excess)

    def _yearly(self, name: str, kind: str, identifier: str, group: str) -> Row | None:
        """Seats of reviews that begin in a period against the reviews that people may begin then."""
        of_kind = [period for period in self.problem.periods if period.kind == unquote(kind)]
        period = next((period for period in of_kind if period.id == unquote(identifier)), None)
        wanted = self._wanted(group)
        if period is None or wanted is None:
            return None
        able, seats = wanted
        most = self.staff.most_reviews(able, period)
        if most is None:
            return None
        self.families[name] = Family(
            "starts", lambda node: seats(node) if node.is_first_team else 0, is_of_people=True
        )
        return Row(name, self._inside(period), most)

    def _inside(self, limit: Period | PeriodLimit) -> range:
        return range(max(0, limit.span.first), min(limit.span.end, self.problem.num_weeks))

    def _wanted(self, group: str) -> tuple[People, Callable[[Node], int]] | None:
        """Who belongs to a group of people, and how many of them a stage needs; None if it is no group.

        Either those with some skills, or those of one body (R144): `body:CQC`.
        """
        kind, _, listed = group.partition(":")
        if kind == "body":
            body = unquote(listed)
            if all(body not in needed_of_bodies(activity) for activity in self.problem.activities):
                return None
            return self.staff.of_body(body), lambda node: _members(node, body)
        skills = self._skills(group)
        return None if skills is None else (self.staff.able(skills), lambda node: _seats(node, skills))

    def _skills(self, group: str) -> frozenset[str] | None:
        """`everybody`, `pool:camhs` or `hall:camhs+education`; None if it is none of them."""
        if group == "everybody":
            return self.staff.skills
        kind, _, listed = group.partition(":")
        skills = frozenset(unquote(skill) for skill in listed.split("+"))
        is_right = (len(skills) == 1 and kind == "pool") or (len(skills) > 1 and kind == "hall")
        return skills if is_right and skills <= self.staff.skills else None


def is_canonical(name: str) -> bool:
    """Whether a name is escaped in the one right way: a row under two names would earn its slack twice."""
    return all(quote(unquote(part)) == part for part in re.split("[:+]", name))


def _seats(node: Node, skills: frozenset[str]) -> int:
    """Seats that only people with one of the skills can fill."""
    return sum(count for skill, count in node.seats if skill in skills)


def _members(node: Node, body: str) -> int:
    """Members of a team at work whom only people of one body can be."""
    return needed_of_bodies(node.activity).get(body, 0) if node.stage.uses_team else 0


def _counting(limit: PeriodLimit) -> Callable[[Node], int]:
    kinds = frozenset(limit.kinds)
    areas = None if limit.areas is None else frozenset(limit.areas)

    def count(node: Node) -> int:
        is_counted = node.activity.kind in kinds and (areas is None or node.activity.area in areas)
        return int(node.index == 0 and is_counted)

    return count
