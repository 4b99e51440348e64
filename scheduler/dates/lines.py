"""What areas share, as lines: for each week and pool, period and partner group, how much is there.

A **line** is a family of rows: one row a week (pools, partners) or a single one (periods, yearly
maxima). Every row reads `use of all columns - slack <= right-hand side`, where only priced rows have
slack, at most `max_excess`; a minimum is a row with negated use. Stages use rows through their
**profile**: stages with equal duration, demand and memberships share one. All lines and their names follow
from the problem alone.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

import numpy as np

from scheduler.cost import counts
from scheduler.people.capacity import People, Skills, body_demand, places_within, team_demand
from scheduler.values.arrays import Ints
from scheduler.values.problem import (
    Activity,
    AnonymousPool,
    PartnerLimit,
    Period,
    PeriodLimit,
    Problem,
    Stage,
)
from scheduler.values.row_facts import RowKind, RowName
from scheduler.values.value import WeekSpan


@dataclass(frozen=True)
class Profile:
    """What a stage uses while it runs (`team`, `bodies`, `pools`, `partners`) and when it starts (the others).

    `team` are places by skill, `bodies` the fewest members from some bodies (R144).

    After the last stage with a team follow `rest` weeks in which nobody of it works on another review.
    """

    duration: int
    rest: int
    team: tuple[tuple[str, int], ...]
    bodies: tuple[tuple[str, int], ...]
    pools: tuple[tuple[str, int], ...]
    partners: tuple[str, ...]
    limits: tuple[str, ...]
    first_team: tuple[tuple[str, int], ...]
    first_bodies: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Line:
    """A family of rows. `span` is None for one row a week, else the start weeks that count for the single row.

    `about` says what its rows stand for, without the week; `name` is what certificates call them. A line
    `with_rest` is also used in the weeks of rest after a stage; it has rows beyond the horizon for them.
    """

    about: RowName
    name: str
    rhs: Ints
    span: WeekSpan | None
    use: Callable[[Profile], int]
    price: int | None = None
    max_excess: int = 0
    with_rest: bool = False

    def weeks(self, profile: Profile) -> int:
        """Number of weeks in which a stage uses the rows of a line by week."""
        return profile.duration + (profile.rest if self.with_rest else 0)


def row_name(line: Line, offset: int) -> str:
    """Name of a row of a line: `pool:camhs:week:57`, `period:FY2006:max`."""
    return line.name if line.span is not None else f"{line.name}:week:{offset}"


class ProfileMaker:
    """Finds the profile of each stage of a problem."""

    def __init__(self, problem: Problem, people: People) -> None:
        self.problem = problem
        self.rest = people.rest_weeks
        self.partners: dict[str, list[PartnerLimit]] = defaultdict(list)
        for limit in problem.partner_limits:
            for area in limit.areas:
                self.partners[area].append(limit)

    def profile(self, activity_index: int, stage_index: int) -> Profile:
        """The profile of a stage, by the indices of its activity and its own."""
        activity = self.problem.activities[activity_index]
        stage = activity.stages[stage_index]
        with_team = [index for index, other in enumerate(activity.stages) if other.uses_team]
        return Profile(
            duration=stage.duration_weeks,
            rest=self.rest if stage_index in with_team[-1:] else 0,
            team=team_demand(activity) if stage.uses_team else (),
            bodies=body_demand(activity) if stage.uses_team else (),
            pools=tuple(sorted(stage.pool_demand.items())),
            partners=self._partners(activity, stage),
            limits=self._limits(activity) if stage_index == 0 else (),
            first_team=team_demand(activity) if stage_index in with_team[:1] else (),
            first_bodies=body_demand(activity) if stage_index in with_team[:1] else (),
        )

    def _partners(self, activity: Activity, stage: Stage) -> tuple[str, ...]:
        if not stage.on_site:
            return ()
        return tuple(limit.id for limit in self.partners[activity.area] if activity.kind in limit.kinds)

    def _limits(self, activity: Activity) -> tuple[str, ...]:
        return tuple(limit.id for limit in self.problem.period_limits if counts(limit, activity))


def base_lines(problem: Problem, people: People, whole_teams: bool) -> list[Line]:
    """All lines except those of unions of skills, which are added when they are violated."""
    lines = []
    singles = [frozenset([skill]) for skill in people.skills]
    for skills in dict.fromkeys([*singles, people.everybody] if singles else []):
        lines += people_lines(problem, people, skills, whole_teams)
    lines += [anonymous_line(pool, problem.num_weeks) for pool in problem.pools]
    lines += [partner_line(limit, problem.num_weeks) for limit in problem.partner_limits]
    return lines + [line for limit in problem.period_limits for line in period_lines(limit)]


def people_lines(problem: Problem, people: People, skills: Skills, whole_teams: bool) -> list[Line]:
    """The lines of the people who have one of some skills.

    Without `whole_teams` they are only counted by week; with it also by what each may do in a year and
    by the rest that follows a review.
    """
    lines = [pool_line(people, skills)]
    if whole_teams and people.rest_weeks > 0:
        lines.append(pool_line(people, skills, with_rest=True))
    return lines + (yearly_lines(problem, people, skills) if whole_teams else [])


def pool_name(people: People, skills: Skills) -> str:
    """`pool:camhs` for one skill, `hall:a+b` for a union, `everybody` for all; odd characters are escaped."""
    if len(skills) > 1 and skills == people.everybody:
        return "everybody"
    return ("pool:" if len(skills) == 1 else "hall:") + "+".join(quote(skill) for skill in sorted(skills))


def named_skills(people: People, skills: Skills) -> tuple[str, ...]:
    """Some skills as rows tell of them: sorted, and none at all for everybody."""
    return () if len(skills) > 1 and skills == people.everybody else tuple(sorted(skills))


def pool_line(people: People, skills: Skills, with_rest: bool = False) -> Line:
    """Places for some skills in a week against the people who have one of them and are there.

    `with_rest` also the rest after places, against those who were there in the week or just before: a person who
    works or rests after one review can neither work in nor rest after another one, since the later of the two last
    team weeks would lie in the rest of the other. Hence each counts at most once.
    """
    return Line(
        RowName(kind="rest" if with_rest else "people", skills=named_skills(people, skills)),
        ("rest:" if with_rest else "") + pool_name(people, skills),
        people.lately_available(skills) if with_rest else people.available(skills),
        None,
        lambda profile: places_within(profile.team, skills),
        with_rest=with_rest,
    )


def yearly_lines(problem: Problem, people: People, skills: Skills) -> list[Line]:
    """Places of reviews that begin in a period against what the people may do in it."""
    lines = []
    for period in problem.periods:
        most = people.yearly(skills, period.kind)
        if most is not None:
            lines.append(
                Line(
                    RowName(kind="yearly", skills=named_skills(people, skills), owner=period.id),
                    yearly_name(period, people, skills),
                    np.array([most]),
                    period.span,
                    lambda profile: places_within(profile.first_team, skills),
                )
            )
    return lines


def yearly_name(period: Period, people: People, skills: Skills) -> str:
    """`yearly:financial_year:FY2006:pool:camhs`."""
    return f"yearly:{quote(period.kind)}:{quote(period.id)}:{pool_name(people, skills)}"


def anonymous_line(pool: AnonymousPool, num_weeks: int) -> Line:
    """Units of an anonymous pool by week."""
    units = np.array([pool.units_in(week) for week in range(num_weeks)], dtype=np.int64)
    return Line(
        RowName(kind="anonymous", owner=pool.id),
        f"anonymous:{quote(pool.id)}",
        units,
        None,
        lambda profile: dict(profile.pools).get(pool.id, 0),
    )


def partner_line(limit: PartnerLimit, num_weeks: int) -> Line:
    """On-site stages in the areas of a partner group by week (R128)."""
    return Line(
        RowName(kind="partner", owner=limit.id),
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

    def line(kind: RowKind, side: str, rhs: int, sign: int) -> Line:
        return Line(
            RowName(kind=kind, owner=limit.id),
            f"period:{quote(limit.id)}:{side}",
            np.array([rhs]),
            limit.span,
            lambda profile: sign * int(limit.id in profile.limits),
            limit.price,
            excess,
        )

    most = [] if limit.maximum is None else [line("period_maximum", "max", limit.maximum, 1)]
    least = [] if limit.minimum is None else [line("period_minimum", "min", -limit.minimum, -1)]
    return most + least
