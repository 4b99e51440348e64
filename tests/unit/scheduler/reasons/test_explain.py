"""Reasons for dates: what is added exactly as stated makes each cheaper date possible, and not a unit less does."""

from collections.abc import Mapping
from random import Random

import pytest

from benchmarks.confirm import confirm
from benchmarks.instances import Family, build
from benchmarks.people import Release
from scheduler import Plan, Problem, SolveParams, check, explain, solve
from scheduler.candidates.explanation import Alternative, Explanation
from scheduler.candidates.plan_state import PlanState
from scheduler.candidates.weeks import week_candidates
from scheduler.checking.checker import SHORTAGE_RULES
from scheduler.cost import make_plan, uncovered_places
from scheduler.explaining.added_capacity import with_added_capacity
from scheduler.explaining.situation import UnknownArea
from scheduler.teams.assignment import assign_teams
from scheduler.validating.validation import validate
from scheduler.values.problem import Activity, Calendar, Closure, Published, Stage
from tests.builders import one_area, review, span, visit
from tests.complete import complete, complete_plan
from tests.known import known
from tests.shortfalls import without_one_unit
from tests.solved import solved_plan

QUICK = SolveParams(dates_seconds=5, teams_seconds=2)
Explained = tuple[Problem, Plan, tuple[Explanation, ...]]


ROOMY = Release(share=1.0, abundant_share=1.0, is_by_round=False, is_abundant_by_round=False)
FAMILY = Family(
    3,
    40,
    110,
    num_start_weeks=50,
    num_weeks=62,
    first_term_maximum=12,
    yearly_maximum=40,
    quarterly_maximum=12,
    release=ROOMY,
)


@pytest.fixture(scope="module")
def explained() -> Explained:
    """Thirty areas out of forty, each with few weeks before its present one."""
    wide = build(FAMILY, 1, "explained")
    planned = known(solve(wide, SolveParams(dates_seconds=5, teams_seconds=1)).plan)
    starts = planned.starts()
    problem = wide.model_copy(update={"activities": tuple(_narrow(own, starts) for own in wide.activities)})
    plan = make_plan(problem, starts, planned.members)
    state = PlanState(problem, plan)
    areas = Random(7).sample([area.id for area in problem.areas], 30)
    return problem, plan, tuple(explain(problem, plan, area, state) for area in areas)


def _narrow(activity: Activity, starts: Mapping[str, tuple[int, ...]]) -> Activity:
    if activity.kind != "jar":
        return activity
    first = max(0, starts[activity.id][0] - 2)
    return activity.model_copy(update={"start_window": span(first, activity.start_window.end)})


def alternatives(explained: Explained) -> list[Alternative]:
    return [own for explanation in explained[2] for own in explanation.alternatives]


def test_adding_exactly_the_shortfall_makes_each_cheaper_date_possible_at_the_stated_cost(
    explained: Explained,
) -> None:
    problem, plan, _ = explained
    found = alternatives(explained)
    assert len(found) >= 5
    shortfalls = [own.shortfall for own in found]
    assert all(any(getattr(own, part) for own in shortfalls) for part in ("people", "units", "limits"))
    refused = [
        own for own in found if not confirm(problem, plan, own.dates, own.shortfall, own.cost).is_confirmed
    ]
    assert refused == []
    assert all(own.shortfall.is_proven for own in found)


def test_a_unit_less_leaves_the_cheaper_date_impossible_where_the_others_are(explained: Explained) -> None:
    problem, plan, _ = explained
    by_kind = {
        (bool(own.shortfall.units), bool(own.shortfall.limits), len(own.shortfall.people)): own
        for own in alternatives(explained)
    }
    smaller = [(own, less) for own in by_kind.values() for less in without_one_unit(own.shortfall)]
    assert len(smaller) > 5
    for own, less in Random(3).sample(smaller, min(5, len(smaller))):
        starts = {**plan.starts(), **{item.activity: item.starts for item in own.dates}}
        wider = with_added_capacity(problem, less)
        teams = assign_teams(wider, starts, SolveParams(teams_seconds=5, team_gap_target=1.0))
        broken = {
            found.rule for found in check(wider, make_plan(wider, starts, teams.members))
        } - SHORTAGE_RULES
        assert broken or teams.uncovered_bound > uncovered_places(problem, plan.members)


def test_the_stated_cost_is_that_of_the_plan_less_the_saving(explained: Explained) -> None:
    problem, plan, explanations = explained
    for explanation in explanations:
        assert explanation.plan_cost == plan.costs.date_cost
        assert len({own.first_week for own in explanation.alternatives}) == len(explanation.alternatives)
        for own in explanation.alternatives:
            starts = {**plan.starts(), **{item.activity: item.starts for item in own.dates}}
            assert (
                make_plan(problem, starts, ()).costs.date_cost
                == own.cost
                == explanation.plan_cost - own.saving
            )


def test_everybody_with_a_missing_skill_is_named_with_what_stands_in_the_way(explained: Explained) -> None:
    problem, _, _ = explained
    seat = next(own for own in alternatives(explained) if own.seats).seats[0]
    skilled = {i.id for i in problem.inspectors if i.is_leader or seat.seat.skill in i.skills}
    named = {own.inspector for own in seat.holders}
    assert named <= skilled
    assert all(own.activities or own.why != "busy" for own in seat.holders)


def test_added_capacity_is_a_valid_problem_and_nothing_added_is_the_same(explained: Explained) -> None:
    problem, _, _ = explained
    own = max(alternatives(explained), key=lambda item: item.shortfall.size)
    wider = with_added_capacity(problem, own.shortfall)
    assert validate(wider) == ()
    assert len(wider.inspectors) == len(problem.inspectors) + len(own.shortfall.people)
    assert (
        with_added_capacity(
            problem, own.shortfall.model_copy(update={"people": (), "units": (), "limits": ()})
        )
        == problem
    )


def test_limits_pools_and_partners_that_are_short_are_named_with_their_weeks() -> None:
    """R014, R128: the complete problem with its south review beside the north one."""
    problem, plan = complete(), complete_plan()
    explanation = explain(problem, plan, "south")
    assert explanation.activity == "jar-south"
    assert sum(explanation.terms.values()) > 0
    for own in explanation.alternatives:
        assert confirm(problem, plan, own.dates, own.shortfall, own.cost).is_confirmed, own
    limits = {(item.limit, item.kind) for own in explanation.alternatives for item in own.shortfall.limits}
    assert ("autumn", "period_maximum") in limits


def test_cheaper_dates_of_later_stages_are_told_where_the_first_has_a_single_week() -> None:
    """Analysis in week 9 only; a fieldwork that waits a week longer than it must costs 5 for nothing."""
    problem = one_area(activities=(review("north", start_window=span(9, 10)),))
    plan = make_plan(problem, {"jar-north": (9, 13)}, solved_plan(problem, QUICK).members)
    assert plan.costs.date_terms["stretch"] == 5
    found = explain(problem, plan, "north").alternatives
    assert [(own.first_week, own.saving, own.dates[0].starts) for own in found] == [(9, 5, (9, 12))]


def test_cheaper_dates_are_told_where_only_a_later_stage_of_another_activity_can_move() -> None:
    """Nothing of the first activity can move: the one that can stands for the area."""
    fixed = review("north", id="fixed", team=None, pinned_starts=(2, 5))
    late = review("north", id="late", team=None, start_window=span(9, 10))
    problem = one_area(activities=(fixed, late), inspectors=())
    answer = explain(problem, make_plan(problem, {"fixed": (2, 5), "late": (9, 13)}, ()), "north")
    assert (answer.activity, [own.saving for own in answer.alternatives]) == ("late", [5])


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
    answer = explain(problem, solved_plan(problem, QUICK), "north")
    assert (answer.activity, answer.other_weeks) == ("ca-north", 5)


def test_who_was_announced_and_has_left_is_in_nobodys_way() -> None:
    published = Published(starts=(9, 12), members=("gone",))
    problem = one_area(activities=(review("north", published=published),))
    plan = solved_plan(problem, QUICK)
    answer = week_candidates(PlanState(problem, plan), "jar-north")
    assert {own.week for own in answer.weeks} == set(range(40))
    [announced] = [own.alone for own in answer.weeks if own.week == 9]
    assert known(announced).fits


def test_an_area_where_nothing_is_planned_is_refused() -> None:
    with pytest.raises(UnknownArea, match="nowhere"):
        explain(complete(), complete_plan(), "nowhere")


def test_a_plan_that_breaks_rules_of_dates_is_refused() -> None:
    with pytest.raises(ValueError, match="check the plan"):
        explain(complete(), complete_plan(starts={"jar-north": (8, 9)}), "south")
