"""Each measure against a plan made by hand (R038: the trade-off is shown, not hidden)."""

import pytest

from scheduler.measures import measure_plan
from scheduler.measures.dates import WEEKS_A_MONTH, burden, judgements, load, visits
from scheduler.measures.people import people_needed, shared_members, travel
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from tests.builders import assessment, changed, one_area, review, visit
from tests.complete import complete, complete_plan

COMPLETE, PLAN = complete(), complete_plan()
"""North: review in weeks 8 and 11-12, assessment in 40-41, visit in 14. South: review in 20 and 24-25 with the
assessment in 24-25, visit in 30."""


def dated(starts: dict[str, tuple[int, ...]], **changes: object) -> tuple[Problem, Plan]:
    problem = one_area(**{"num_weeks": 104, **changes})
    plan = complete_plan()
    dates = tuple(
        plan.dates[0].model_copy(update={"activity": name, "starts": own}) for name, own in starts.items()
    )
    return problem, plan.model_copy(update={"dates": dates, "members": ()})


def test_weeks_with_a_visit_count_once_however_many_come() -> None:
    found = burden(COMPLETE, PLAN)
    assert found.weeks_by_area == {"north": 2 + 2 + 1, "south": 2 + 1}
    assert (found.mean, found.worst) == (4.0, 5)


def test_the_worst_half_year_counts_the_weeks_within_26() -> None:
    assert burden(COMPLETE, PLAN).worst_half_year == 3
    close = complete_plan(starts={"ca-north": (36,)})
    assert burden(COMPLETE, close).worst_half_year == 4


def test_an_unvisited_area_is_no_burden() -> None:
    problem, plan = dated({})
    assert burden(problem, plan).mean == 0
    assert burden(problem, plan).worst_half_year == 0


def test_months_between_judgements_are_counted_from_end_to_end() -> None:
    """R030-R036: whichever of both comes first."""
    found = judgements(COMPLETE, PLAN, "jar", "ca")
    assert found.weeks_by_area == {"north": 42 - 13, "south": 0}
    assert found.least_months == 0
    assert found.most_months == pytest.approx(29 / WEEKS_A_MONTH)
    assert found.mean_months == pytest.approx(29 / WEEKS_A_MONTH / 2)


def test_without_both_judgements_there_is_no_distance() -> None:
    found = judgements(COMPLETE, PLAN, "jar", "unknown")
    assert (found.mean_months, found.least_months, found.weeks_by_area) == (None, None, {})


def test_a_joint_team_is_that_of_a_review_with_the_assessment_on_site() -> None:
    """R035: only South's assessment runs during the review."""
    found = shared_members(COMPLETE, PLAN, "jar", "ca")
    assert (found.joint_team, found.num_members, found.same_people) == (3, 6, 0)


def test_who_is_absent_or_elsewhere_could_not_join_the_assessment() -> None:
    """R031: in weeks 40 and 41 eve is away half of the time, but she is not in North's team; all three are free."""
    assert shared_members(COMPLETE, PLAN, "jar", "ca").could_join == 6
    away = changed(
        COMPLETE, "inspectors", "bob", absences=({"span": {"first": 41, "end": 42}, "percent_available": 0},)
    )
    assert shared_members(away, PLAN, "jar", "ca").could_join == 5
    busy = complete_plan(starts={"ca-north": (24,)})
    assert shared_members(COMPLETE, busy, "jar", "ca").could_join == 5, "ann is in South then"


def test_stages_on_site_in_a_common_week_are_one_joint_visit() -> None:
    """R035, R097: review and assessment of South; North has three visits, and South's other one is alone."""
    found = visits(COMPLETE, PLAN)
    assert (found.num_stages, found.num_visits, found.num_joint) == (6, 5, 1)


def test_visits_that_touch_are_two() -> None:
    starts = {"jar-north": (8, 11), "yot-north": (13,)}
    problem, plan = dated(starts, activities=(review("north"), visit("yot", "north")))
    assert (visits(problem, plan).num_visits, visits(problem, plan).num_joint) == (2, 0)


def test_travel_is_what_the_cost_of_people_counts() -> None:
    assert travel(COMPLETE, PLAN).km == PLAN.costs.team_terms["travel"]
    assert travel(COMPLETE, PLAN).km_a_seat == PLAN.costs.team_terms["travel"] / 6


def test_load_is_person_weeks_by_quarter_from_the_first_week_with_work() -> None:
    """Three seats for three weeks a review, one unit for two weeks an assessment."""
    found = load(COMPLETE, PLAN)
    assert found.quarters == (9 + 3, 6 + 2, 2)
    assert found.peak == 12
    assert found.variation == pytest.approx(2 / 10)


def test_an_empty_programme_is_even() -> None:
    problem, plan = dated({})
    assert load(problem, plan).quarters == ()
    assert load(problem, plan).variation == 0


def test_people_needed_is_the_fullest_week() -> None:
    starts = {"jar-north": (8, 11), "jar-south": (10, 13), "ca-north": (40,)}
    together = complete_plan(starts={**starts, "ca-south": (40,)})
    found = people_needed(COMPLETE, PLAN)
    assert (found.inspectors, found.by_pool, found.named) == (3, {"audit_commission": 1}, 5)
    assert found.by_skill == {"camhs": 1, "education": 1, "leader": 1, "safeguarding": 1}
    assert people_needed(COMPLETE, together).by_pool == {"audit_commission": 2}
    same_week = complete_plan(starts={"jar-south": (8, 11)})
    assert people_needed(COMPLETE, same_week).inspectors == 6
    assert people_needed(COMPLETE, same_week).by_skill["safeguarding"] == 2


def test_all_measures_come_together_as_one_document() -> None:
    found = measure_plan(COMPLETE, PLAN)
    assert found == type(found).model_validate_json(found.model_dump_json())
    assert found.burden == burden(COMPLETE, PLAN)
    alone, dates = dated({"jar-north": (8, 11)}, activities=(review("north"), assessment("north")))
    assert measure_plan(alone, dates).judgements.weeks_by_area == {}
