"""What areas share: for each week and pool, period and partner group, how much is there and who uses it.

A **line** is a family of rows: one row a week (pools, partners) or a single one (periods, yearly
maxima). Every row reads `use of all columns - slack <= right-hand side`, where only priced rows have
slack, at most `max_excess`; a minimum is a row with negated use. Stages use rows through their
**profile**: stages with equal duration, demand and memberships share one, so that prices of start weeks
are computed once a profile. All rows and their names follow from the problem alone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

from scheduler.area_graph import AreaGraph
from scheduler.capacity import People, Skills, places_within, team_demand
from scheduler.problem import Activity, AnonymousPool, PartnerLimit, PeriodLimit, Problem, Stage
from scheduler.value import WeekSpan

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Profile:
    """What a stage uses while it runs (`team`, `pools`, `partners`) and when it starts (`limits`, `first_team`)."""

    duration: int
    team: tuple[tuple[str, int], ...]
    pools: tuple[tuple[str, int], ...]
    partners: tuple[str, ...]
    limits: tuple[str, ...]
    first_team: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Line:
    """A family of rows. `span` is None for one row a week, else the start weeks that count for the single row."""

    name: str
    rhs: Ints
    span: WeekSpan | None
    use: Callable[[Profile], int]
    price: int | None = None
    max_excess: int = 0


@dataclass(frozen=True)
class Entries:
    """Coefficients of columns in rows, each array of shape (entries,)."""

    column: Ints
    row: Ints
    coefficient: Ints

    @staticmethod
    def merged(column: Ints, row: Ints, coefficient: Ints) -> "Entries":
        """Entries of which several of the same column and row are added up."""
        key, inverse = np.unique(column << 32 | row, return_inverse=True)
        total = np.bincount(inverse, weights=coefficient, minlength=len(key)).astype(np.int64)
        return Entries(key >> 32, key & 0xFFFFFFFF, total)


@dataclass(frozen=True)
class Uses:
    """What a stage of one profile uses.

    Attributes
    ----------
    first, use
        Shape (weekly lines,): their first rows, and the use in each week in which the stage runs.
    offset, offset_use
        Shape (weekly lines x duration,): rows less the start week, and the use of each.
    single, single_use
        Shape (single lines,): their rows, and the use if the stage starts in a week that is counted.
    counted
        Shape (single lines, weeks).
    """

    first: Ints
    use: Ints
    offset: Ints
    offset_use: Ints
    single: Ints
    single_use: Ints
    counted: NDArray[np.bool_]


def row_name(line: Line, offset: int) -> str:
    """Name of a row of a line: `pool:camhs:week:57`, `period:FY2006:max`."""
    return line.name if line.span is not None else f"{line.name}:week:{offset}"


class Rows:
    """All lines of a problem, and how the stages of an area graph use them.

    Attributes
    ----------
    profile
        For each group, shape (nodes, members): number of the stage's profile.
    use
        One array a line, shape (profiles,): what a stage of the profile uses of the line.
    first
        Number of each line's first row.
    rhs, price, max_excess
        Shape (rows,); price -1 and excess 0 where the row is hard.
    """

    def __init__(self, graph: AreaGraph, people: People) -> None:
        self.graph, self.people = graph, people
        self.problem = graph.problem
        self.num_weeks = graph.problem.num_weeks
        self._uses: dict[tuple[int, int, int], Uses] = {}
        self.profiles: list[Profile] = []
        self.profile = self._number_profiles()
        self.lines: list[Line] = []
        self.use: list[Ints] = []
        self.first: list[int] = []
        self.rhs = np.zeros(0, dtype=np.int64)
        self.price = np.zeros(0, dtype=np.int64)
        self.max_excess = np.zeros(0, dtype=np.int64)
        for line in base_lines(self.problem, people):
            self.add(line)

    @property
    def num_rows(self) -> int:
        """Number of rows of all lines."""
        return len(self.rhs)

    def add(self, line: Line) -> int | None:
        """Append a line unless nobody uses it or it is there; returns its number."""
        use = np.array([line.use(profile) for profile in self.profiles], dtype=np.int64)
        if not use.any() and (line.rhs >= 0).all() or any(own.name == line.name for own in self.lines):
            return None
        self.lines.append(line)
        self.use.append(use)
        self.first.append(self.num_rows)
        size = len(line.rhs)
        self.rhs = np.concatenate([self.rhs, line.rhs])
        self.price = np.concatenate([self.price, np.full(size, -1 if line.price is None else line.price)])
        self.max_excess = np.concatenate([self.max_excess, np.full(size, line.max_excess)])
        return len(self.lines) - 1

    def add_union(self, skills: Skills) -> list[int]:
        """Append the weekly line of a union of skills, and its yearly ones; returns their numbers."""
        lines = [pool_line(self.people, skills), *yearly_lines(self.problem, self.people, skills)]
        return [number for number in map(self.add, lines) if number is not None]

    def name(self, row: int) -> str:
        """Name of a row by its number."""
        line = int(np.searchsorted(self.first, row, side="right")) - 1
        return row_name(self.lines[line], row - self.first[line])

    def start_prices(self, duals: Ints) -> Ints:
        """Price of starting a stage of each profile in each week, shape (profiles, weeks).

        Parameters
        ----------
        duals
            Shape (rows,): non-negative price of a unit of each row.
        """
        weekly, single = self._weekly_prices(duals)
        durations = np.array([profile.duration for profile in self.profiles])
        sums = np.zeros((len(self.profiles), self.num_weeks + 1), dtype=np.int64)
        np.cumsum(weekly, axis=1, out=sums[:, 1:])
        weeks = np.arange(self.num_weeks)
        ends = np.minimum(weeks[None, :] + durations[:, None], self.num_weeks)
        return np.take_along_axis(sums, ends, axis=1) - sums[:, :-1] + single

    def _weekly_prices(self, duals: Ints) -> tuple[Ints, Ints]:
        weekly = np.zeros((len(self.profiles), self.num_weeks), dtype=np.int64)
        single = np.zeros_like(weekly)
        for line, first, use in zip(self.lines, self.first, self.use, strict=True):
            own = duals[first : first + len(line.rhs)]
            if not own.any():
                continue
            if line.span is None:
                used = np.flatnonzero(use)
                weekly[used] += use[used, None] * own[None, :]
            else:
                first_week, end = _clipped(line.span, self.num_weeks)
                single[:, first_week:end] += use[:, None] * own[0]
        return weekly, single

    def entries(
        self, group: int, positions: Ints, starts: Ints, columns: Ints, first_line: int = 0
    ) -> Entries:
        """Coefficients of timetables in the rows of all lines from some number on.

        Parameters
        ----------
        positions, starts, columns
            Position within the group, shape (timetables,); start weeks, shape (timetables, nodes); the
            numbers under which to report them.
        """
        parts: list[tuple[Ints, Ints, Ints]] = [(np.zeros(0, dtype=np.int64),) * 3]
        for node in range(starts.shape[1]):
            profiles = self.profile[group][node, positions]
            order = np.argsort(profiles, kind="stable")
            numbers, borders = np.unique(profiles[order], return_index=True)
            for number, own in zip(numbers.tolist(), np.split(order, borders[1:]), strict=True):
                parts += self._entries_of_profile(number, starts[own, node], columns[own], first_line)
        column, row, coefficient = (np.concatenate(part) for part in zip(*parts, strict=True))
        return Entries.merged(column, row, coefficient)

    def _entries_of_profile(
        self, profile: int, starts: Ints, columns: Ints, first_line: int
    ) -> Iterator[tuple[Ints, Ints, Ints]]:
        """(columns, rows, coefficients) of stages of one profile: rows by week, and those of a single start."""
        uses = self.uses(profile, first_line)
        if len(uses.offset):
            rows = (starts[:, None] + uses.offset[None, :]).ravel()
            yield np.repeat(columns, len(uses.offset)), rows, np.tile(uses.offset_use, len(starts))
        if len(uses.single):
            which, line = np.nonzero(uses.counted[:, starts].T)
            yield columns[which], uses.single[line], uses.single_use[line]

    def uses(self, profile: int, first_line: int = 0) -> "Uses":
        """What a stage of a profile uses of all lines from some number on; kept for the next call."""
        key = (profile, first_line, len(self.lines))
        if key not in self._uses:
            self._uses[key] = self._find_uses(profile, first_line)
        return self._uses[key]

    def _find_uses(self, profile: int, first_line: int) -> "Uses":
        used = [n for n in range(first_line, len(self.lines)) if self.use[n][profile]]
        weekly = [n for n in used if self.lines[n].span is None]
        single = [n for n in used if self.lines[n].span is not None]
        duration = self.profiles[profile].duration
        first = np.array([self.first[n] for n in weekly], dtype=np.int64)
        use = np.array([self.use[n][profile] for n in weekly], dtype=np.int64)
        counted = np.zeros((len(single), self.num_weeks), dtype=bool)
        for row, number in zip(counted, single, strict=True):
            begin, end = _clipped(self.lines[number].span, self.num_weeks)
            row[begin:end] = True
        return Uses(
            first=first,
            use=use,
            offset=(first[:, None] + np.arange(duration)[None, :]).ravel(),
            offset_use=np.repeat(use, duration),
            single=np.array([self.first[n] for n in single], dtype=np.int64),
            single_use=np.array([self.use[n][profile] for n in single], dtype=np.int64),
            counted=counted,
        )

    def _number_profiles(self) -> list[Ints]:
        numbers: dict[Profile, int] = {}
        maker = _ProfileMaker(self.problem)
        result = []
        for group in self.graph.groups:
            own = [
                [
                    numbers.setdefault(maker.profile(*node), len(numbers))
                    for node in self.graph.components[component].nodes
                ]
                for component in group.members
            ]
            result.append(np.array(own, dtype=np.int64).T)
        self.profiles = list(numbers)
        return result


class _ProfileMaker:
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.partners: dict[str, list[PartnerLimit]] = defaultdict(list)
        for limit in problem.partner_limits:
            for area in limit.areas:
                self.partners[area].append(limit)

    def profile(self, activity_index: int, stage_index: int) -> Profile:
        activity = self.problem.activities[activity_index]
        stage = activity.stages[stage_index]
        first_team = next((i for i, own in enumerate(activity.stages) if own.uses_team), None)
        return Profile(
            duration=stage.duration_weeks,
            team=team_demand(activity) if stage.uses_team else (),
            pools=tuple(sorted(stage.pool_demand.items())),
            partners=self._partners(activity, stage),
            limits=self._limits(activity) if stage_index == 0 else (),
            first_team=team_demand(activity) if stage_index == first_team else (),
        )

    def _partners(self, activity: Activity, stage: Stage) -> tuple[str, ...]:
        if not stage.on_site:
            return ()
        return tuple(own.id for own in self.partners[activity.area] if activity.kind in own.kinds)

    def _limits(self, activity: Activity) -> tuple[str, ...]:
        return tuple(limit.id for limit in self.problem.period_limits if counts(limit, activity))


def counts(limit: PeriodLimit, activity: Activity) -> bool:
    """Whether an activity counts for a period limit if it starts in its span (R014)."""
    return activity.kind in limit.kinds and (limit.areas is None or activity.area in limit.areas)


def base_lines(problem: Problem, people: People) -> list[Line]:
    """All lines except those of unions of skills, which are added when they are violated."""
    lines = []
    singles = [frozenset([skill]) for skill in people.skills]
    for skills in dict.fromkeys([*singles, people.everybody] if singles else []):
        lines += [pool_line(people, skills), *yearly_lines(problem, people, skills)]
    lines += [anonymous_line(pool, problem.num_weeks) for pool in problem.pools]
    lines += [partner_line(limit, problem.num_weeks) for limit in problem.partner_limits]
    return lines + [line for limit in problem.period_limits for line in period_lines(limit)]


def pool_name(people: People, skills: Skills) -> str:
    """`pool:camhs` for one skill, `hall:a+b` for a union, `everybody` for all; odd characters are escaped."""
    if len(skills) > 1 and skills == people.everybody:
        return "everybody"
    return ("pool:" if len(skills) == 1 else "hall:") + "+".join(quote(skill) for skill in sorted(skills))


def pool_line(people: People, skills: Skills) -> Line:
    """Places for some skills in a week against the people who have one of them and are there."""
    return Line(
        pool_name(people, skills),
        people.available(skills),
        None,
        lambda profile: places_within(profile.team, skills),
    )


def yearly_lines(problem: Problem, people: People, skills: Skills) -> list[Line]:
    """Places of reviews that begin in a period against what the people may do in it."""
    lines = []
    for period in problem.periods:
        most = people.yearly(skills, period.kind)
        if most is not None:
            name = f"yearly:{quote(period.kind)}:{quote(period.id)}:{pool_name(people, skills)}"
            lines.append(
                Line(
                    name,
                    np.array([most]),
                    period.span,
                    lambda profile: places_within(profile.first_team, skills),
                )
            )
    return lines


def anonymous_line(pool: AnonymousPool, num_weeks: int) -> Line:
    """Units of an anonymous pool by week."""
    units = np.array([pool.units_in(week) for week in range(num_weeks)], dtype=np.int64)
    return Line(
        f"anonymous:{quote(pool.id)}", units, None, lambda profile: dict(profile.pools).get(pool.id, 0)
    )


def partner_line(limit: PartnerLimit, num_weeks: int) -> Line:
    """On-site stages in the areas of a partner group by week (R128)."""
    return Line(
        f"partner:{quote(limit.id)}",
        np.full(num_weeks, limit.maximum, dtype=np.int64),
        None,
        lambda profile: int(limit.id in profile.partners),
        limit.price,
        limit.max_excess,
    )


def period_lines(limit: PeriodLimit) -> list[Line]:
    """Starts in a period (R014); the minimum is written with negated use, so that all rows are upper bounds."""
    excess = limit.max_excess if limit.price is not None else 0
    lines = []
    if limit.maximum is not None:
        lines.append(
            Line(
                f"period:{quote(limit.id)}:max",
                np.array([limit.maximum]),
                limit.span,
                lambda profile: int(limit.id in profile.limits),
                limit.price,
                excess,
            )
        )
    if limit.minimum is not None:
        lines.append(
            Line(
                f"period:{quote(limit.id)}:min",
                np.array([-limit.minimum]),
                limit.span,
                lambda profile: -int(limit.id in profile.limits),
                limit.price,
                excess,
            )
        )
    return lines


def _clipped(span: WeekSpan | None, num_weeks: int) -> tuple[int, int]:
    assert span is not None
    return max(0, span.first), max(0, min(span.end, num_weeks))
