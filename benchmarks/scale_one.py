"""`python -m benchmarks.scale_one OPTION AREAS SEED SECONDS`: dates of one large programme, figures as JSON on stdout.

A process of its own, so that the peak of memory is that of this instance alone.
"""

import json
import sys
import time
from resource import RUSAGE_SELF, getrusage
from typing import Any

from benchmarks.instances import large
from benchmarks.peers.judge import broken_rules, full_cost
from scheduler.counting.pre_check import precheck
from scheduler.dates.search import solve_dates
from scheduler.validating.validation import validate
from scheduler.values.result import SolveParams

TARGET = 0.001
"""The gap at which dates count as solved: the bar of large programmes."""


def measure(option: int, num_areas: int, seed: int, seconds: float) -> dict[str, Any]:
    """What the product does for dates: validation, pre-check, dates of whole teams; all of it is timed."""
    problem = large(option, num_areas, seed)  # type: ignore[arg-type]
    began = time.monotonic()
    findings, shortages = validate(problem), precheck(problem)
    checked = time.monotonic() - began
    params = SolveParams(dates_seconds=max(1.0, seconds - checked), gap_target=TARGET, seed=seed)
    answer = solve_dates(problem, params, started=began, whole_teams=True)
    taken = time.monotonic() - began
    is_solved = answer.figures.gap is not None and answer.figures.gap <= TARGET
    mistakes = len(findings) + len(shortages)
    if answer.starts is not None:
        mistakes += len(broken_rules(problem, answer.starts))
        mistakes += full_cost(problem, answer.starts) != answer.cost
    return {
        "option": option,
        "areas": num_areas,
        "seed": seed,
        "status": answer.status.value,
        "cost": answer.cost,
        "bound": answer.bound,
        "gap": answer.figures.gap,
        "seconds": round(taken, 2),
        "seconds_to_0.001": round(taken, 2) if is_solved else None,
        "precheck_seconds": round(checked, 2),
        "memory_mb": getrusage(RUSAGE_SELF).ru_maxrss // 1024,
        "rounds": answer.figures.rounds,
        "columns": answer.figures.columns,
        "mistakes": mistakes,
    }


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))))
