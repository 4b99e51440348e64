"""Our method beside its peers: the same instance, the same time limit, the same run."""

import time
from collections.abc import Callable
from typing import Any

from benchmarks import results_file
from benchmarks.example import example_problem
from benchmarks.peers import cpsat_intervals
from benchmarks.peers.answer import PeerAnswer
from scheduler.cost import date_terms
from scheduler.greedy import greedy
from scheduler.problem import Problem
from scheduler.result import SolveParams, gap
from scheduler.timetable import solve_dates

SECONDS = 30.0
COMMAND = "python -m benchmarks peers"


def run(seconds: float = SECONDS) -> None:
    """Dates of england-2005 under each option by each method."""
    rows = []
    for option in (1, 2, 3, 4):
        problem = example_problem(option)
        for name, method in METHODS.items():
            rows.append(_row(option, name, problem, method(problem, seconds)))
    results_file.write(
        "peers",
        COMMAND,
        f"england-2005, dates only, {seconds:.0f} s each on the same machine one after the other. Every plan is "
        "charged with the same full cost; gaps are fractions of the method's own bound.",
        rows,
    )


def _row(option: int, name: str, problem: Problem, answer: PeerAnswer) -> dict[str, Any]:
    cost = sum(date_terms(problem, answer.starts).values()) if answer.starts else None
    known = cost is not None and answer.bound is not None
    row = {
        "option": option,
        "method": name,
        "cost": cost,
        "bound": answer.bound,
        "gap": gap(cost, answer.bound) if known else None,
        "seconds": round(answer.seconds, 2),
        "remarks": answer.remarks,
    }
    print(row, flush=True)
    return row


def _column_generation(problem: Problem, seconds: float) -> PeerAnswer:
    began = time.monotonic()
    answer = solve_dates(problem, SolveParams(dates_seconds=seconds))
    return PeerAnswer(answer.starts, answer.bound, time.monotonic() - began)


def _greedy(problem: Problem, seconds: float) -> PeerAnswer:
    began = time.monotonic()
    return PeerAnswer(greedy(problem), None, time.monotonic() - began, "no bound: a rule proves nothing")


METHODS: dict[str, Callable[[Problem, float], PeerAnswer]] = {
    "column generation (ours)": _column_generation,
    "CP-SAT intervals": cpsat_intervals.solve,
    "greedy rule": _greedy,
}
