"""Solves and verifies: what the verifier proves of each plan without any solver, and how long that takes."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from benchmarks import results_file
from benchmarks.example import example_problem
from benchmarks.families.scarce import scarce
from benchmarks.families.small import small
from benchmarks.families.tight import tight
from scheduler.solving.solver import solve
from scheduler.values.problem import Problem
from scheduler.values.result import Result, SolveParams
from scheduler.verifying.verifier import StatedBounds, Verdict, verify

OPTIONS: tuple[Literal[1, 2, 3, 4], ...] = (1, 2, 3, 4)
SMALL = SolveParams(dates_seconds=5, teams_seconds=5)
NATIONAL = SolveParams(dates_seconds=30, teams_seconds=60)
SCARCE = SolveParams(dates_seconds=60, teams_seconds=240)

Instances = Iterator[tuple[str, Callable[[], Problem], SolveParams]]


def run(part: str | None = None) -> None:
    """Every part, or only one of them, into a file of its own."""
    if part is not None and part not in PARTS:
        sys.exit(f"There is no part {part}. Choose one of: {', '.join(PARTS)}.")
    chosen = PARTS if part is None else {part: PARTS[part]}
    rows = [_row(*instance) for instances in chosen.values() for instance in instances()]
    results_file.write(
        "verify" if part is None else f"verify-{part}",
        "python -m benchmarks verify" + (f":{part}" if part else ""),
        "What `jarcycle verify` proves of each plan. Seconds: of `scheduler.verify` alone, and of the command from "
        "its start to its end.",
        rows,
    )


def _small() -> Instances:
    for option in OPTIONS:
        yield f"small, option {option}", partial(small, option), SMALL
    yield "tight, option 3", partial(tight, 3), SMALL


def _national() -> Instances:
    for option in OPTIONS:
        yield f"england-2005, option {option}", partial(example_problem, option), NATIONAL


def _scarce() -> Instances:
    for option in OPTIONS:
        yield f"scarce, option {option}", partial(scarce, option), SCARCE


PARTS: dict[str, Callable[[], Instances]] = {"small": _small, "national": _national, "scarce": _scarce}


def _row(name: str, build: Callable[[], Problem], params: SolveParams) -> dict[str, Any]:
    problem = build()
    result = solve(problem, params)
    began = time.perf_counter()
    verdict = verify(problem, result.plan, result.certificates, _stated(result))
    seconds = time.perf_counter() - began
    proven = {
        proof.kind: proof.proven for proof in sorted(verdict.proofs, key=lambda proof: proof.proven or 0)
    }
    row = {
        "instance": name,
        "is_accepted": verdict.is_accepted,
        "date_cost": verdict.date_cost,
        "date_bound": result.dates.bound,
        "date_proven": proven.get("dates"),
        "uncovered": verdict.uncovered_places,
        "uncovered_proven": proven.get("uncovered"),
        "prices": sum(len(certificate.duals) for certificate in result.certificates),
        "verify_seconds": round(seconds, 2),
        "command_seconds": _command_seconds(problem, result, verdict),
    }
    print(row, *verdict.refusals, flush=True)
    return row


def _stated(result: Result) -> StatedBounds:
    team_bound = None if result.teams is None else result.teams.bound
    return StatedBounds(
        date_bound=result.dates.bound,
        searched_with_people=result.dates.searched_with_people,
        team_bound=team_bound,
        uncovered_bound=result.uncovered_bound,
        uncovered_bound_for_dates=result.uncovered_bound_for_dates,
    )


def _command_seconds(problem: Problem, result: Result, verdict: Verdict) -> float | None:
    """Wall-clock seconds of the whole command in a process of its own, which must agree; None without a plan."""
    if result.plan is None:
        return None
    with TemporaryDirectory() as folder:
        paths = Path(folder, "problem.json"), Path(folder, "plan.json")
        for path, document in zip(paths, (problem, result.plan), strict=True):
            path.write_text(document.model_dump_json(), encoding="utf-8")
        command = (
            sys.executable,
            *("-c", "from cli.main import run; run()", "verify", "--json"),
            *("--input", paths[0], "--plan", paths[1]),
        )
        began = time.perf_counter()
        answer = subprocess.run(command, capture_output=True, check=False)
        seconds = round(time.perf_counter() - began, 2)
    if (answer.returncode == 0) != verdict.is_accepted:
        raise RuntimeError(f"The command says otherwise: {answer.stderr.decode()}")
    return seconds
