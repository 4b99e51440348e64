"""The families of instances: sound, reproducible, and as tight as they claim."""

from datetime import timedelta
from functools import cache

import pytest

from benchmarks.english_weeks import (
    FIRST_MONDAY,
    bank_holiday_weeks,
    financial_years,
    rounds,
    school_calendar,
    six_to_nine_months,
    week_of,
)
from benchmarks.instances import national as built
from benchmarks.instances import scarce, small
from scheduler.people.eligibility import attendance
from scheduler.solving.solver import solve
from scheduler.validating.validation import validate
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.result import SolveParams

ALL_OPTIONS = (1, 2, 3, 4, "mixed")
national = cache(built)


@pytest.mark.parametrize("option", ALL_OPTIONS)
def test_every_option_is_a_sound_problem(option):
    assert validate(national(option)) == ()
    assert validate(small(option)) == ()


def test_other_sizes_and_seeds_are_sound_problems():
    assert validate(scarce(1)) == ()
    assert validate(national(3, 30, 34, seed=5)) == ()
    assert validate(small(2, num_areas=3, seed=7)) == ()


def test_the_same_arguments_give_the_same_problem_and_another_seed_another_one():
    assert small(3, seed=4).hash == small(3, seed=4).hash
    assert small(3, seed=4).hash != small(3, seed=5).hash


def test_options_differ_in_their_links_only():
    one, other = national(1), national(3)
    assert one.inspectors == other.inspectors
    assert one.activities == other.activities
    assert one.links != other.links


def test_a_programme_has_the_sizes_of_2005():
    problem = national()
    kinds = [activity.kind for activity in problem.activities]
    assert (kinds.count("jar"), kinds.count("ca")) == (150, 150)
    assert len(problem.inspectors) == 170
    assert len({inspector.body for inspector in problem.inspectors}) == 9
    assert len({skill for inspector in problem.inspectors for skill in inspector.skills}) == 12
    assert len(scarce().inspectors) == 77
    assert 35 <= len(problem.partner_limits) <= 41


def test_no_school_holiday_of_a_region_is_lost():
    """Six holidays a year, four years, the first and last of which are cut by the horizon."""
    closures = school_calendar("London", 213).closures
    assert len(closures) == 24
    assert closures[0].span.first == 7
    assert closures[0].reason == "October half-term"


def test_bank_holidays_lie_in_their_weeks():
    closed = bank_holiday_weeks()
    easter_monday = week_of(FIRST_MONDAY + timedelta(weeks=32))
    assert closed[easter_monday] == "Bank holiday"
    assert closed[16] == closed[17] == "Christmas closure"


def test_six_to_nine_months_are_26_to_39_weeks():
    table = six_to_nine_months(213)
    lags = [
        (first - week - 1, end - 1 - week - 1)
        for week, (first, end) in enumerate(zip(table.first, table.end, strict=True))
        if end < 213
    ]
    assert {low for low, _ in lags} == {26}
    assert {high for _, high in lags} == {38, 39}


def test_financial_years_begin_with_the_first_monday_from_april_on():
    years = financial_years(213)
    assert years[0].id == "FY2005-06"
    assert years[1].span.first == week_of(FIRST_MONDAY + timedelta(weeks=30))
    assert [a.span.end for a in years[:-1]] == [b.span.first for b in years[1:]]


def test_no_week_belongs_to_two_rounds():
    used = [week for own in rounds(213) for week in own.weeks()]
    assert len(used) == len(set(used))


def tight_weeks(problem: Problem, plan: Plan) -> dict[str, int]:
    """Weeks in which at least 85 % of those who have a skill and are there are in a team, by skill."""
    present = attendance(problem)
    starts = plan.starts()
    found = {}
    for skill in {m.skill for m in plan.members}:
        holds = [i.is_leader if skill == "leader" else skill in i.skills for i in problem.inspectors]
        load = [0] * problem.num_weeks
        for activity in problem.activities:
            seats = sum(m.skill == skill for m in plan.members if m.activity == activity.id)
            for stage, start in zip(activity.stages, starts[activity.id], strict=True):
                for week in range(start, start + stage.duration_weeks * stage.uses_team):
                    load[week] += seats
        there = present[holds].sum(axis=0)
        found[skill] = sum(used >= 0.85 * free for used, free in zip(load, there, strict=True) if used)
    return found


def test_the_national_programme_is_tight_and_yet_every_place_is_filled():
    """Leaders and three skills run at 85 % of their capacity or more in at least ten weeks each."""
    problem = national(3)
    result = solve(problem, SolveParams(dates_seconds=30, teams_seconds=10, team_gap_target=0.05))
    weeks = tight_weeks(problem, result.plan)
    assert result.uncovered_places == 0
    assert weeks["leader"] >= 10
    assert sum(count >= 10 for skill, count in weeks.items() if skill != "leader") >= 3
