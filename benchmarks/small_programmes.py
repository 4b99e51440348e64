"""Small programmes: a whole solve beside the joint model of dates and people, in turn, with the same limit.

`python -m benchmarks small` runs everything, `small:8-1` the programmes of 8 areas under option 1. Each run replaces
its own rows of the tracked results and leaves the others.
"""

import os
import time
from typing import Any

from benchmarks import results_file
from benchmarks.families.family import Option
from benchmarks.families.small import small
from benchmarks.peers import joint
from scheduler.checking.checker import SHORTAGE_RULES, check
from scheduler.solving.solver import solve
from scheduler.values.problem import Problem
from scheduler.values.result import SolveParams
from scheduler.verifying.verifier import verify

SEEDS = (0, 1, 2, 3, 4)
SIZES: tuple[tuple[int, Option], ...] = ((8, 1), (6, 2), (8, 3), (8, 4), (12, 1), (12, 3), (12, 4))
"""Areas and option. Under option 2 eight reviews that follow their assessments fit into no year."""

SECONDS = 30.0
DATES_SHARE = 1 / 3
KEY = ("areas", "option", "seed")


def run(part: str = "") -> None:
    """Solve every programme with both, and merge the rows into the tracked results."""
    for areas, option in SIZES:
        for seed in SEEDS:
            if f"{areas}-{option}-{seed}".startswith(part):
                _merge(_row(areas, option, seed))


def _row(areas: int, option: Option, seed: int) -> dict[str, Any]:
    load = round(os.getloadavg()[0], 1)
    problem = small(option, areas, seed=seed)
    row = {"areas": areas, "option": option, "seed": seed, **_ours(problem, seed)}
    peer = joint.solve(problem, SECONDS, seed)
    row |= {
        "joint_uncovered": peer.uncovered,
        "joint_cost": peer.cost,
        "joint_bound": peer.bound,
        "joint_seconds": peer.seconds,
        "behind": int(_is_behind(row, peer)),
        "load_before": load,
    }
    print(row, flush=True)
    return row


def _ours(problem: Problem, seed: int) -> dict[str, Any]:
    dates = SECONDS * DATES_SHARE
    params = SolveParams(seed=seed, dates_seconds=dates, teams_seconds=SECONDS - dates)
    began = time.monotonic()
    result = solve(problem, params)
    seconds = round(time.monotonic() - began, 2)
    broken = [] if result.plan is None else check(problem, result.plan)
    return {
        "uncovered": result.uncovered_places,
        "uncovered_bound": result.uncovered_bound,
        "cost": result.dates.cost,
        "bound": result.dates.bound,
        "team_cost": None if result.teams is None else result.teams.cost,
        "seconds": seconds,
        "violations": sum(fault.rule not in SHORTAGE_RULES for fault in broken),
        "verified": int(verify(problem, result.plan, result.certificates).is_accepted),
    }


def _is_behind(row: dict[str, Any], peer: joint.JointAnswer) -> bool:
    """Whether the joint model has fewer uncovered places, then cheaper dates, then a better bound of the same."""
    if peer.cost is None or row["cost"] is None:
        return row["cost"] is None and peer.cost is not None
    ours, theirs = (row["uncovered"], row["cost"]), (peer.uncovered, peer.cost)
    return ours > theirs or (ours == theirs and (row["bound"] or 0) < (peer.bound or 0))


def _merge(row: dict[str, Any]) -> None:
    results_file.merge(
        "small",
        "python -m benchmarks small",
        f"Whole solves of small programmes beside one CP-SAT model of all dates and people, {SECONDS:.0f} s each, one "
        "after the other. `bound` is that of the cost of dates with as few uncovered places; `behind` is 1 where the "
        "joint model has fewer uncovered places, cheaper dates or a better bound. `load_before` is the load of the "
        "machine when a run began: two cores, so that above 2 other work was going on and took its share from both.",
        [row],
        KEY,
        lambda found: (found["areas"], found["option"], found["seed"]),
    )
