"""Capacity pre-check: what is proven to be short before any search, with numbers.

Every statement is a proof by counting: within some weeks the activities need at least so much, and only so
much is there. An empty answer proves nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

import numpy as np

from scheduler.areas.edges import is_allowed
from scheduler.areas.graph import AreaGraph
from scheduler.counting.windows import possible_weeks
from scheduler.dates.lines import Line, named_skills
from scheduler.dates.prepared import Prepared
from scheduler.dates.rows import Rows
from scheduler.dates.unions import violated_union
from scheduler.people.capacity import People, body_demand, team_demand
from scheduler.values.arrays import Ints, Mask
from scheduler.values.problem import Problem
from scheduler.values.result import Shortage, ShortageKind
from scheduler.values.row_facts import RowName
from scheduler.values.value import WeekSpan

MAX_SPANS = 400
"""At most so many spans of several weeks are looked at, beside each single week."""


def precheck(problem: Problem) -> tuple[Shortage, ...]:
    """Everything that is proven to be short in a valid problem, the largest lack of each pool only."""
    return lacking(Prepared(problem).rows(whole_teams=True))


def lacking(rows: Rows) -> tuple[Shortage, ...]:
    """The same of rows of whole teams."""
    demand = Demand(rows)
    if demand.stranded:
        return (*_too_few_holders(rows.problem), *_stranded(rows.graph, demand.stranded))
    found = [*demand.weekly(), *demand.unions(), *demand.starts(), *_covered_windows(rows, demand)]
    return _largest(found)


class Demand:
    """How much each kind of stage needs at least within a span, over all its possible start weeks.

    Attributes
    ----------
    stranded
        Components without any timetable that keeps to what is there.
    profile, count, possible
        Stages of equal profile and equal possible start weeks are counted together: shapes (kinds,),
        (kinds,), (kinds, weeks).
    """

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.num_weeks = rows.num_weeks
        self.weekly_lines = [
            number for number, line in enumerate(rows.lines) if line.span is None and not line.with_rest
        ]
        fitting = self._fitting()
        counted: dict[tuple[int, bytes], int] = defaultdict(int)
        self.stranded: list[int] = []
        for number, group in enumerate(rows.graph.groups):
            profiles = rows.profile[number]
            allowed = is_allowed(group.node_costs) & fitting[profiles].transpose(0, 2, 1)
            possible = possible_weeks(group, allowed)
            self.stranded += group.members[~possible[0].any(axis=0)].tolist()
            for node in range(group.num_nodes):
                for position in range(len(group.members)):
                    weeks = np.packbits(possible[node, :, position]).tobytes()
                    counted[int(profiles[node, position]), weeks] += 1
        self.profile = np.array([profile for profile, _ in counted], dtype=np.int64)
        self.count = np.array(list(counted.values()), dtype=np.int64)
        self.possible = np.array(
            [np.unpackbits(np.frombuffer(w, dtype=np.uint8), count=self.num_weeks) for _, w in counted],
            dtype=bool,
        ).reshape(len(counted), self.num_weeks)
        self.duration = np.array([rows.profiles[p].duration for p in self.profile], dtype=np.int64)

    def weekly(self) -> Iterator[Shortage]:
        """Lines of rows by week: skills, everybody, anonymous pools, partner groups."""
        if not self.weekly_lines:
            return
        use = np.array([self.rows.use[number][self.profile] for number in self.weekly_lines]).T
        there = self._there(use)
        sums = np.concatenate([np.zeros((len(there), 1), dtype=np.int64), np.cumsum(there, axis=1)], axis=1)
        for span in self.spans():
            needed = (self.least(span) * self.count) @ use
            capacity = sums[:, span.end] - sums[:, span.first]
            for index in np.flatnonzero(needed > capacity):
                line = self.rows.lines[self.weekly_lines[index]]
                yield _shortage("work", [line.about], span, int(needed[index]), int(capacity[index]))

    def unions(self) -> Iterator[Shortage]:
        """Unions of skills over each span (Hall's theorem)."""
        people = self.rows.people
        if not people.skills:
            return
        teams = [dict(self.rows.profiles[profile].team) for profile in self.profile]
        use = np.array([[team.get(skill, 0) for skill in people.skills] for team in teams], dtype=np.int64)
        users = np.flatnonzero(use.sum(axis=1))
        busy = np.flatnonzero(self.covered[users].sum(axis=0))
        for span in self.spans():
            needed = (self.least(span) * self.count) @ use
            weeks = busy[(busy >= span.first) & (busy < span.end)]
            if not needed.any():
                continue
            supply = {held: int(counts[weeks].sum()) for held, counts in people.counts.items()}
            union = violated_union(people.skills, needed.astype(float), supply, tolerance=0.5)
            if union is not None:
                demand = int(
                    sum(units for skill, units in zip(people.skills, needed, strict=True) if skill in union)
                )
                capacity = sum(units for held, units in supply.items() if held & union)
                about = RowName(kind="people", skills=named_skills(people, union))
                yield _shortage("work", [about], span, demand, capacity)

    def starts(self) -> Iterator[Shortage]:
        """Lines of a single row: period limits and yearly maxima."""
        for line, use in zip(self.rows.lines, self.rows.use, strict=True):
            if line.span is None:
                continue
            counted = use[self.profile]
            inside, outside = self._inside(line.span)
            needed = int((self.count * counted)[(counted > 0) & inside & ~outside].sum())
            helping = int((self.count * counted)[(counted < 0) & inside].sum())
            capacity = int(line.rhs[0] + line.max_excess)
            if (helping and needed + helping > capacity) or (helping == 0 and needed > capacity):
                if capacity < 0:
                    yield _shortage("minimum", [line.about], line.span, -capacity, -helping)
                else:
                    yield _shortage("starts", [line.about], line.span, needed, capacity)

    def spans(self) -> list[WeekSpan]:
        """Single weeks, and spans from a first possible week to a last one."""
        busy = self.possible.any(axis=1)
        first = np.unique(self.possible[busy].argmax(axis=1))
        last = self.num_weeks - self.possible[busy][:, ::-1].argmax(axis=1)
        end = np.unique(np.minimum(last - 1 + self.duration[busy], self.num_weeks))
        pairs = [(int(a), int(b)) for a in first for b in end if b - a > 1]
        pairs = sorted(pairs, key=lambda pair: pair[0] - pair[1])[:MAX_SPANS]
        singles = [(week, week + 1) for week in range(self.num_weeks)]
        return [WeekSpan(first=a, end=b) for a, b in dict.fromkeys(pairs + singles)]

    def least(self, span: WeekSpan) -> Ints:
        """The fewest weeks of each kind of stage within a span, whenever it starts; shape (kinds,)."""
        least: Ints = np.zeros(len(self.duration), dtype=np.int64)
        first, last = self._extremes
        # Who can start after the span, or be over before it, needs nothing of it: most kinds in most spans.
        bound = np.flatnonzero((first + self.duration > span.first) & (last < span.end))
        starts = np.arange(self.num_weeks)[None, :]
        ends = np.minimum(starts + self.duration[bound, None], span.end)
        overlap = np.maximum(0, ends - np.maximum(starts, span.first))
        least[bound] = np.where(self.possible[bound], overlap, self.num_weeks).min(axis=1)
        return least

    @cached_property
    def _extremes(self) -> tuple[Ints, Ints]:
        """First and last possible start week of each kind; the whole horizon's end and beginning if it has none."""
        some = self.possible.any(axis=1)
        first = np.where(some, self.possible.argmax(axis=1), self.num_weeks)
        last = np.where(some, self.num_weeks - 1 - self.possible[:, ::-1].argmax(axis=1), -1)
        return first, last

    def _inside(self, span: WeekSpan) -> tuple[Mask, Mask]:
        weeks = np.arange(self.num_weeks)
        within = (weeks >= span.first) & (weeks < span.end)
        return self.possible[:, within].sum(axis=1) > 0, self.possible[:, ~within].sum(axis=1) > 0

    @cached_property
    def covered(self) -> Mask:
        """Weeks in which each kind of stage may run, shape (kinds, weeks)."""
        covered = np.zeros_like(self.possible)
        for shift in range(int(self.duration.max(initial=0))):
            later = self.duration > shift
            covered[later, shift:] |= self.possible[later, : self.num_weeks - shift]
        return covered

    def _there(self, use: Ints) -> Ints:
        """What each weekly line has in weeks in which any of its users may run, shape (lines, weeks)."""
        there = np.zeros((len(self.weekly_lines), self.num_weeks), dtype=np.int64)
        for index, number in enumerate(self.weekly_lines):
            line = self.rows.lines[number]
            there[index] = np.where(
                self.covered[use[:, index] > 0].any(axis=0), line.rhs + line.max_excess, 0
            )
        return there

    def _fitting(self) -> Mask:
        """Start weeks in which a stage alone asks for no more than there is, shape (profiles, weeks)."""
        fitting = np.ones((len(self.rows.profiles), self.num_weeks), dtype=bool)
        for number in self.weekly_lines:
            line, use = self.rows.lines[number], self.rows.use[number]
            there = line.rhs + line.max_excess
            for profile in np.flatnonzero(use):
                short = use[profile] > there
                for shift in range(self.rows.profiles[profile].duration):
                    fitting[profile, : self.num_weeks - shift] &= ~short[shift:]
        return fitting


def _covered_windows(rows: Rows, demand: Demand) -> Iterator[Shortage]:
    """Maxima of consecutive periods that together cover every week in which their activities may start."""
    limits = [
        (line, use)
        for line, use in zip(rows.lines, rows.use, strict=True)
        if line.span is not None and use.max() > 0
    ]
    for _, users in {tuple(use.tolist()): (line, use) for line, use in limits}.values():
        kinds = users[demand.profile] > 0
        needed = int((demand.count * users[demand.profile])[kinds].sum())
        usable = [line for line, use in limits if ((use >= users) | (users == 0)).all()]
        weeks = np.flatnonzero(demand.possible[kinds].any(axis=0))
        cover = _cheapest_cover(usable, int(weeks[0]), int(weeks[-1]) + 1) if len(weeks) else None
        if cover is not None and needed > cover[0]:
            span = WeekSpan(first=int(weeks[0]), end=int(weeks[-1]) + 1)
            yield _shortage("starts", cover[1], span, needed, cover[0])


def _cheapest_cover(lines: list[Line], first: int, end: int) -> tuple[int, list[RowName]] | None:
    """The least sum of maxima of periods that cover all weeks of a span, and their rows."""
    best: dict[int, tuple[int, list[RowName]]] = {first: (0, [])}
    for week in range(first, end):
        if week not in best:
            continue
        cost, rows = best[week]
        for line in lines:
            assert line.span is not None
            if week in line.span:
                reached = min(line.span.end, end)
                total = cost + int(line.rhs[0] + line.max_excess)
                if reached not in best or total < best[reached][0]:
                    best[reached] = (total, [*rows, line.about])
    return best.get(end)


def _shortage(
    kind: ShortageKind, rows: Iterable[RowName], span: WeekSpan, demand: int, capacity: int
) -> Shortage:
    return Shortage(kind=kind, rows=tuple(rows), span=span, demand=demand, capacity=capacity)


def _too_few_holders(problem: Problem) -> Iterator[Shortage]:
    """Skills and bodies of which there are fewer people than one team demands, whenever it works (R059, R144)."""
    people, demands = People(problem), defaultdict[RowName, list[tuple[int, str]]](list)
    for activity in problem.activities:
        for skill, count in team_demand(activity):
            demands[RowName(kind="people", skills=(skill,))].append((count, activity.id))
        for body, count in body_demand(activity):
            demands[RowName(kind="people", body=body)].append((count, activity.id))
    for row, counted in sorted(demands.items(), key=lambda item: (item[0].skills, item[0].body)):
        holders = people.num_holders(row.skills, row.body)
        most, name = max(counted)
        if most > holders:
            yield Shortage(
                kind="holders",
                rows=(row,),
                activities=(name,),
                span=WeekSpan(first=0, end=problem.num_weeks),
                demand=most,
                capacity=holders,
            )


def _stranded(graph: AreaGraph, components: Iterable[int]) -> Iterator[Shortage]:
    """Activities that find no weeks even if they were alone."""
    everything = WeekSpan(first=0, end=graph.problem.num_weeks)
    for component in components:
        names = graph.names(component)
        yield Shortage(kind="stranded", activities=names, span=everything, demand=1, capacity=0)


def _largest(found: list[Shortage]) -> tuple[Shortage, ...]:
    """The largest lack of the same rows, by size."""
    best: dict[tuple[RowName, ...], Shortage] = {}
    for shortage in found:
        known = best.get(shortage.rows)
        if known is None or shortage.lack > known.lack:
            best[shortage.rows] = shortage
    return tuple(sorted(best.values(), key=_by_size))


def _by_size(shortage: Shortage) -> tuple[int, list[tuple[str, str, str, tuple[str, ...]]]]:
    return -shortage.lack, [(row.kind, row.owner, row.body, row.skills) for row in shortage.rows]
