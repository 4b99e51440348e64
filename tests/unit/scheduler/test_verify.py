"""The verifier accepts what is proven and refuses whatever was altered, with the reason."""

from typing import Any

import pytest

from benchmarks.instances import small
from scheduler.cost import make_plan
from scheduler.counting.counted_proof import prove_counted
from scheduler.counting.pre_check import precheck
from scheduler.dates.prepared import Prepared
from scheduler.dates.search import solve_dates
from scheduler.events import InspectorAbsence
from scheduler.replanning.carried_proof import carried_over
from scheduler.solving.solver import solve
from scheduler.values.plan import Plan
from scheduler.values.problem import Absence, NearLink, PeriodLimit, Problem
from scheduler.values.proof import Certificate
from scheduler.values.result import Result, SolveParams, Status
from scheduler.verifying.bound import Proven
from scheduler.verifying.verdict import StatedBounds
from scheduler.verifying.verifier import BOUNDS, verify
from tests.builders import inspector, one_area, ref, review, span, two_areas, visit
from tests.complete import complete
from tests.known import known
from tests.replanning import published, replanned, three_reviews
from tests.solved import solved_plan
from tests.tiny import Option, tiny_problem

PARAMS = SolveParams(num_workers=1, teams_seconds=0.8)
Solved = tuple[Problem, Plan, Certificate]


@pytest.fixture(scope="module")
def solved() -> Solved:
    """A problem in which people are short enough for rows to have prices."""
    problem = small(1, num_areas=8)
    plan = solved_plan(problem, PARAMS)
    certificate = next(own for own in plan.certificates if own.kind == "dates")
    assert any(name.startswith(("pool", "hall", "everybody", "rest")) for name in certificate.duals)
    return problem, plan, certificate


def altered(value: Certificate, **changes: Any) -> Certificate:
    """Also what validation would refuse."""
    return value.model_copy(update=changes)


def reason(solved: Solved, **changes: Any) -> str:
    """Why an altered certificate is refused."""
    problem, plan, certificate = solved
    verdict = verify(problem, plan, [altered(certificate, **changes)])
    assert not verdict.is_accepted
    assert verdict.proven == verdict.unproven == ()
    return " ".join(verdict.refusals)


def test_a_solved_plan_is_accepted_and_its_bound_stated_in_words(solved: Solved) -> None:
    problem, plan, certificate = solved
    verdict = verify(problem, plan, plan.certificates)
    assert verdict.is_accepted
    assert verdict.date_cost == plan.costs.date_cost
    assert (verdict.proofs[0].claimed, verdict.proofs[0].proven) == (certificate.bound, certificate.bound)
    assert f"No plan without uncovered place has dates that cost less than {certificate.bound}" in str(
        verdict.proven
    )


def test_a_bound_too_good_by_one_is_refused(solved: Solved) -> None:
    bound = solved[2].bound
    assert f"claims {bound + 1}, but its prices prove {bound} only" in reason(solved, bound=bound + 1)


def test_a_more_modest_claim_is_accepted_and_the_better_bound_stated(solved: Solved) -> None:
    problem, plan, certificate = solved
    verdict = verify(problem, plan, [altered(certificate, bound=certificate.bound - 1)])
    assert verdict.is_accepted
    assert verdict.proofs[0].proven == certificate.bound


@pytest.mark.parametrize("factor", [0, 30])
def test_an_altered_price_no_longer_proves_the_bound(solved: Solved, factor: int) -> None:
    duals = solved[2].duals
    dearest = max(duals, key=lambda name: duals[name])
    assert "its prices prove" in reason(solved, duals={**duals, dearest: factor * duals[dearest]})


def test_prices_without_any_row_prove_what_each_area_costs_alone(solved: Solved) -> None:
    problem, plan, certificate = solved
    verdict = verify(problem, plan, [altered(certificate, duals={}, bound=0)])
    assert verdict.is_accepted
    assert 0 < (verdict.proofs[0].proven or 0) < certificate.bound


def test_a_negative_price_is_refused(solved: Solved) -> None:
    name = next(iter(solved[2].duals))
    assert f"row '{name}' has the negative price -5" in reason(solved, duals={name: -5})


@pytest.mark.parametrize(
    "name",
    [
        "pool:astrology:week:3",
        "pool:camhs:week:9999",
        "pool:camhs:week:03",
        "hall:camhs:week:3",
        "rest:pool:camhs:week:-1",
        "anonymous:nobody:week:1",
        "partner:nobody:week:1",
        "period:never:max",
        "yearly:financial_year:1066:pool:camhs",
        "person:nobody:week:1",
        "",
    ],
)
def test_a_row_that_the_problem_does_not_have_is_refused_by_name(solved: Solved, name: str) -> None:
    assert f"no row '{name}'" in reason(solved, duals={name: 1})


def test_a_row_has_one_name_so_that_its_slack_is_never_forgotten() -> None:
    problem = complete()
    prices = Certificate(problem_hash=problem.hash, scale=1, bound=0, duals={"partner:police:week:11": 6})
    assert verify(problem, None, [prices]).is_accepted
    alias = altered(prices, duals={**prices.duals, "partner:%70olice:week:11": 6})
    assert "no row 'partner:%70olice:week:11'" in verify(problem, None, [alias]).refusals[0]


@pytest.mark.parametrize(("field", "value"), [("scale", 0), ("scale", 1 << 70)])
def test_a_damaged_scale_is_refused(solved: Solved, field: str, value: int) -> None:
    assert "scale" in reason(solved, **{field: value})


def test_a_price_beyond_all_reason_is_refused(solved: Solved) -> None:
    name = next(iter(solved[2].duals))
    assert "digits" in reason(solved, duals={name: 10**30})


def test_another_problems_certificate_is_refused(solved: Solved) -> None:
    assert "it is for problem 0000" in reason(solved, problem_hash="0" * 64)


def test_a_plan_without_certificate_is_refused(solved: Solved) -> None:
    problem, plan, _ = solved
    verdict = verify(problem, plan, ())
    assert not verdict.is_accepted
    assert "no certificate" in verdict.refusals[0]


def test_an_altered_problem_is_refused(solved: Solved) -> None:
    problem, plan, _ = solved
    other = problem.model_copy(update={"min_percent": 79})
    verdict = verify(other, plan, plan.certificates)
    assert not verdict.is_accepted
    assert "the plan is for problem" in verdict.refusals[0]
    assert "it is for problem" in verdict.refusals[1]


def test_the_hash_is_computed_anew_not_believed(solved: Solved) -> None:
    problem, plan, _ = solved
    other = problem.model_copy(update={"min_percent": 79})
    other.__dict__["hash"] = problem.hash
    assert not verify(other, plan, plan.certificates).is_accepted


def damaged_date(plan: Plan) -> Plan:
    first, *others = plan.dates
    moved = first.model_copy(update={"starts": tuple(week + 1 for week in first.starts)})
    return plan.model_copy(update={"dates": (moved, *others)})


def damaged_member(plan: Plan) -> Plan:
    first, *others = plan.members
    return plan.model_copy(update={"members": (first.model_copy(update={"inspector": "nobody"}), *others)})


def damaged_cost(plan: Plan) -> Plan:
    terms = {**plan.costs.date_terms, "urgency": plan.costs.date_terms["urgency"] - 1}
    return plan.model_copy(update={"costs": plan.costs.model_copy(update={"date_terms": terms})})


@pytest.mark.parametrize("damage", [damaged_date, damaged_member, damaged_cost])
def test_an_altered_plan_is_refused(solved: Solved, damage: Any) -> None:
    problem, plan, _ = solved
    verdict = verify(problem, damage(plan), plan.certificates)
    assert not verdict.is_accepted
    assert "the plan breaks" in verdict.refusals[0]


def test_a_plan_of_another_problem_is_refused(solved: Solved) -> None:
    other = one_area()
    plan = make_plan(other, {"jar-north": (0, 3)}, ())
    verdict = verify(solved[0], plan, solved[1].certificates)
    assert "the plan is for problem" in verdict.refusals[0]


def test_what_only_a_solver_says_is_named(solved: Solved) -> None:
    problem, plan, certificate = solved
    assert plan.costs.uncovered_places == 0
    stated = StatedBounds(date_bound=certificate.bound + 1, team_bound=3, uncovered_bound_for_dates=0)
    words = " ".join(verify(problem, plan, plan.certificates, stated).unproven)
    assert f"less than {certificate.bound + 1} is the word of branch and cut alone" in words
    assert "less than 3 (these:" in words
    assert "branch and cut" not in " ".join(verify(problem, plan, plan.certificates).unproven)


def test_prices_that_were_good_before_a_change_prove_something_after_it(solved: Solved) -> None:
    problem, _, certificate = solved
    changed = problem.model_copy(update={"inspectors": problem.inspectors[1:]})
    (carried,) = carried_over(Prepared(changed), [certificate])
    assert certificate.bound <= carried.bound
    assert verify(changed, None, [carried]).is_accepted
    assert not verify(changed, None, [altered(carried, bound=carried.bound + 1)]).is_accepted


def test_where_no_whole_team_is_left_the_prices_without_people_still_prove_something(solved: Solved) -> None:
    problem, _, certificate = solved
    reviewed = next(own for own in problem.activities if own.team is not None)
    followers = tuple(
        own.model_copy(update={"conflicts": (*own.conflicts, reviewed.area)}) if own.is_leader else own
        for own in problem.inspectors
    )
    changed = problem.model_copy(update={"inspectors": followers})
    (carried,) = carried_over(Prepared(changed), [certificate])
    assert not carried.whole_teams
    assert 0 < carried.bound <= certificate.bound
    assert verify(changed, None, [carried]).is_accepted


def test_a_replanned_plan_carries_what_the_old_prices_prove_of_it() -> None:
    """R094."""
    problem = three_reviews()
    certificates = solve_dates(problem, whole_teams=True).certificates
    plan = published(problem).model_copy(update={"certificates": certificates})
    found = replanned(problem, InspectorAbsence(inspector="ann", weeks=span(10, 11)), plan)
    main = known(found.main)
    verdict = verify(found.problem, main.plan, main.plan.certificates)
    assert [proof.kind for proof in verdict.proofs] == ["dates"]
    assert verdict.is_accepted


def crowded() -> Problem:
    """Three reviews, one a week at most, of which two must begin in the same week."""
    reviews = tuple(
        review(name, team=None, start_window=span(0, 2)).model_copy(update={"id": f"jar-{name}-{number}"})
        for number, name in enumerate(("north", "south", "south"))
    )
    limits = tuple(
        PeriodLimit(id=f"week-{week}", span=span(week, week + 1), kinds=("jar",), maximum=1)
        for week in (0, 1)
    )
    return two_areas(activities=reviews, period_limits=limits, inspectors=())


def test_the_proof_that_there_is_no_plan_is_accepted_and_a_forged_one_refused() -> None:
    problem = crowded()
    result = solve(problem, PARAMS)
    assert result.status is Status.INFEASIBLE
    (certificate,) = result.certificates
    verdict = verify(problem, None, result.certificates)
    assert (certificate.kind, verdict.is_accepted) == ("impossible", True)
    assert "No plan of dates keeps all limits" in verdict.proven[0]
    looser = problem.model_copy(update={"period_limits": problem.period_limits[:1]})
    forged = altered(certificate, problem_hash=looser.hash)
    assert not verify(looser, None, [forged]).is_accepted
    nothing = altered(certificate, duals={}, bound=0)
    assert "more than nothing" in verify(problem, None, [nothing]).refusals[0]


def test_the_proof_that_there_is_no_plan_even_without_people_is_one_of_the_problem_itself() -> None:
    """Each limit leaves room on its own, so no counting finds it; the name of a row is escaped."""
    limits = (
        PeriodLimit(id="early: north", span=span(0, 20), kinds=("jar",), areas=("north",), minimum=1),
        PeriodLimit(id="close, any", span=span(0, 20), kinds=("jar",), maximum=1),
        PeriodLimit(id="other", span=span(0, 20), kinds=("jar",), areas=("south",), minimum=1),
    )
    problem = two_areas(period_limits=limits)
    result = solve(problem, PARAMS)
    assert (result.status, result.plan) == (Status.INFEASIBLE, None)
    verdict = verify(problem, None, result.certificates)
    assert [proof.kind for proof in verdict.proofs] == ["impossible"]
    assert verdict.refusals == ()


def busy() -> Problem:
    """Two reviews at about the same time, for which the only one with a skill would need to go without rest."""
    people = (
        inspector("bob", "CSCI", "safeguarding", rest_weeks=1),
        *(inspector(f"e{n}", "Ofsted", "education", rest_weeks=1) for n in range(2)),
        *(inspector(f"l{n}", "HMIC", is_leader=True, rest_weeks=1) for n in range(2)),
    )
    reviews = tuple(review(name, start_window=span(0, 2)) for name in ("north", "south"))
    return two_areas(activities=reviews, inspectors=people)


def test_that_people_never_suffice_is_proven_beside_the_plan_with_uncovered_places() -> None:
    problem = busy()
    result = solve(problem, PARAMS)
    assert result.uncovered_places == 1
    verdict = verify(problem, result.plan, result.certificates)
    assert verdict.is_accepted
    words = " ".join(verdict.proven)
    assert "No plan leaves every place covered" in words
    assert "leaves at least 1 place uncovered. This one leaves 1 place uncovered." in words


def test_a_circle_through_a_pin_for_which_nobody_is_there_is_solved_and_proven() -> None:
    """R017: no whole team is there in the pinned weeks, so the review has no week, and its links join nothing."""
    activities = (
        review("north", start_window=span(0, 8), pinned_starts=(4, 8)),
        visit("ca", "north", start_window=span(0, 20)),
        visit("yot", "north", start_window=span(0, 20)),
    )
    pairs = (("jar-north", "ca-north"), ("jar-north", "yot-north"), ("ca-north", "yot-north"))
    links = tuple(
        NearLink(
            one=ref(one, "analysis" if one == "jar-north" else "on_site"),
            other=ref(other),
            cap_weeks=4,
            price_per_week=1,
        )
        for one, other in pairs
    )
    people = tuple(
        own.model_copy(update={"absences": (Absence(span=span(4, 5)),)}) for own in one_area().inspectors
    )
    problem = one_area(activities=activities, links=links, inspectors=people)
    result = solve(problem, PARAMS)
    assert known(result.plan).starts()["jar-north"] == (4, 8)
    assert result.uncovered_places == result.uncovered_bound == 3
    assert verify(problem, known(result.plan), result.certificates).is_accepted


def test_a_forged_minimum_of_uncovered_places_is_refused() -> None:
    problem = busy()
    plan = solved_plan(problem, PARAMS)
    certificate = next(own for own in plan.certificates if own.kind == "uncovered")
    for changes, why in (
        ({"bound": 2}, "claims 2, but its prices prove 1 only"),
        ({"duals": {}}, "claims 1, but its prices prove 0 only"),
        ({"duals": {"pool:safeguarding:week:4": 10**6}}, "plans with uncovered places need not keep"),
        ({"duals": {"person:bob:financial_year:FY2005-06": 1}}, "no row 'person:bob"),
    ):
        verdict = verify(problem, plan, [altered(certificate, **changes)])
        assert not verdict.is_accepted
        assert why in verdict.refusals[0]


def test_a_proof_that_a_sound_plan_refutes_is_reported(
    solved: Solved, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem, plan, certificate = solved
    monkeypatch.setitem(BOUNDS, "dates", lambda *_: Proven(10**9, 1, for_covered_plans=False))
    assert "contradict each other" in verify(problem, plan, [certificate]).refusals[0]


def test_results_stored_with_one_certificate_are_read() -> None:
    problem = one_area()
    result = solve(problem, PARAMS)
    stored = result.model_dump(mode="json")
    (certificate,) = stored.pop("certificates")
    stored["plan"].pop("certificates")
    stored["certificate"] = {name: certificate[name] for name in ("scale", "duals", "bound")}
    assert Result.model_validate(stored).certificates == result.certificates
    assert Result.model_validate({**stored, "certificate": None}).certificates == ()


@pytest.mark.parametrize(
    ("option", "seed"),
    [(1, 11), (1, 31), (2, 3), (2, 21), (2, 34), (3, 1), (3, 9), (3, 24), (4, 22), (4, 39)],
)
def test_what_the_pre_check_counts_is_a_proof_too(option: Option, seed: int) -> None:
    """Periods, pools, unions, everybody, yearly maxima, partners, and areas that find no weeks."""
    problem = tiny_problem(option, seed)
    shortages = precheck(problem)
    assert shortages
    certificate = prove_counted(Prepared(problem), shortages, seconds=5)
    assert verify(problem, None, [certificate]).is_accepted
