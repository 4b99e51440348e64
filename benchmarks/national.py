"""The bars of the national programme: dates and teams of england-2005, each option, several seeds."""

from collections.abc import Sequence
from statistics import median
from typing import Any

from benchmarks import results_file
from benchmarks.example import example_problem
from scheduler.checking.checker import check
from scheduler.solving.solver import solve
from scheduler.values.result import PhaseFigures, Result, SolveParams
from scheduler.verifying.verifier import verify

OPTIONS = (1, 2, 3, 4)
SEEDS = (0, 1, 2)
COMMAND = "python -m benchmarks national"
DATES_SECONDS, LONGER_SECONDS = 30.0, 120.0


def run(seeds: Sequence[int] = SEEDS) -> None:
    """Solve every option with every seed, one after the other; write each run and the medians."""
    runs = [_row(option, seed, DATES_SECONDS) for option in OPTIONS for seed in seeds]
    results_file.write(
        "national-runs",
        COMMAND,
        "england-2005, dates within 30 s and teams within 60 s, one row a run. Gaps are fractions.",
        runs,
    )
    results_file.write(
        "national",
        COMMAND,
        f"Medians over {len(seeds)} seeds of national-runs.",
        [_medians(o, runs) for o in OPTIONS],
    )


def run_longer(seed: int = 0) -> None:
    """The second bar: every option once, with two minutes for the dates."""
    results_file.write(
        "national-longer",
        "python -m benchmarks national-longer",
        f"england-2005, dates within {LONGER_SECONDS:.0f} s and teams within 60 s. Gaps are fractions.",
        [_row(option, seed, LONGER_SECONDS) for option in OPTIONS],
    )


def _row(option: int, seed: int, dates_seconds: float) -> dict[str, Any]:
    problem = example_problem(option)
    result = solve(problem, SolveParams(seed=seed, dates_seconds=dates_seconds, teams_seconds=60))
    violations = len(check(problem, result.plan)) if result.plan else None
    is_verified = verify(problem, result.plan, result.certificates).is_accepted
    row: dict[str, Any] = {"option": option, "seed": seed, "status": result.status.value}
    row |= _phase("date", result.dates) | _phase("team", result.teams)
    row |= {"uncovered": result.uncovered_places, "violations": violations, "verified": int(is_verified)}
    row |= _first_time(result, 0.001)
    print(row, flush=True)
    return row


def _phase(name: str, figures: PhaseFigures | None) -> dict[str, Any]:
    if figures is None:
        return dict.fromkeys((f"{name}_cost", f"{name}_bound", f"{name}_gap", f"{name}_seconds"))
    return {
        f"{name}_cost": figures.cost,
        f"{name}_bound": figures.bound,
        f"{name}_gap": figures.gap,
        f"{name}_seconds": round(figures.seconds, 2),
    }


def _first_time(result: Result, target: float) -> dict[str, float | None]:
    """Seconds until incumbent and bound of the dates were within the target."""
    for point in result.trace:
        is_known = point.phase == "dates" and point.incumbent is not None and point.bound is not None
        if is_known and point.incumbent - point.bound <= target * max(1, point.incumbent):
            return {f"seconds_to_{target}": round(point.seconds, 2)}
    return {f"seconds_to_{target}": None}


def _medians(option: int, runs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    chosen = [row for row in runs if row["option"] == option]
    names = [name for name in chosen[0] if name not in ("option", "seed", "status")]
    medians = {}
    for name in names:
        values = [row[name] for row in chosen if row[name] is not None]
        medians[name] = median(values) if len(values) == len(chosen) else None
    return {"option": option, **medians}
