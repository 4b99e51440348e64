"""Which counts show that people do not suffice: skills, unions, everybody, rest, yearly maxima, whole teams.

These are facts by counting; each of them alone proves that so many places stay uncovered at least.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from scheduler.areas.graph import AreaGraph
from scheduler.dates.remaining import Room
from scheduler.dates.rows import Rows
from scheduler.dates.unions import separate_unions
from scheduler.explaining.row_names import merged
from scheduler.people.capacity import People, body_demand, team_demand
from scheduler.people.matching import most_pairs
from scheduler.people.team_model import TeamModel
from scheduler.people.work_weeks import team_weeks
from scheduler.values.problem import Activity, Problem
from scheduler.values.row_facts import RowKind, RowName
from scheduler.values.value import NonNegative, Starts, Value, WeekSpan


class ShortPool(Value):
    """In every week of `span` (or in reviews that begin in it) `needed` places stand against `available` people.

    Attributes
    ----------
    skills
        The people with one of these skills ('leader' for leaders); empty: all people, or those of `body`.
    owner
        The period of a yearly maximum, the activity of a whole team.
    """

    kind: RowKind
    skills: tuple[str, ...]
    body: str = ""
    owner: str
    span: WeekSpan
    needed: NonNegative
    available: NonNegative

    @property
    def lack(self) -> int:
        """So many places stay uncovered at least."""
        return self.needed - self.available


class PeopleRows:
    """Rows of people for one problem, and how many places there are beside a component that moves."""

    def __init__(self, graph: AreaGraph, starts: Starts) -> None:
        self.problem = graph.problem
        # All timetables are looked at, also those for which no whole team is there: that is a fact to be told.
        rows = Rows(replace(graph, whole_teams=True), People(self.problem))
        self.room = Room(rows, dict(graph.starts_by_component(starts)))

    def short(self, component: int, timetable: tuple[int, ...], starts: Starts) -> tuple[ShortPool, ...]:
        """What is short in the weeks of a component's timetable, the others where they are.

        Parameters
        ----------
        starts
            Start weeks of all activities, the component's timetable included.
        """
        before = self.room.take(component)
        without = self.room.used.copy()
        self.room.put(component, timetable)
        touched = self.room.used > without
        if separate_unions(self.room.rows, np.where(touched, self.room.used, 0).astype(float)):
            self.room = Room(self.room.rows, self.room.starts)
            touched = np.concatenate([touched, np.ones(self.room.rows.num_rows - len(touched), dtype=bool)])
        lack = np.where(touched, self.room.used - self.room.rows.rhs, 0)
        found = list(_merged(self.room, np.flatnonzero(lack > 0).tolist()))
        self.room.take(component)
        self.room.put(component, before)
        names = self.room.rows.graph.names(component)
        reviews = [
            activity
            for activity in self.problem.activities
            if activity.id in names and activity.team is not None
        ]
        return (*found, *(short for review in reviews for short in _whole_team(self.problem, review, starts)))


def _merged(room: Room, short: list[int]) -> Iterator[ShortPool]:
    weekly: dict[RowName, dict[int, tuple[int, int]]] = {}
    periods = {period.id: period.span for period in room.rows.problem.periods}
    for row in short:
        name = room.rows.about(row)
        needed, available = int(room.used[row]), int(room.rows.rhs[row])
        if name.kind == "yearly":
            yield _pool(name, periods[name.owner], needed, available)
        elif name.kind in ("people", "rest"):
            assert name.week is not None
            line = name.in_week(None)
            weekly.setdefault(line, {})[name.week] = (needed, available)
    for line, weeks in weekly.items():
        for span, (needed, available) in merged(weeks):
            yield _pool(line, span, needed, available)


def _pool(row: RowName, span: WeekSpan, needed: int, available: int) -> ShortPool:
    return ShortPool(
        kind=row.kind,
        skills=row.skills,
        body=row.body,
        owner=row.owner,
        span=span,
        needed=needed,
        available=available,
    )


def _whole_team(problem: Problem, review: Activity, starts: Starts) -> Iterator[ShortPool]:
    """Skills for which too few independent people are there in all weeks of the team, were it alone."""
    weeks = team_weeks(review, starts[review.id])
    if not weeks:
        return
    model = TeamModel(problem.model_copy(update={"activities": (review,)}), starts)
    able: dict[str, set[int]] = defaultdict(set)
    for number, seat in enumerate(model.seats):
        able[seat.skill].update(model.person[model.seat == number].tolist())
    span = WeekSpan(first=weeks[0], end=weeks[-1] + 1)
    demand = dict(team_demand(review))
    for skill, count in demand.items():
        if len(able[skill]) < count:
            yield _pool(_team_row(review, skill), span, count, len(able[skill]))
    wanted = [sorted(able[skill]) for skill, count in demand.items() for _ in range(count)]
    pairs, alone = most_pairs(wanted), sum(min(len(able[skill]), count) for skill, count in demand.items())
    if pairs < alone:
        yield _pool(_team_row(review, *sorted(demand)), span, len(wanted), pairs)
    everybody = {person for people in able.values() for person in people}
    for body, count in body_demand(review):
        there = sum(problem.inspectors[person].body == body for person in everybody)
        if there < count:
            row = RowName(kind="whole_team", body=body, owner=review.id)
            yield _pool(row, span, count, there)


def _team_row(review: Activity, *skills: str) -> RowName:
    return RowName(kind="whole_team", skills=skills, owner=review.id)


def telling(pools: Sequence[ShortPool]) -> tuple[ShortPool, ...]:
    """Those that say more than others do: no union that lacks no more than its skills do, no rest that adds nothing."""
    known = {(pool.kind, pool.skills, pool.span): pool.lack for pool in pools if not pool.body}
    kept = [pool for pool in pools if pool.body and not _is_told(pool, pools)]
    for pool in pools:
        if pool.body:
            continue
        parts = [
            lack
            for (kind, skills, span), lack in known.items()
            if kind == pool.kind and span == pool.span and len(skills) == 1 and _within(skills, pool.skills)
        ]
        is_sum = len(pool.skills) != 1 and sum(parts) >= pool.lack
        weekly = [
            lack
            for (kind, skills, span), lack in known.items()
            if kind == "people" and skills == pool.skills and _overlap(span, pool.span)
        ]
        if not is_sum and not (pool.kind == "rest" and max(weekly, default=0) >= pool.lack):
            kept.append(pool)
    return tuple(kept)


def _is_told(pool: ShortPool, pools: Sequence[ShortPool]) -> bool:
    """Whether the people of a body are short by their work alone already, where a pool counts the rest after it."""
    return pool.kind == "rest" and any(
        other.kind == "people"
        and other.body == pool.body
        and _overlap(other.span, pool.span)
        and other.lack >= pool.lack
        for other in pools
    )


def _within(skills: tuple[str, ...], union: tuple[str, ...]) -> bool:
    return not union or set(skills) <= set(union)


def _overlap(span: WeekSpan, other: WeekSpan) -> bool:
    return span.first < other.end and other.first < span.end


def least_lack(pools: tuple[ShortPool, ...]) -> int:
    """So many places stay uncovered at least, by the largest count and by the sum over skills of one team."""
    single = [pool.lack for pool in pools if pool.kind == "whole_team" and len(pool.skills) == 1]
    return max([sum(single), *(pool.lack for pool in pools)], default=0)
