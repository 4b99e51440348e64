"""The four options and the cheapest mix of england-2005, side by side: cost, areas, people, robustness (R038)."""

import time
from collections.abc import Mapping
from typing import Any

from benchmarks import results_file
from benchmarks.example import example_problem
from reports.dots import dots_svg
from scheduler.checking.checker import check
from scheduler.options import MixAnswer, solve_mix
from scheduler.simulating import Sampled, exact_replan, replan_sample
from scheduler.solving.solver import solve
from scheduler.values.problem import Problem
from scheduler.values.result import Result, SolveParams
from scheduler.verifying.verifier import verify
from services.shown.option_charts import Across, trade_off_dots
from services.shown.option_rows import markdown, options_table
from services.solves.scenarios import Draws, Scenario, scenario

OPTIONS = (1, 2, 3, 4)
PARAMS = SolveParams(dates_seconds=60, teams_seconds=60)
DRAWS, SAMPLE, REPLAN_SECONDS = 5000, 20, 10.0
COMMAND = "python -m benchmarks options"
SIMULATED = (
    "draws",
    "draw_seconds",
    "kept",
    "kept_low",
    "kept_high",
    "none_missed",
    "moved",
    "missed",
    "replanned",
    "replan_proven",
    "replan_moved",
    "replan_uncovered",
    "rule_moved",
    "replan_seconds_most",
)


def run(
    params: SolveParams = PARAMS,
    draws: int = DRAWS,
    sample: int = SAMPLE,
    problems: Mapping[str, Problem] | None = None,
) -> tuple[Scenario, ...]:
    """Solve the five scenarios one after the other, simulate each, replan a sample; write all of it."""
    variants = problems or {str(option): example_problem(option) for option in OPTIONS}
    results: dict[str, Result] = {}
    rows: list[dict[str, Any]] = []
    scenarios: list[Scenario] = []
    for name, problem in variants.items():
        results[name] = solve(problem, params)
        simulated = _scenario(name, problem, results[name], draws)
        scenarios += [simulated] if simulated else []
        rows.append(_row(name, problem, results[name], simulated, draws, sample))
    began = time.monotonic()
    mix = solve_mix(variants, results, params)
    if mix is not None:
        seconds = time.monotonic() - began
        simulated = _scenario("mixed", mix.problem, mix.result, draws, mix)
        scenarios += [simulated] if simulated else []
        rows.append(
            _row("mixed", mix.problem, mix.result, simulated, draws, sample) | _verified(mix, seconds)
        )
    _write(rows, scenarios, params)
    return tuple(scenarios)


def _verified(mix: MixAnswer, seconds: float) -> dict[str, Any]:
    """Whether the bound over all mixes is what the verifier, without a solver, makes of its certificate."""
    began = time.monotonic()
    is_verified = mix.certificate is not None and verify(mix.problem, None, (mix.certificate,)).is_accepted
    return {
        "mix_seconds": round(seconds, 1),
        "mix_verified": is_verified,
        "verify_seconds": round(time.monotonic() - began, 1),
    }


def _scenario(
    name: str, problem: Problem, result: Result, draws: int, mix: MixAnswer | None = None
) -> Scenario | None:
    if result.plan is None:
        return None
    bound = result.dates.bound
    return scenario(name, problem, result.plan, bound=bound, draws=Draws(draws), mix=mix)


def _row(
    name: str, problem: Problem, result: Result, simulated: Scenario | None, draws: int, sample: int
) -> dict[str, Any]:
    row: dict[str, Any] = {
        "option": name,
        "status": result.status.value,
        "date_cost": result.dates.cost,
        "date_bound": result.dates.bound,
        "date_gap": result.dates.gap,
        "date_seconds": round(result.dates.seconds, 1),
        "uncovered": result.uncovered_places,
        "mix_bound": simulated.mix_bound if simulated else None,
        "mix_gap": simulated.mix_gap if simulated else None,
        "mix_seconds": None,
        "mix_verified": None,
        "verify_seconds": None,
        "violations": len(check(problem, result.plan)) if result.plan else None,
    }
    return row | _robustness(problem, result, simulated, draws, sample)


def _robustness(
    problem: Problem, result: Result, simulated: Scenario | None, draws: int, sample: int
) -> dict[str, Any]:
    found = simulated.robustness if simulated else None
    if found is None or result.plan is None:
        return dict.fromkeys(SIMULATED)
    began = time.monotonic()
    scenario("again", problem, result.plan, draws=Draws(draws))
    seconds = time.monotonic() - began
    sampled = replan_sample(problem, result.plan, exact_replan(REPLAN_SECONDS), sample)
    return {
        "draws": found.draws,
        "draw_seconds": round(seconds, 1),
        "kept": round(found.kept.mean, 4),
        "kept_low": round(found.kept.low, 4),
        "kept_high": round(found.kept.high, 4),
        "none_missed": round(found.none_missed.mean, 4),
        "moved": round(found.moved.mean, 2),
        "missed": round(found.missed.mean, 2),
        **_replans(sampled),
    }


def _replans(sampled: tuple[Sampled, ...]) -> dict[str, Any]:
    exact = [draw.exact for draw in sampled if draw.exact is not None]
    return {
        "replanned": len(exact),
        "replan_proven": sum(replan.is_proven for replan in exact),
        "replan_moved": sum(replan.moved for replan in exact),
        "replan_uncovered": sum(replan.uncovered for replan in exact),
        "rule_moved": sum(draw.rule_moved + draw.rule_missed for draw in sampled if draw.exact is not None),
        "replan_seconds_most": max((replan.seconds for replan in exact), default=None),
    }


def _write(rows: list[dict[str, Any]], scenarios: list[Scenario], params: SolveParams) -> None:
    what = (
        f"england-2005 under each option and as the cheapest mix, dates within {params.dates_seconds:g} s (the mix: "
        f"twice, for options and for dates), teams within {params.teams_seconds:g} s, robustness by simulation, and a "
        "sample of events replanned exactly beside the rule of recourse. Gaps and shares are fractions."
    )
    results_file.write("options", COMMAND, what, rows)
    pictures = results_file.RESULTS
    (pictures / "options-measures.md").write_text(markdown(options_table(scenarios)), encoding="utf-8")
    for across in Across:
        chart = trade_off_dots(scenarios, across)
        (pictures / f"options-{across}.svg").write_text(dots_svg(chart, is_file=True), encoding="utf-8")
