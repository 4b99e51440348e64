"""Our method beside its peers: the same instances, the same time limit, one after the other, in one run.

`python -m benchmarks peers` runs everything; `peers:CASE` and `peers:CASE:METHOD` only a part (`peers:england`,
`peers:tight-3:mip`). Every run replaces its own rows of the tracked results and leaves the others.
The traces (seconds, cost, bound) go to results/peers-traces.csv.
"""

import os
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from benchmarks import instances, results_file, traces_file
from benchmarks.example import example_problem
from benchmarks.peers import process
from benchmarks.peers.answer import PeerAnswer
from benchmarks.peers.judge import broken_rules, full_cost
from benchmarks.peers.methods import METHODS, Method
from scheduler.values.problem import Problem
from scheduler.values.result import gap_if_known

COMMAND = "python -m benchmarks peers"
SEEDS = (0,)
KEY = ("case", "method", "seed")
TRACES = "peers-traces"

CASES: dict[str, Callable[[], Problem]] = {
    **{f"england-{option}": partial(example_problem, option) for option in (1, 2, 3, 4)},
    **{f"national-{option}": partial(instances.national, option) for option in (1, 4)},
    **{f"tight-{option}": partial(instances.tight, option) for option in (1, 3)},
    "scarce-3": partial(instances.scarce, 3),
    "large-3": partial(instances.large, 3, 600),
    **{f"small-{option}": partial(instances.small, option) for option in (1, 2, 3, 4)},
}
"""Instances by name: the family and the sequencing option."""

LIMITS = {"small": 20.0, "large": 120.0}
"""Seconds for each method, by family."""

USUAL_LIMIT = 60.0


def run(part: str = "", seconds: float | None = None, seeds: Iterable[int] = SEEDS) -> None:
    """Run all methods on all cases, or those that `part` names, and merge them into the tracked results.

    Parameters
    ----------
    part
        The beginning of a case's name, and after a colon the name of a method.
    seconds
        In place of the limits of the families.
    """
    wanted_case, _, wanted_method = part.partition(":")
    for case, make in CASES.items():
        if not case.startswith(wanted_case):
            continue
        problem = make()
        limit = seconds or LIMITS.get(case.rsplit("-", 1)[0], USUAL_LIMIT)
        for method in METHODS:
            if wanted_method in ("", method.name):
                _merge([_row(case, method, seed, limit, problem) for seed in seeds])


def _row(case: str, method: Method, seed: int, seconds: float, problem: Problem) -> dict[str, Any]:
    load = os.getloadavg()[0]
    answer = process.run(method, problem, seconds, seed)
    row = {"case": case, "method": method.title, "seed": seed, "limit": seconds} | _judged(problem, answer)
    row |= {"load_before": round(load, 1), "remarks": answer.remarks}
    traces_file.merge(TRACES, {key: row[key] for key in KEY}, answer.trace)
    print(row, flush=True)
    return row


def _judged(problem: Problem, answer: PeerAnswer) -> dict[str, Any]:
    """Cost, bound and gap as anyone would charge them, whatever the method says."""
    cost = None if answer.starts is None else full_cost(problem, answer.starts)
    own_gap = gap_if_known(cost, answer.bound)
    return {
        "cost": cost,
        "bound": answer.bound,
        "gap": own_gap,
        "seconds": round(answer.seconds, 2),
        "memory_mb": answer.memory_mb,
        "broken_rules": None if answer.starts is None else len(broken_rules(problem, answer.starts)),
    }


def _merge(rows: list[dict[str, Any]]) -> None:
    order = {
        (case, method.title): n for n, (case, method) in enumerate((c, m) for c in CASES for m in METHODS)
    }
    results_file.merge(
        "peers",
        COMMAND,
        "Dates only, people counted by week. Each method has the same limit in seconds on the same machine, one after "
        "the other, in a process of its own. Every plan is charged with the same full cost and checked; a gap is a "
        "fraction of the method's own bound. load_before is the load of the machine when a run began.",
        rows,
        key=KEY,
        order=lambda row: (order.get((row["case"], row["method"]), len(order)), row["seed"]),
    )
