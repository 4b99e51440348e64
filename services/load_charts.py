"""How busy each pool is in a plan: places that need a skill, week by week, against the people who have it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session, select

from models import AnonymousPool, Skill
from reports.load import LoadChart, LoadRow, places_short
from reports.words import capitalised, list_in_words, plural
from scheduler.people.capacity import People, team_demand
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.value import LEADER
from services.days.weeks import terms, week_monday
from services.plans.plan_store import load_plan

Units = NDArray[np.int64]
BUSY = 0.85
"""Share of a pool's capacity from which a week counts as busy."""

MOST_NAMED = 2
LEADERS = "Team leaders"


def load_chart(session: Session, version: int, *, key: str = "load") -> LoadChart:
    """Demand and capacity of every pool in the weeks in which a plan has work, the busiest pools first.

    A pool is the people who have one skill, the team leaders, or an anonymous pool. Whoever has several skills
    counts in each of their pools, so a pool with room does not prove that every place can be filled; one
    without does prove that some cannot. Demand is places in the weeks in which a team is at work.

    Raises
    ------
    NotFound
        If there is no such version.
    """
    stored = load_plan(session, version)
    problem = stored.problem
    demand = demand_by_pool(problem, stored.plan)
    capacity = capacity_by_pool(problem)
    busy = [week for units in demand.values() for week in np.flatnonzero(units)]
    first, end = (int(min(busy)), int(max(busy)) + 1) if busy else (0, 1)
    names = _names(session)
    rows = sorted(
        (
            LoadRow(
                name=names.get(pool, capitalised(pool.replace("_", " "))),
                demand=tuple(float(units) for units in demand[pool][first:end]),
                capacity=tuple(float(units) for units in capacity[pool][first:end]),
            )
            for pool in demand
        ),
        key=lambda row: (-num_short(row), -num_busy(row), row.name),
    )
    start = week_monday(problem.first_monday, first)
    return LoadChart(
        title=load_finding(rows),
        subtitle=f"Plan {version}, places a week from the first to the last week with work",
        start=start,
        num_weeks=end - first,
        rows=tuple(rows),
        periods=terms(start, week_monday(problem.first_monday, end)),
        key=key,
    )


def demand_by_pool(problem: Problem, plan: Plan) -> dict[str, Units]:
    """Places (or units of an anonymous pool) that a plan needs, by pool and week of the horizon."""
    starts = plan.starts()
    found: dict[str, Units] = defaultdict(lambda: np.zeros(problem.num_weeks, dtype=np.int64))
    for activity in problem.activities:
        for stage, week in zip(activity.stages, starts.get(activity.id, ()), strict=False):
            weeks = slice(week, week + stage.duration_weeks)
            for skill, count in team_demand(activity) if stage.uses_team else ():
                found[skill][weeks] += count
            for pool, units in stage.pool_demand.items():
                found[pool][weeks] += units
    return dict(found)


def capacity_by_pool(problem: Problem) -> dict[str, Units]:
    """People who are there (or units of an anonymous pool) by pool and week of the horizon."""
    people = People(problem)
    found = {skill: people.available(frozenset({skill})) for skill in people.skills}
    for pool in problem.pools:
        found[pool.id] = np.array([pool.units_in(week) for week in range(problem.num_weeks)], dtype=np.int64)
    return found


def num_short(row: LoadRow) -> int:
    """Weeks in which more is needed than is there."""
    return sum(places_short(row, week) > 0 for week in range(len(row.demand)))


def num_busy(row: LoadRow) -> int:
    """Weeks in which at least 85 per cent of what is there is needed."""
    pairs = zip(row.demand, row.capacity, strict=True)
    return sum(need > 0 and need >= BUSY * there for need, there in pairs)


def load_finding(rows: Iterable[LoadRow]) -> str:
    """'No pool is over capacity; team leaders are busy (85 per cent or more) in 41 weeks, ...'."""
    known = list(rows)
    over = [row for row in known if num_short(row)]
    busy = sorted((row for row in known if num_busy(row)), key=lambda row: -num_busy(row))[:MOST_NAMED]
    head = "No pool is over capacity"
    if over:
        names = [f"{row.name} in {plural(num_short(row), 'week')}" for row in over[:MOST_NAMED]]
        more = len(over) - len(names)
        head = f"Over capacity: {list_in_words([*names, *([plural(more, 'more pool')] if more else [])])}"
    if not busy:
        return head
    named = [f"{row.name} in {plural(num_busy(row), 'week')}" for row in busy]
    return f"{head}; at 85 per cent or more: {list_in_words(named)}"


def _names(session: Session) -> Mapping[str, str]:
    skills = {row.code: row.name for row in session.exec(select(Skill))}
    pools = {row.code: row.name for row in session.exec(select(AnonymousPool))}
    return {**pools, **skills, LEADER: LEADERS}
