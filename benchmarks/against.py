"""This checkout beside another one, in turn on the same machine: dates, teams, scarce people and replans.

`python -m benchmarks against:FOLDER` compares with the checkout in FOLDER, say the release before. Both read the same
problem files; each solve runs in a process of its own, with the packages of its checkout.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import results_file
from benchmarks.example import example_problem
from benchmarks.families.scarce import scarce
from benchmarks.random_events import KINDS, EventDraw
from scheduler.events.applying import apply
from scheduler.values.errors import InvalidProblem
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem

COMMAND = "python -m benchmarks against:FOLDER"
HERE = Path(__file__).parents[1]
OPTIONS = (1, 2, 3, 4)
SEED = 0
NUM_EVENTS = 8
SOLVE = """
import json, sys, time
from scheduler import Problem, SolveParams, solve, verify
problem = Problem.model_validate_json(open(sys.argv[1], encoding="utf-8").read())
seed, dates, teams = int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4])
began = time.monotonic()
result = solve(problem, SolveParams(seed=seed, dates_seconds=dates, teams_seconds=teams))
seconds = round(time.monotonic() - began, 2)
verdict = verify(problem, result.plan, result.certificates)
print(json.dumps({
    "cost": result.dates.cost, "bound": result.dates.bound, "uncovered": result.uncovered_places,
    "team_cost": result.teams.cost if result.teams else None, "verified": int(verdict.is_accepted),
    "seconds": seconds, "plan": result.plan.model_dump_json() if result.plan else None,
}))
"""
REPLAN = """
import json, sys
try:
    from scheduler.replanning.replanner import replan
except ImportError:  # a checkout from before the house was moved
    from scheduler.replan import replan
from scheduler import InvalidProblem, Plan, Problem
from scheduler.events import load_event
from scheduler.replanning.result import ReplanParams
problem, plan = (
    kind.model_validate_json(open(path, encoding="utf-8").read())
    for kind, path in zip((Problem, Plan), sys.argv[1:3])
)
event = load_event(open(sys.argv[3], encoding="utf-8").read(), problem.first_monday)
try:
    found = replan(problem, plan, event, ReplanParams(now_week=int(sys.argv[4])))
except InvalidProblem:
    nothing = dict.fromkeys(("moved", "moved_bound", "uncovered"))
    print(json.dumps(nothing | {"status": "refused", "seconds": 0.0}))
    sys.exit()
main = found.main
print(json.dumps({
    "status": found.status.value, "moved": main.moved if main else None, "moved_bound": found.moved_bound,
    "uncovered": main.uncovered if main else None, "seconds": found.seconds,
}))
"""


def run(other: str = "") -> None:
    """Compare with the checkout in a folder, and write one row a comparison and the medians."""
    if not other:
        print("against: name the other checkout, as in: python -m benchmarks against:../before")
        return
    before = Path(other).resolve()
    with TemporaryDirectory() as folder:
        solves = [_compared(name, problem, limits, before, folder) for name, problem, limits in _instances()]
        results_file.write(
            "against-runs",
            COMMAND,
            "This checkout (after) beside another (before), each solve in turn in a process of its own.",
            solves,
        )
        replans = _replans(before, folder)
    results_file.write(
        "against-replans",
        COMMAND,
        "The same for replans of england-2005, option 3, after random events.",
        replans,
    )
    results_file.write(
        "against",
        COMMAND,
        "Sums and medians of against-runs and against-replans. `ratio` is the median of after / before of each pair.",
        [*_summaries(solves, "cost"), *_summaries(replans, "moved")],
    )


def _instances() -> list[tuple[str, Problem, tuple[float, float]]]:
    national = [
        (f"england-2005, option {option}", example_problem(option), (30.0, 60.0)) for option in OPTIONS
    ]
    return [*national, ("scarce, 77 inspectors", scarce(3, 0, 77), (30.0, 270.0))]


def _compared(
    name: str, problem: Problem, limits: tuple[float, float], before: Path, folder: str
) -> dict[str, Any]:
    path = Path(folder, "problem.json")
    path.write_text(problem.model_dump_json(), encoding="utf-8")
    row: dict[str, Any] = {"instance": name, "seed": SEED}
    for when, checkout in (("before", before), ("after", HERE)):
        found = _asked(checkout, SOLVE, path, SEED, *limits)
        row |= {f"{when}_{key}": value for key, value in found.items() if key != "plan"}
    print(row, flush=True)
    return row


def _replans(before: Path, folder: str) -> list[dict[str, Any]]:
    problem = example_problem(3)
    path, plan_path, event_path = (
        Path(folder, f"{name}.json") for name in ("national", "national-plan", "event")
    )
    path.write_text(problem.model_dump_json(), encoding="utf-8")
    plan_path.write_text(_asked(HERE, SOLVE, path, 0, 30.0, 60.0)["plan"], encoding="utf-8")
    plan = Plan.model_validate_json(plan_path.read_text(encoding="utf-8"))
    # Without its certificates, of which another release may know other kinds.
    plan_path.write_text(plan.model_copy(update={"certificates": ()}).model_dump_json(), encoding="utf-8")
    draw = EventDraw(problem, plan, 0)
    rows = []
    for number in range(NUM_EVENTS):
        event, now = _sound_event(problem, draw, KINDS[number % len(KINDS)])
        event_path.write_text(event.model_dump_json(), encoding="utf-8")
        row: dict[str, Any] = {"instance": "replans", "event": number, "kind": event.kind}
        for when, checkout in (("before", before), ("after", HERE)):
            found = _asked(checkout, REPLAN, path, plan_path, event_path, now)
            row |= {f"{when}_{key}": value for key, value in found.items()}
        print(row, flush=True)
        rows.append(row)
    return rows


def _sound_event(problem: Problem, draw: EventDraw, kind: str) -> tuple[Any, int]:
    while True:
        event, now = draw.next(kind)
        try:
            apply(problem, draw.plan, event, now)
        except InvalidProblem:
            continue
        return event, now


def _asked(checkout: Path, code: str, *arguments: object) -> dict[str, Any]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    answer = subprocess.run(
        command, cwd=checkout, env=environment, check=True, capture_output=True, text=True
    )
    found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return found


def _summaries(rows: list[dict[str, Any]], what: str) -> list[dict[str, Any]]:
    names = dict.fromkeys(row["instance"] for row in rows)
    return [_summary(name, [row for row in rows if row["instance"] == name], what) for name in names]


def _summary(name: str, rows: list[dict[str, Any]], what: str) -> dict[str, Any]:
    ratios = [row["after_seconds"] / row["before_seconds"] for row in rows if row["before_seconds"]]
    found: dict[str, Any] = {"instance": name, "pairs": len(rows), "compared": what}
    for when in ("before", "after"):
        found[when] = sum(row[f"{when}_{what}"] or 0 for row in rows)
        found[f"{when}_uncovered"] = sum(row[f"{when}_uncovered"] or 0 for row in rows)
        found[f"{when}_seconds"] = round(median(row[f"{when}_seconds"] for row in rows), 2)
    return found | {"ratio": round(median(ratios), 2) if ratios else None}
