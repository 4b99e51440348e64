"""Our method: column generation and branch and cut over columns. People are counted by week, as by the peers."""

import time

from benchmarks.peers.answer import PeerAnswer
from scheduler.dates.search import solve_dates
from scheduler.values.problem import Problem
from scheduler.values.result import SolveParams


def solve(problem: Problem, seconds: float, seed: int = 0, num_workers: int = 2) -> PeerAnswer:
    """Dates for every activity within a time limit."""
    began = time.monotonic()
    params = SolveParams(dates_seconds=seconds, seed=seed, num_workers=num_workers)
    answer = solve_dates(problem, params, started=began)
    trace = tuple((point.seconds, point.incumbent, point.bound) for point in answer.trace)
    return PeerAnswer(answer.starts, answer.bound, round(time.monotonic() - began, 3), trace=trace)
