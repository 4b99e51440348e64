"""The bar of scarce people: dates and teams within five minutes, uncovered places against their proven minimum."""

from collections.abc import Sequence
from typing import Any

from benchmarks import results_file
from benchmarks.families.scarce import scarce
from scheduler.checking.checker import SHORTAGE_RULES, check
from scheduler.solving.solver import solve
from scheduler.values.problem import Problem
from scheduler.values.result import Result, SolveParams
from scheduler.verifying.verifier import verify

SEEDS = {77: (0, 1, 2), 60: (0,)}
"""By number of inspectors. With 77 every place can be covered, though not at the cheapest dates; with 60 not at any."""

DATES_SECONDS, TEAMS_SECONDS = 30.0, 270.0
COMMAND = "python -m benchmarks scarce"


def run(part: str = "") -> None:
    """Solve every instance, one after the other; `part` is a number of inspectors, all by default.

    Rows of instances that are not solved again stay as they are.
    """
    chosen = [int(part)] if part else list(SEEDS)
    results_file.merge(
        "scarce",
        COMMAND,
        f"150 areas under option 3 with few inspectors, {DATES_SECONDS + TEAMS_SECONDS:.0f} s in all. `bound` is the "
        "proven minimum of uncovered places over all dates, `allowed` is max(2, 10 % of the uncovered places). Seconds "
        "are those until the last better value; `first` are the uncovered places of the first teams.",
        [row(inspectors, seed) for inspectors in chosen for seed in SEEDS[inspectors]],
        ("inspectors", "seed"),
        lambda found: (-found["inspectors"], found["seed"]),
    )


def row(num_inspectors: int, seed: int) -> dict[str, Any]:
    """One solve."""
    problem = scarce(3, seed, num_inspectors)
    result = solve(problem, SolveParams(seed=seed, dates_seconds=DATES_SECONDS, teams_seconds=TEAMS_SECONDS))
    uncovered, bound = result.uncovered_places, result.uncovered_bound
    known = uncovered is not None and bound is not None
    broken = [] if result.plan is None else check(problem, result.plan)
    figures = {
        "inspectors": num_inspectors,
        "seed": seed,
        "status": result.status.value,
        "first": _first(result),
        "uncovered": uncovered,
        "bound": bound,
        "difference": uncovered - bound if known else None,
        "allowed": None if uncovered is None else max(2, uncovered // 10),
        "seconds_to_uncovered": _seconds(result, "incumbent"),
        "seconds_to_bound": _seconds(result, "bound"),
        "date_cost": result.dates.cost,
        "date_bound": result.dates.bound,
        "date_gap": result.dates.gap,
        "violations": sum(fault.rule not in SHORTAGE_RULES for fault in broken),
        "verified": int(_is_verified(problem, result)),
    }
    print(figures, flush=True)
    return figures


def _is_verified(problem: Problem, result: Result) -> bool:
    """Whether the verifier accepts the plan with its certificates."""
    return result.plan is not None and verify(problem, result.plan, result.plan.certificates).is_accepted


def _first(result: Result) -> int | None:
    """Uncovered places of the first teams."""
    return next((point.incumbent for point in _points(result) if point.incumbent is not None), None)


def _seconds(result: Result, value: str) -> float | None:
    """When the last better value was there."""
    points = [point for point in _points(result) if getattr(point, value) is not None]
    last = getattr(points[-1], value) if points else None
    return next((round(point.seconds, 1) for point in points if getattr(point, value) == last), None)


def _points(result: Result) -> Sequence[Any]:
    return [point for point in result.trace if point.phase == "covering"]
