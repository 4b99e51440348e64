"""The simulation against probabilities that can be written down, and the rule of recourse case by case (R028)."""

from typing import Any

import numpy as np
import pytest

from scheduler.cost import make_plan
from scheduler.events import ClosedWeeks, Event, InspectorAbsence
from scheduler.simulating import Disturbances, Robustness, replan_sample, simulate
from scheduler.simulating.disturbances import WEEKS_A_YEAR, Draws, draw_blocks
from scheduler.simulating.linked_blocks import UnitMaker
from scheduler.simulating.recourse import MISSED, Recourse
from scheduler.simulating.sample import Replanned
from scheduler.simulating.simulation import mean_of, share_of
from scheduler.values.plan import Plan
from scheduler.values.problem import BodyQuota, Inspector, PeriodLimit, Problem, Stage
from scheduler.values.value import LEADER
from tests.builders import inspector, members, one_area, review, span, team
from tests.complete import complete, complete_plan

NOTHING = Disturbances(absences_a_year=0, incidents_a_year=0, late_probability=0)
WEEK, DRAWS = 3, 6000


def lone(people: tuple[Inspector, ...], weeks: int = 1, **changes: Any) -> tuple[Problem, Plan]:
    """One review of one stage in week 3 with a leader alone, the first of the people."""
    stage = Stage(id="on_site", duration_weeks=weeks, on_site=True, uses_team=True)
    own = review(
        "north",
        stages=(stage,),
        start_window=span(0, 10),
        team=team(min_members=1, min_bodies=1),
        **changes,
    )
    problem = one_area(num_weeks=12, activities=(own,), inspectors=people, calendars=())
    plan = make_plan(problem, {"jar-north": (WEEK,)}, members({"jar-north": {LEADER: people[0].id}}))
    return problem, plan


def leader(name: str, **changes: Any) -> Inspector:
    return inspector(name, "Ofsted", **{"is_leader": True} | changes)


def absent_share(rates: Disturbances, week: int = WEEK) -> float:
    """Probability of being away in a week: some absence that began so far still lasts."""
    begin, still = rates.absences_a_year / WEEKS_A_YEAR, 1 - 1 / rates.absence_weeks
    return float(1 - np.prod([1 - begin * still**ago for ago in range(week + 1)]))


def holds(found: Any, expected: float) -> bool:
    return bool(found.low <= expected <= found.high)


ABSENCES = NOTHING.model_copy(update={"absences_a_year": 6.0, "absence_weeks": 2.0})
SHORT = NOTHING.model_copy(update={"absences_a_year": 12.0, "absence_weeks": 1.0})


def test_a_date_without_substitute_or_slack_is_kept_as_often_as_its_inspector_is_there() -> None:
    problem, plan = lone((leader("ann"),))
    found = simulate(problem, plan, ABSENCES, DRAWS, reach=0)
    assert holds(found.kept, 1 - absent_share(ABSENCES))
    assert holds(found.none_missed, 1 - absent_share(ABSENCES))
    assert found.kept.high - found.kept.low < 0.03


def test_a_substitute_keeps_the_date_unless_both_are_away() -> None:
    """R047: same skill, present."""
    problem, plan = lone((leader("ann"), leader("dan")))
    found, away = simulate(problem, plan, ABSENCES, DRAWS, seed=1, reach=0), absent_share(ABSENCES)
    assert holds(found.kept, 1 - away**2)
    assert holds(found.substituted, away * (1 - away))


def test_slack_saves_the_date_unless_the_inspector_is_away_in_all_its_weeks() -> None:
    problem, plan = lone((leader("ann"),))
    found, away = simulate(problem, plan, SHORT, DRAWS, reach=2), absent_share(SHORT)
    assert holds(found.kept, 1 - away)
    assert holds(found.missed, away**3)
    assert holds(found.moved, away - away**3)


def test_an_incident_closes_the_area_for_its_weeks() -> None:
    """R029."""
    rates = NOTHING.model_copy(update={"incidents_a_year": 8.0, "incident_weeks": 3, "incident_people": 0})
    problem, plan = lone((leader("ann"),))
    found = simulate(problem, plan, rates, DRAWS, reach=0)
    assert holds(found.kept, (1 - 8.0 / WEEKS_A_YEAR) ** 3)
    assert found.by_area["north"] == found.all_kept


def test_a_stage_that_ends_later_than_the_spare_weeks_loses_the_next_one() -> None:
    """R049: one of three clear weeks is spare, so only two weeks of delay hurt."""
    rates = NOTHING.model_copy(update={"late_probability": 0.4, "late_weeks": 2})
    problem = one_area()
    teams = members({"jar-north": {LEADER: "ann", "safeguarding": "bob", "education": "dan"}})
    for start, share in ((3, 0.4), (4, 0.2)):
        plan = make_plan(problem, {"jar-north": (0, start)}, teams)
        assert holds(simulate(problem, plan, rates, DRAWS, reach=0).kept, 1 - share)


def test_without_disturbance_every_date_is_kept_and_nothing_costs() -> None:
    found = simulate(complete(), complete_plan(), NOTHING, 100)
    assert (found.kept.mean, found.all_kept.mean, found.replanning_cost.mean) == (1.0, 1.0, 0.0)
    assert found.num_dates == 4
    assert [own.span.first for own in found.by_quarter] == [8, 34]


def test_draws_depend_neither_on_chunks_nor_on_their_number() -> None:
    problem, plan = complete(), complete_plan()

    def run(draws: int, **changes: Any) -> Robustness:
        return simulate(problem, plan, SHORT, draws, seed=3, **changes)

    assert run(300, chunk_draws=1) == run(300, chunk_draws=1000)
    assert run(300) != simulate(problem, plan, SHORT, 300, seed=4)
    few, many = (list(draw_blocks(problem, 9, SHORT, number, 3)) for number in (100, 300))
    assert np.array_equal(few[0].away, many[0].away)
    assert np.array_equal(few[1].away, many[1].away[:36])


def outcome(problem: Problem, plan: Plan, *away: tuple[int, int], reach: int = 6) -> tuple[int, int]:
    """Weeks moved and seats substituted of the only unit if some (inspector, week) are away."""
    maker = UnitMaker(problem, plan, reach)
    units = maker.units()
    lost = np.zeros((1, len(problem.inspectors), problem.num_weeks), dtype=bool)
    for person, week in away:
        lost[0, person, week] = True
    closed = np.zeros((1, len(problem.areas), problem.num_weeks), dtype=bool)
    found = Recourse(problem, Draws(lost, closed, np.zeros((1, maker.num_stages), dtype=np.int64))).run(units)
    return int(found.moved[0, 0]), int(found.substituted[0, 0])


@pytest.mark.parametrize(
    ("changes", "may"),
    [
        ({}, True),
        ({"is_leader": False}, False),
        ({"conflicts": ("north",)}, False),
        ({"previous_areas": ("north",)}, False),
        ({"trained_from": WEEK + 1}, False),
        ({"percent": 50}, False),
    ],
)
def test_only_who_may_take_the_seat_is_a_substitute(changes: dict[str, Any], may: bool) -> None:
    """R047, R057, R062."""
    problem, plan = lone((leader("ann"), leader("dan", **changes)))
    assert outcome(problem, plan, (0, WEEK), reach=0) == ((0, 1) if may else (MISSED, 0))


def test_the_nearest_week_is_taken_and_not_the_planned_one() -> None:
    problem, plan = lone((leader("ann"),))
    assert outcome(problem, plan) == (0, 0)
    assert outcome(problem, plan, (0, WEEK)) == (1, 0)
    assert outcome(problem, plan, (0, WEEK), (0, WEEK + 1)) == (2, 0)
    assert outcome(problem, plan, (0, WEEK), (0, WEEK + 1), reach=1) == (MISSED, 0)


def test_a_moved_review_may_have_substitutes_too() -> None:
    """R062: dan is trained from the week after the planned one."""
    problem, plan = lone((leader("ann"), leader("dan", trained_from=WEEK + 1)))
    away = [(0, week) for week in range(WEEK, 12)]
    assert outcome(problem, plan, *away) == (1, 1)
    assert outcome(problem, plan, *away, (1, WEEK + 1)) == (2, 1)


def test_recourse_keeps_the_rules_for_dates() -> None:
    """R014: nothing moves beyond its window or out of a period that needs it."""
    problem, plan = lone((leader("ann"),))
    limit = PeriodLimit(id="least", span=span(0, WEEK + 1), kinds=("jar",), minimum=1)
    held = problem.model_copy(update={"period_limits": (limit,)})
    assert outcome(held, plan.model_copy(update={"problem_hash": held.hash}), (0, WEEK)) == (MISSED, 0)


def test_a_substitute_keeps_two_bodies() -> None:
    """R056."""
    other = inspector("cat", "CSCI", "education")
    seats = {"jar-north": {LEADER: "ann", "education": "cat"}}
    own = review(
        "north",
        stages=(Stage(id="on_site", duration_weeks=1, uses_team=True),),
        team=team("education", min_members=2),
    )
    for body, may in (("Ofsted", False), ("HMIC", True), ("CSCI", True)):
        people = (leader("ann"), other, inspector("dan", body, "education"))
        problem = one_area(activities=(own,), inspectors=people, calendars=())
        plan = make_plan(problem, {"jar-north": (WEEK,)}, members(seats))
        assert outcome(problem, plan, (1, WEEK), reach=0) == ((0, 1) if may else (MISSED, 0))


@pytest.mark.parametrize(
    ("quota", "body", "may"),
    [
        (BodyQuota(body="CSCI", minimum=1), "CSCI", True),
        (BodyQuota(body="CSCI", minimum=1), "HMIC", False),
        (BodyQuota(body="Ofsted", maximum=1), "CSCI", True),
        (BodyQuota(body="Ofsted", maximum=1), "Ofsted", False),
    ],
    ids=["as many as needed", "too few", "as many as allowed", "too many"],
)
def test_a_substitute_keeps_the_quotas_r144(quota: BodyQuota, body: str, may: bool) -> None:
    """Cat of CSCI falls ill, Dan would take her seat."""
    wanted = team("education", min_members=2, min_bodies=1, quotas=(quota,))
    stage = Stage(id="on_site", duration_weeks=1, uses_team=True)
    people = (leader("ann"), inspector("cat", "CSCI", "education"), inspector("dan", body, "education"))
    problem = one_area(
        activities=(review("north", stages=(stage,), team=wanted),), inspectors=people, calendars=()
    )
    seats = members({"jar-north": {LEADER: "ann", "education": "cat"}})
    plan = make_plan(problem, {"jar-north": (WEEK,)}, seats)
    assert outcome(problem, plan, (1, WEEK), reach=0) == ((0, 1) if may else (MISSED, 0))


def two_reviews(weeks: tuple[int, int], rest: int) -> tuple[Problem, Plan]:
    """Ann and bob lead a review each; dan is free for one of both."""
    stage = Stage(id="on_site", duration_weeks=1, uses_team=True)
    areas = tuple(one_area().areas[0].model_copy(update={"id": name, "name": name}) for name in ("a", "b"))
    own = tuple(review(name, stages=(stage,), team=team(min_members=1, min_bodies=1)) for name in ("a", "b"))
    people = (
        leader("ann", conflicts=("b",)),
        leader("bob", conflicts=("a",)),
        leader("dan", rest_weeks=rest),
    )
    problem = one_area(areas=areas, activities=own, inspectors=people, calendars=())
    starts = {"jar-a": (weeks[0],), "jar-b": (weeks[1],)}
    return problem, make_plan(problem, starts, members({"jar-a": {LEADER: "ann"}, "jar-b": {LEADER: "bob"}}))


@pytest.mark.parametrize(
    ("weeks", "rest", "kept"), [((3, 3), 0, 1), ((3, 4), 0, 2), ((3, 4), 1, 1), ((3, 5), 1, 2)]
)
def test_a_substitute_works_on_one_review_at_a_time_and_rests(
    weeks: tuple[int, int], rest: int, kept: int
) -> None:
    """R047: both leaders are away in their weeks."""
    problem, plan = two_reviews(weeks, rest)
    maker = UnitMaker(problem, plan, 0)
    away = np.zeros((1, 3, problem.num_weeks), dtype=bool)
    away[0, 0, weeks[0]] = away[0, 1, weeks[1]] = True
    closed = np.zeros((1, 2, problem.num_weeks), dtype=bool)
    found = Recourse(problem, Draws(away, closed, np.zeros((1, 2), dtype=np.int64))).run(maker.units())
    assert int((found.moved == 0).sum()) == kept


def test_events_of_a_sample_are_those_that_hit_the_plan_and_are_replanned_one_by_one() -> None:
    problem, plan = lone((leader("ann"), leader("dan")))
    rates = ABSENCES.model_copy(update={"incidents_a_year": 12.0, "incident_people": 0})
    asked: list[tuple[Event, int]] = []

    def replan(_: Problem, __: Plan, event: Event, week: int) -> Replanned:
        asked.append((event, week))
        return Replanned(moved=0, people_changed=1, uncovered=0, cost=0, is_proven=True, seconds=0.0)

    sampled = replan_sample(problem, plan, replan, 12, rates, seed=1)
    assert len(sampled) == len(asked) == 12
    for own in sampled:
        assert isinstance(own.event, InspectorAbsence | ClosedWeeks)
        assert WEEK in own.event.weeks
        assert own.week == own.event.weeks.first
        if isinstance(own.event, InspectorAbsence):
            assert (own.event.inspector, own.rule_substituted, own.rule_moved) == ("ann", 1, 0)
        else:
            assert (own.rule_substituted, own.rule_moved + own.rule_missed) == (0, 1)
    assert {type(own.event) for own in sampled} == {InspectorAbsence, ClosedWeeks}


def test_intervals_hold_at_the_ends_too() -> None:
    never = share_of(np.zeros(100, dtype=bool))
    assert never.mean == 0
    assert never.low == pytest.approx(0)
    assert 0.02 < never.high < 0.05
    assert mean_of(np.ones(10)).low == 1


def test_no_draws_say_nothing() -> None:
    with pytest.raises(ValueError, match="Use 1000"):
        simulate(complete(), complete_plan(), draws=0)


def test_an_interval_stays_within_what_was_drawn():
    """49 of 50 draws keep all: no mean can exceed 100 per cent."""
    found = mean_of(np.array([1.0] * 49 + [0.0]))
    assert found.low < found.mean < found.high == 1.0
