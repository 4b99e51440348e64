"""Ranked moves against listing everything on tiny problems: the fewest areas displaced, and of these the cheapest."""

from collections.abc import Collection, Iterator
from itertools import combinations, product

import pytest

from scheduler import Plan, Problem, SolveParams, check, moves
from scheduler.checking.checker import SHORTAGE_RULES
from scheduler.cost import make_plan
from scheduler.explaining.ranked_weeks import Move
from scheduler.teams.assignment import assign_teams
from scheduler.values.problem import AnonymousPool, Period, PeriodLimit, Stage
from tests.builders import area, inspector, one_area, review, span, team
from tests.known import known
from tests.solved import solved_plan

Starts = dict[str, tuple[int, ...]]
NAMES = ("Alpha", "Beta", "Gamma")


def planned(problem: Problem) -> Plan:
    return solved_plan(problem, SolveParams(dates_seconds=5, teams_seconds=5))


def pools() -> Problem:
    """Three visits of two weeks, one at a time, the second dearer than the first."""
    stage = Stage(
        id="on_site", duration_weeks=2, pool_demand={"teams": 1}, calendars=("school",), on_site=True
    )
    return one_area(
        num_weeks=16,
        areas=tuple(area(name) for name in NAMES),
        activities=tuple(
            review(name.lower(), stages=(stage,), team=None, start_window=span(0, 9), urgency_price=price)
            for name, price in zip(NAMES, (5, 3, 2), strict=True)
        ),
        pools=(AnonymousPool(id="teams", units=1),),
        period_limits=(
            PeriodLimit(id="early", span=span(0, 4), kinds=("jar",), maximum=1, price=4, max_excess=1),
        ),
        inspectors=(),
    )


def people(last_week: int = 11) -> Problem:
    """Three reviews and people for one at a time, who rest for a week and begin two reviews a year."""
    skills = ("safeguarding", "education")
    return one_area(
        num_weeks=40,
        areas=tuple(area(name) for name in NAMES),
        activities=tuple(
            review(name.lower(), team=team(*skills), start_window=span(0, last_week), urgency_price=price)
            for name, price in zip(NAMES, (5, 3, 2), strict=True)
        ),
        inspectors=(
            inspector("ann", "Ofsted", is_leader=True, rest_weeks=1),
            inspector("bob", "CSCI", *skills, rest_weeks=1),
            inspector("cat", "HMIC", *skills, rest_weeks=1),
        ),
        periods=(Period(id="year", kind="year", span=span(0, 40)),),
    )


def is_possible(problem: Problem, starts: Starts) -> bool:
    members = (
        assign_teams(problem, starts, SolveParams(teams_seconds=5)).members if problem.inspectors else ()
    )
    plan = make_plan(problem, starts, members)
    return plan.costs.uncovered_places == 0 and not [
        v for v in check(problem, plan) if v.rule not in SHORTAGE_RULES
    ]


def timetables(problem: Problem, name: str) -> list[tuple[int, ...]]:
    """Every timetable of one activity that its own rules allow."""
    activity = next(own for own in problem.activities if own.id == name)
    alone = problem.model_copy(update={"activities": (activity,), "period_limits": ()})
    later = [(week,) for week in range(activity.start_window.end)]
    for _ in activity.stages[1:]:
        later = [(*own, own[-1] + shift) for own in later for shift in range(1, 6)]
    return [own for own in later if _keeps_rules(alone, {name: own})]


def _keeps_rules(problem: Problem, starts: Starts) -> bool:
    return {v.rule for v in check(problem, make_plan(problem, starts, ()))} <= SHORTAGE_RULES | {"team_size"}


def listed(
    problem: Problem, plan: Plan, lead: str, most: int, weeks: Collection[int]
) -> dict[int, tuple[int, int]]:
    """For each possible week: the fewest other reviews that move, and the least cost with so many."""
    known = {own.id: timetables(problem, own.id) for own in problem.activities}
    found: dict[int, tuple[int, int]] = {}
    for week in sorted({own[0] for own in known[lead]} & set(weeks)):
        for size in range(most + 1):
            costs = list(_costs(problem, plan, lead, week, size, known))
            if costs:
                found[week] = (size, min(costs))
                break
    return found


def _costs(
    problem: Problem, plan: Plan, lead: str, week: int, size: int, known: dict[str, list[tuple[int, ...]]]
) -> Iterator[int]:
    now = plan.starts()
    for others in combinations([name for name in known if name != lead], size):
        choices = [
            [own for own in known[lead] if own[0] == week],
            *([own for own in known[o] if own != now[o]] for o in others),
        ]
        for chosen in product(*choices):
            starts = {**now, **dict(zip((lead, *others), chosen, strict=True))}
            if is_possible(problem, starts):
                yield make_plan(problem, starts, ()).costs.date_cost


def as_listed(own: Move) -> tuple[int, int]:
    return (len(own.displacement.moved) if own.displacement else 0), known(own.cost)


@pytest.mark.parametrize(
    ("problem", "lead", "most"), [(pools(), "beta", 2), (people(), "gamma", 1)], ids=["pools", "people"]
)
def test_moves_are_those_that_listing_everything_finds(problem: Problem, lead: str, most: int) -> None:
    plan = planned(problem)
    answer = moves(problem, plan, lead)
    found = {own.week: as_listed(own) for own in answer.moves if own.cost is not None}
    looked_at = range(0, 11, 1 if most == 2 else 3)
    expected = listed(problem, plan, f"jar-{lead}", most, looked_at)
    assert {week: own for week, own in found.items() if own[0] <= most and week in looked_at} == expected
    assert len(expected) >= 2
    costs = [own.cost for own in answer.moves if own.cost is not None]
    assert costs == sorted(costs)


def test_every_week_of_the_window_is_told_with_the_reason_why_it_is_impossible() -> None:
    problem = pools()
    answer = moves(problem, planned(problem), "alpha")
    assert sorted(own.week for own in answer.moves) == list(range(9))
    closed = {own.week: own.impossible for own in answer.moves if own.impossible is not None}
    assert set(closed) == {6, 7}
    assert {own.reason for own in closed.values()} == {"October half-term"}
    present = [own for own in answer.moves if own.is_present]
    assert [own.rise for own in present] == [0]


def test_where_nobody_could_make_room_the_counts_say_what_is_short() -> None:
    problem = people(24)
    away = problem.inspectors[0].model_copy(update={"trained_from": 5})
    answer_of = problem.model_copy(update={"inspectors": (away, *problem.inspectors[1:])})
    answer = moves(answer_of, planned(answer_of), "alpha")
    short = {own.week: own for own in answer.moves if own.is_short}
    assert {1, 2} <= set(short)
    assert ("leader",) in {pool.skills for pool in short[1].pools}
