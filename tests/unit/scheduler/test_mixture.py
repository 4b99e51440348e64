"""The cheapest mix of options, against every mix there is (R039)."""

import pytest

from scheduler.check import check
from scheduler.cost import date_terms, make_plan
from scheduler.mixture import compose, find_mix, solve_mix
from scheduler.mixture.side_by_side import side_by_side
from scheduler.mixture.verify import bound_of_mixes
from scheduler.proofs.refusal import Refusal
from scheduler.result import SolveParams
from scheduler.solve import solve
from scheduler.validate import require_valid
from tests.builders import complete
from tests.exact import cheapest_dates
from tests.tiny_variants import every_mix, tiny_variants

PARAMS = SolveParams(dates_seconds=5, teams_seconds=2)


@pytest.mark.parametrize("seed", [2, 4, 5])
def test_no_mix_costs_less_than_the_bound_and_the_found_one_is_a_mix(seed: int) -> None:
    variants = tiny_variants(seed)
    costs = [found[0] for problem in every_mix(variants) if (found := cheapest_dates(problem)) is not None]
    mix = find_mix(variants, params=PARAMS, whole_teams=False)
    assert mix.bound is not None
    assert mix.bound <= min(costs)
    assert mix.cost is not None
    assert mix.cost >= min(costs)
    assert mix.choice is not None
    assert mix.starts is not None
    problem = compose(variants, mix.choice, "mix")
    assert sum(date_terms(problem, mix.starts).values()) == mix.cost
    assert mix.certificate is not None
    assert bound_of_mixes(variants, mix.certificate) == mix.bound
    plan = make_plan(problem, mix.starts, ())
    shape = {"seat_uncovered", "leader_missing", "too_few_bodies", "too_few_members"}
    assert {found.rule for found in check(problem, plan)} <= shape


def test_an_altered_certificate_of_a_mix_is_refused_or_proves_less() -> None:
    variants = tiny_variants(9)
    mix = find_mix(variants, params=PARAMS)
    assert mix.certificate is not None
    assert mix.certificate.bound == mix.bound == bound_of_mixes(variants, mix.certificate)
    without = mix.certificate.model_copy(update={"duals": {}})
    assert bound_of_mixes(variants, without) <= mix.certificate.bound
    for changes, said in (
        ({"duals": {"pool:nobody:week:1": 5}}, "nobody"),
        ({"duals": {"pool:camhs:week:1": -5}}, "negative"),
        ({"problem_hash": "x"}, "other problems"),
    ):
        altered = mix.certificate.model_copy(update=changes)
        with pytest.raises(Refusal, match=said):
            bound_of_mixes(variants, altered)


def test_the_mix_is_never_worse_than_an_option_alone() -> None:
    variants = tiny_variants(9)
    results = {name: solve(problem, PARAMS) for name, problem in variants.items()}
    answer = solve_mix(variants, results, PARAMS)
    assert answer is not None
    assert answer.result.plan is not None
    best = min(
        (own.plan.costs.uncovered_places, own.plan.costs.date_cost) for own in results.values() if own.plan
    )
    found = answer.result.plan.costs
    assert (found.uncovered_places, found.date_cost) <= best
    assert answer.bound is not None
    assert answer.bound <= found.date_cost
    assert check(answer.problem, answer.result.plan) == ()


def test_the_best_option_alone_is_the_answer_where_no_time_is_left_for_a_mix() -> None:
    variants = tiny_variants(9)
    results = {name: solve(variants[name], PARAMS) for name in ("1", "3")}
    answer = solve_mix(variants, results, SolveParams(dates_seconds=0.0, teams_seconds=0.5))
    assert answer is not None
    assert answer.result.plan is not None
    best = min(own.plan.costs.date_cost for own in results.values() if own.plan)
    assert answer.result.plan.costs.date_cost <= best


def test_a_composed_programme_takes_activities_and_links_of_each_areas_option() -> None:
    variants = tiny_variants(2)
    problem = compose(variants, {"a0": "3", "a1": "1"}, "mix")
    require_valid(problem)
    assert [own.id for own in problem.activities] == [own.id for own in variants["1"].activities]
    assert {link.kind for link in problem.links} == {"within", "lag", "near"}
    alone = compose(variants, {"a0": "4", "a1": "4"}, variants["4"].name)
    assert set(alone.links) == set(variants["4"].links)
    assert alone.activities == variants["4"].activities


def test_equal_options_of_an_area_are_one_choice() -> None:
    problem = tiny_variants(2)["1"]
    joint = side_by_side({"1": problem, "again": problem})
    assert {choice.option for choice in joint.choices} == {"1"}
    assert len(joint.problem.activities) == len(problem.activities)
    assert joint.stands_for["a0", "again"] == joint.stands_for["a0", "1"]


def test_problems_of_other_facts_are_no_variants() -> None:
    variants = tiny_variants(2)
    other = variants["2"].model_copy(update={"inspectors": variants["2"].inspectors[1:]})
    with pytest.raises(ValueError, match="differ in inspectors"):
        side_by_side(variants | {"2": other})
    with pytest.raises(ValueError, match="at least one option"):
        side_by_side({})


def test_every_reference_to_a_stage_is_renamed_with_its_activity() -> None:
    first = complete()
    lighter = [
        own if own.team is None else own.model_copy(update={"urgency_price": 1}) for own in first.activities
    ]
    joint = side_by_side({"1": first, "2": first.model_copy(update={"activities": tuple(lighter)})})
    require_valid(joint.problem)
    assert {own.id.split("|")[0] for own in joint.problem.activities} == {"1", "2"}
    assert len(joint.problem.activities) == 2 * len(first.activities)
