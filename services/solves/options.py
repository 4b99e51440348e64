"""Use case: the programme under every option and as the cheapest mix, each stored as a draft (R038, R039)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from models import session
from scheduler.values.errors import InvalidProblem
from scheduler.values.problem import Problem
from scheduler.values.result import Result, SolveParams
from services.option_words import MIXED, OF_ALL
from services.plans import plan_store
from services.problem import build_problem
from services.solves.solving import Asker, Progress, Solved, stored_solve

if TYPE_CHECKING:
    from scheduler.options import MixAnswer


@dataclass(frozen=True)
class SolvedMix:
    """The cheapest mixed programme found.

    Attributes
    ----------
    solved
        As for any option.
    choice
        Option by area; empty without a plan.
    bound
        No mix of options without an uncovered place costs less in dates; None if unknown.
    num_decided
        Number of areas for which another option is proven to cost more than these dates.
    """

    solved: Solved
    choice: Mapping[str, str]
    bound: int | None
    num_decided: int


def solve_mixed(
    engine: Engine,
    versions: Mapping[str, int | None],
    params: SolveParams,
    asker: Asker,
    *,
    profile: str,
) -> SolvedMix:
    """Choose each area's option, solve, and store the plan as a draft of option 'mixed'.

    Parameters
    ----------
    versions
        The draft of each option, None where there is none; the mix is never worse than the best of them. Drafts
        whose facts have changed since are left out.

    Raises
    ------
    scheduler.values.errors.InvalidProblem
        If the facts make no sense under any option.
    """
    found: list[MixAnswer] = []
    built: list[dict[str, Problem]] = []

    def build() -> Problem:
        built.append(_variants(engine, asker.day))
        return next(iter(built[-1].values()))

    def find(_: Problem, progress: Progress) -> tuple[Problem, Result]:
        from scheduler.options import no_mix, solve_mix

        variants, results = built[0], _results(engine, versions)
        known = {
            name: results[name]
            for name, variant in variants.items()
            if name in results and results[name].problem_hash == variant.hash
        }
        answer = solve_mix(variants, known, params, progress.hear, progress.stop_asked)
        if answer is None:
            return no_mix(variants, params)
        found.append(answer)
        return answer.problem, answer.result

    solved = stored_solve(engine, MIXED, build, find, asker, profile=profile)
    if not found:
        return SolvedMix(solved, {}, None, 0)
    return SolvedMix(solved, found[0].choice, found[0].bound, found[0].num_decided)


def _variants(engine: Engine, day: date | None) -> dict[str, Problem]:
    """The problem of each option; one that makes no sense under an option is left out, unless that holds for all."""
    problems: dict[str, Problem] = {}
    errors: list[InvalidProblem] = []
    for option in OF_ALL:
        try:
            with session(engine, read_only=True) as opened:
                problems[option.value] = build_problem(opened, option.for_problem, day)
        except InvalidProblem as error:
            errors.append(error)
    if not problems:
        raise errors[0]
    return problems


def _results(engine: Engine, versions: Mapping[str, int | None]) -> dict[str, Result]:
    results = {}
    with session(engine, read_only=True) as opened:
        for name, version in versions.items():
            if version is not None:
                stored = plan_store.load_plan(opened, version)
                results[name] = stored.result.model_copy(update={"plan": stored.plan})
    return results
