"""The mixed programme as a whole: options and dates, then teams; never worse than one option alone."""

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.cost import make_plan
from scheduler.options.mix_search import Mix, find_mix
from scheduler.options.variants import Variants, compose, proof_for
from scheduler.solving.solver import solve
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.proof import Certificate
from scheduler.values.result import Listener, PhaseFigures, Result, SolveParams, Status, StopRequest


@dataclass(frozen=True)
class MixAnswer:
    """A mixed programme and what is proven about it.

    Attributes
    ----------
    problem, result
        The programme composed of the chosen options (or of one option alone, where no mix was better) and its plan.
    choice
        Option by area.
    bound
        No mix of options without an uncovered place costs less in dates; None if unknown.
    num_decided
        Number of areas for which another option is proven to cost more than these dates.
    certificate
        Proves the bound over all mixes; the result and its plan carry it too.
    """

    problem: Problem
    result: Result
    choice: Mapping[str, str]
    bound: int | None
    num_decided: int
    certificate: Certificate | None


def solve_mix(
    variants: Variants,
    results: Mapping[str, Result],
    params: SolveParams | None = None,
    listener: Listener | None = None,
    stop: StopRequest | None = None,
) -> MixAnswer | None:
    """Choose each area's option and solve the programme that results.

    Parameters
    ----------
    variants
        The problem of each option.
    results
        What was found for some of them; the answer is never worse than the best of these, by uncovered places,
        then cost of dates, then cost of people.
    params
        The limit for dates holds twice: for the choice of options, and for the dates of the chosen ones.

    Returns
    -------
    None if there is neither a mix nor a plan of one option.
    """
    params = params or SolveParams()
    plans = {option: result.plan for option, result in results.items() if result.plan is not None}
    covers = not plans or any(plan.costs.uncovered_places == 0 for plan in plans.values())
    mix = find_mix(variants, plans, params, listener, stop, whole_teams=covers)
    found = [answer for answer in (_solved(variants, mix, params, listener, stop),) if answer is not None]
    found += [_pure(variants, option, results[option], mix) for option in plans]
    return min(found, key=lambda answer: _rank(answer.result.plan), default=None)


def _solved(
    variants: Variants, mix: Mix, params: SolveParams, listener: Listener | None, stop: StopRequest | None
) -> MixAnswer | None:
    if mix.choice is None or mix.starts is None:
        return None
    option, first = next(iter(variants.items()))
    name = f"{first.name.removesuffix(f', option {option}')}, option mixed"
    problem = compose(variants, mix.choice, name)
    result = solve(problem, params, listener, stop, hint=make_plan(problem, mix.starts, ()))
    if result.plan is None:
        return None
    return _answer(variants, problem, result, mix, mix.choice, mix.num_decided)


def _pure(variants: Variants, option: str, result: Result, mix: Mix) -> MixAnswer:
    problem = variants[option]
    return _answer(variants, problem, result, mix, {area.id: option for area in problem.areas}, 0)


def _answer(
    variants: Variants,
    problem: Problem,
    result: Result,
    mix: Mix,
    choice: Mapping[str, str],
    num_decided: int,
) -> MixAnswer:
    """The answer, in which result and plan carry the proof of the bound over all mixes."""
    if mix.certificate is None:
        return MixAnswer(problem, result, choice, mix.bound, num_decided, None)
    proof = proof_for(problem, variants, mix.certificate)
    certificates = (*result.certificates, proof)
    plan = result.plan and result.plan.model_copy(update={"certificates": (*result.plan.certificates, proof)})
    carried = result.model_copy(update={"certificates": certificates, "plan": plan})
    return MixAnswer(problem, carried, choice, mix.bound, num_decided, proof)


def _rank(plan: Plan | None) -> tuple[int, int, int]:
    assert plan is not None
    return plan.costs.uncovered_places, plan.costs.date_cost, plan.costs.team_cost


def no_mix(variants: Variants, params: SolveParams) -> tuple[Problem, Result]:
    """What is said where there is neither a mix nor a plan of one option: the problem of the first, and why."""
    problem = next(iter(variants.values()))
    remark = "Neither a mix of the options nor a plan of any one option was found."
    figures = PhaseFigures.of(Status.UNKNOWN, None, None, 0.0, (remark,))
    result = Result(
        status=Status.UNKNOWN,
        plan=None,
        dates=figures,
        teams=None,
        uncovered_places=None,
        uncovered_bound=None,
        problem_hash=problem.hash,
        params=params,
    )
    return problem, result
