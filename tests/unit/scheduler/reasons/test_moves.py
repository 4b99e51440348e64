"""Ranked moves against listing everything on tiny problems: the fewest areas displaced, and of these the cheapest."""

from collections.abc import Collection, Iterator
from itertools import combinations, product
from pathlib import Path

import pytest

from benchmarks.instances import Option
from scheduler import Plan, Problem, SolveParams, check, moves
from scheduler.checking.checker import SHORTAGE_RULES
from scheduler.cost import date_terms, make_plan
from scheduler.explaining.ranked_weeks import Move
from scheduler.teams.assignment import assign_teams
from scheduler.values.documents import load_problem
from scheduler.values.problem import AnonymousPool, Calendar, Closure, Period, PeriodLimit, Stage
from tests.adversary.weeks import Dates
from tests.builders import area, inspector, one_area, review, span, team, visit
from tests.exact import best_teams, dates_in_limits
from tests.known import known
from tests.solved import solved_plan
from tests.tiny import tiny_problem

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
            dated = sorted(_dated(problem, plan, lead, week, size, known), key=lambda priced: priced[0])
            cost = next((cost for cost, starts in dated if is_possible(problem, starts)), None)
            if cost is not None:
                found[week] = (size, cost)
                break
    return found


def _dated(
    problem: Problem, plan: Plan, lead: str, week: int, size: int, known: dict[str, list[tuple[int, ...]]]
) -> Iterator[tuple[int, Starts]]:
    """Every way to date the reviews with so many others elsewhere, whether anybody could do them or not."""
    now = plan.starts()
    for others in combinations([name for name in known if name != lead], size):
        choices = [
            [own for own in known[lead] if own[0] == week],
            *([own for own in known[o] if own != now[o]] for o in others),
        ]
        for chosen in product(*choices):
            starts = {**now, **dict(zip((lead, *others), chosen, strict=True))}
            yield sum(date_terms(problem, starts).values()), starts


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


def later_stage_in_the_way() -> tuple[Problem, Plan]:
    """The pool of one unit is wanted by the last stages of three activities of two areas."""
    folder = Path(__file__).parents[3] / "explained_cases"
    problem = load_problem((folder / "later-stage-in-the-way.json").read_text())
    starts = {"A0-2": (10, 13), "A1-0": (10, 14), "A1-1": (4, 8)}
    return problem, make_plan(problem, starts, ())


def test_an_area_makes_room_if_any_of_its_stages_can_be_elsewhere() -> None:
    """The cheapest dates of a week may find no room where others of the same week do."""
    problem, plan = later_stage_in_the_way()
    answer = moves(problem, plan, "A0")
    assert [(own.week, own.is_short, own.is_proven) for own in answer.moves] == [
        (10, False, True),
        (11, False, True),
    ]
    moved = next(own for own in answer.moves if own.week == 11).displacement
    assert [own.areas for own in known(moved).moved] == [("A1",)]


@pytest.mark.parametrize(("option", "seed"), [(1, 0), (2, 8), (3, 0)])
def test_what_is_proven_of_moves_is_what_listing_all_plans_finds(option: Option, seed: int) -> None:
    """The fewest other areas elsewhere, then the lowest cost, with no more places uncovered than now."""
    problem = tiny_problem(option, seed)
    plan = planned(problem)
    answer = moves(problem, plan, "a1")
    assert all(own.is_proven for own in answer.moves if own.impossible is None)
    told = {own.week: as_listed(own) for own in answer.moves if own.cost is not None}
    assert told == fewest_by_week(problem, plan, "a1", answer.activity)
    assert told


def fewest_by_week(problem: Problem, plan: Plan, area: str, lead: str) -> dict[int, tuple[int, int]]:
    """By week of the leading activity: as few other areas elsewhere as possible, and the least cost with so many."""
    now, area_of = plan.starts(), {own.id: own.area for own in problem.activities}
    known: dict[tuple[tuple[int, ...], ...], bool] = {}
    best: dict[int, tuple[int, int]] = {}

    def value(dates: Dates) -> tuple[int, int]:
        gone = {area_of[name] for name, own in dates.items() if own != now[name]} - {area}
        return len(gone), sum(date_terms(problem, dates).values())

    # The best first: a week is settled by the first for which people suffice.
    valued = ((value(dates), dates) for dates in dates_in_limits(problem))
    for found, dates in sorted(valued, key=lambda pair: pair[0]):
        if dates[lead][0] not in best:
            key = tuple(dates[own.id] for own in problem.activities if own.team is not None)
            if key not in known:
                known[key] = best_teams(problem, dates)[0] == 0
            if known[key]:
                best[dates[lead][0]] = found
    return best


def test_the_activity_that_stands_for_an_area_is_one_that_can_move() -> None:
    """Its first stage alone may have many weeks, of which only one leaves weeks for what follows."""
    stages = (
        Stage(id="analysis", duration_weeks=1, uses_team=True),
        Stage(id="fieldwork", duration_weeks=1, calendars=("but one",)),
    )
    shut = Calendar(id="but one", closures=(Closure(span=span(0, 8)), Closure(span=span(9, 52))))
    fixed = review("north", stages=stages, start_window=span(3, 9))
    free = visit("ca", "north", start_window=span(3, 9))
    problem = one_area(activities=(fixed, free), calendars=(*one_area().calendars, shut))
    answer = moves(problem, planned(problem), "north")
    assert answer.activity == "ca-north"
    assert sum(own.cost is not None for own in answer.moves) > 1


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
