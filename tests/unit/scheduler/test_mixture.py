"""The cheapest mix of options, against every mix there is (R039)."""

from collections.abc import Mapping

import pytest

from scheduler.checking.checker import check
from scheduler.cost import date_terms, make_plan
from scheduler.options import Mix, compose, find_mix, solve_mix
from scheduler.options.variants import proof_for, side_by_side
from scheduler.solving.solver import solve
from scheduler.validating.validation import require_valid
from scheduler.values.problem import Absence, Problem
from scheduler.values.proof import Certificate
from scheduler.values.result import SolveParams
from scheduler.verifying.verifier import verify
from tests.builders import span, two_areas
from tests.complete import complete
from tests.exact import cheapest_dates
from tests.known import known
from tests.tiny_variants import every_mix, tiny_variants

PARAMS = SolveParams(dates_seconds=5, teams_seconds=2)


def proof_of(variants: Mapping[str, Problem], mix: Mix) -> tuple[Problem, Certificate]:
    """The problem of a mix, and the certificate for it."""
    problem = compose(variants, known(mix.choice), "mix")
    return problem, proof_for(problem, variants, known(mix.certificate))


@pytest.mark.parametrize("seed", [2, 4, 5])
def test_the_cheapest_mix_is_found_and_no_mix_costs_less_than_the_bound(seed: int) -> None:
    variants = tiny_variants(seed)
    costs = [found[0] for problem in every_mix(variants) if (found := cheapest_dates(problem)) is not None]
    mix = find_mix(variants, params=PARAMS, whole_teams=False)
    assert known(mix.bound) <= min(costs)
    assert known(mix.cost) == min(costs)
    problem = compose(variants, known(mix.choice), "mix")
    assert sum(date_terms(problem, known(mix.starts)).values()) == mix.cost
    mixed, certificate = proof_of(variants, mix)
    (proof,) = verify(mixed, None, (certificate,)).proofs
    assert (proof.proven, proof.refusal) == (known(mix.bound), "")
    plan = make_plan(problem, known(mix.starts), ())
    shape = {"seat_uncovered", "leader_missing", "too_few_bodies", "too_few_members"}
    assert {found.rule for found in check(problem, plan)} <= shape


def test_an_altered_certificate_of_a_mix_is_refused_or_proves_less() -> None:
    variants = tiny_variants(9)
    mix = find_mix(variants, params=PARAMS)
    problem, certificate = proof_of(variants, mix)
    assert certificate.bound == mix.bound
    (sound,) = verify(problem, None, (certificate,)).proofs
    assert (sound.proven, sound.refusal) == (mix.bound, "")
    (without,) = verify(problem, None, (certificate.model_copy(update={"duals": {}}),)).proofs
    assert known(without.proven) <= certificate.bound
    first, *others = certificate.options
    lost = first.model_copy(update={"links": (), "activities": first.activities[1:]})
    away = first.model_copy(update={"activities": ("nowhere", *first.activities)})
    for changes, said in (
        ({"bound": certificate.bound + 1}, "its prices prove"),
        ({"duals": {"pool:nobody:week:1": 5}}, "nobody"),
        ({"duals": {"pool:camhs:week:1": -5}}, "negative"),
        ({"problem_hash": "x"}, "not for this one"),
        ({"options": ()}, "names no options"),
        ({"options": (away, *others)}, "names nowhere, which the problem does not have"),
        ({"options": (lost,)}, "follows none of the options"),
    ):
        altered = certificate.model_copy(update=changes)
        verdict = verify(problem, None, (altered,))
        assert not verdict.is_accepted
        assert said in verdict.proofs[0].refusal


def test_a_mix_is_bounded_by_what_may_be_mixed() -> None:
    """With an option left out the others prove at least as much: there are fewer mixes."""
    variants = tiny_variants(9)
    mix = find_mix(variants, params=PARAMS)
    problem, certificate = proof_of(variants, mix)
    used = set(known(mix.choice).values())
    fewer = tuple(own for own in certificate.options if own.name in used)
    (proof,) = verify(problem, None, (certificate.model_copy(update={"options": fewer}),)).proofs
    assert known(proof.proven) >= certificate.bound


def test_the_mix_is_never_worse_than_an_option_alone() -> None:
    variants = tiny_variants(9)
    results = {name: solve(problem, PARAMS) for name, problem in variants.items()}
    answer = known(solve_mix(variants, results, PARAMS))
    plan = known(answer.result.plan)
    best = min(
        (own.plan.costs.uncovered_places, own.plan.costs.date_cost) for own in results.values() if own.plan
    )
    found = plan.costs
    assert (found.uncovered_places, found.date_cost) <= best
    assert known(answer.bound) <= found.date_cost
    assert check(answer.problem, plan) == ()
    kinds = [own.kind for own in plan.certificates]
    assert kinds.count("mix") == 1
    verdict = verify(answer.problem, plan, plan.certificates)
    assert verdict.refusals == ()
    assert any("No mix of the certificate's options" in sentence for sentence in verdict.proven)


def test_the_best_option_alone_is_the_answer_where_no_time_is_left_for_a_mix() -> None:
    variants = tiny_variants(9)
    results = {name: solve(variants[name], PARAMS) for name in ("1", "3")}
    answer = known(solve_mix(variants, results, SolveParams(dates_seconds=0.0, teams_seconds=0.5)))
    best = min(own.plan.costs.date_cost for own in results.values() if own.plan)
    assert known(answer.result.plan).costs.date_cost <= best


def test_a_known_plan_with_dates_at_which_nobody_is_there_is_completed() -> None:
    """Such dates are none of a covered mix; the rest of the plan is a good beginning."""
    away = {"absences": (Absence(span=span(0, 10)),)}
    people = tuple(own.model_copy(update=away) for own in two_areas().inspectors)
    first = two_areas(inspectors=people)
    dearer = tuple(own.model_copy(update={"urgency_price": 4}) for own in first.activities)
    variants = {"1": first, "2": first.model_copy(update={"activities": dearer})}
    given = make_plan(first, {"jar-north": (4, 8), "jar-south": (20, 23)}, ())
    for seconds in (0.0, 5.0):
        mix = find_mix(variants, {"1": given}, PARAMS.model_copy(update={"dates_seconds": seconds}))
        assert set(known(mix.starts)) == {"jar-north", "jar-south"}
        assert all(weeks[0] >= 10 for weeks in known(mix.starts).values())


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
