"""The plans to choose from after an event: how far things move, what they cost beside a fresh solve, what is proven.

`python -m benchmarks alternatives:EVENTS,POSTPONEMENTS,SECONDS` takes other numbers than 100, 40 and 10; with a folder
behind them (`...,SECONDS,FOLDER`) the checkout there replans the same events in turn; without one, what an earlier run
measured of it on the same plan is kept.

Events come in an order that mixes their kinds, and each row is written when it is measured: a run may be ended at any
time, and the same command goes on behind the last row, as long as code, plan and limit are the same.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import results_file
from benchmarks.example import example_problem
from benchmarks.random_events import KINDS, EventDraw
from benchmarks.resuming import code_of, fingerprint, kept_plan, mixed
from scheduler.checking.checker import SHORTAGE_RULES, check
from scheduler.events import Event, Postponement
from scheduler.events.applying import apply
from scheduler.replanning.replanner import replan
from scheduler.replanning.result import Choice, ChoiceName, ReplanParams, ReplanResult
from scheduler.solving.solver import solve
from scheduler.values.errors import InvalidProblem
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.result import SolveParams

OPTION = 3
NUMBERS = (100, 40, 10.0)
SEED = 0
MOST_WEEKS = 6
SHARE_OF_DATES = 1 / 3
"""Of the time of a fresh solve, as in the default limits of `solve`."""

COMMAND = "python -m benchmarks alternatives:{}"
BEFORE = """
import sys, json
from scheduler import Plan, Problem
from scheduler.events import load_event
from scheduler.replanning.replanner import replan
from scheduler.replanning.result import ReplanParams
problem, plan = (
    kind.model_validate_json(open(path, encoding="utf-8").read())
    for kind, path in zip((Problem, Plan), sys.argv[1:3])
)
event = load_event(open(sys.argv[3], encoding="utf-8").read(), problem.first_monday)
found = replan(problem, plan, event, ReplanParams(now_week=int(sys.argv[4]), seconds=float(sys.argv[5])))
print(found.main.plan.model_dump_json() if found.main else "null")
"""


def run(part: str = "") -> None:
    """Solve the national programme, replan it after each event, and solve each problem afresh in the same time."""
    texts = part.split(",") if part else [str(number) for number in NUMBERS]
    events, postponements, seconds = int(texts[0]), int(texts[1]), float(texts[2])
    before = Path(texts[3]).resolve() if len(texts) > 3 else None
    problem = example_problem(OPTION)
    plan = kept_plan("alternatives", problem, lambda: solve(problem, SolveParams(seed=SEED)).plan)
    drawn = [*_random_events(problem, plan, events), *_postponements(problem, plan, postponements)]
    of_run = {
        "code": code_of("scheduler"),
        "plan": fingerprint(plan.model_dump_json()),
        "limit": seconds,
        "of": f"{events}+{postponements}",
    }
    rows = _measured_already(of_run, before is not None)
    known_before = _known_before(of_run)
    command = COMMAND.format(",".join(texts[:3]) + (",FOLDER" if before else ""))
    with TemporaryDirectory() as folder:
        _Before.write(folder, problem, plan)
        for number, (event, now) in mixed(drawn, SEED):
            if number in {row["event"] for row in rows}:
                continue
            row = _row(problem, plan, event, now, seconds)
            row["before_weeks"] = known_before.get(number)
            if before is not None:
                row["before_weeks"] = _Before(before, folder, seconds).weeks(plan, event, now)
            rows.append({"event": number, **row, **of_run})
            print(rows[-1], flush=True)
            _write(command, rows, len(drawn), seconds)


def _measured_already(of_run: dict[str, Any], is_compared: bool) -> list[dict[str, Any]]:
    """Rows of an earlier run of the same code on the same plan; without those that lack the comparison wanted now."""
    return [
        row
        for row in results_file.read("alternatives-runs")
        if all(row.get(key) == value for key, value in of_run.items())
        and not (is_compared and row["before_weeks"] is None)
    ]


def _known_before(of_run: dict[str, Any]) -> dict[int, int]:
    """Weeks that the checkout before moved, by event, as an earlier run of whatever code measured them."""
    return {
        row["event"]: row["before_weeks"]
        for row in results_file.read("alternatives-runs")
        if row.get("before_weeks") is not None
        and all(row.get(key) == of_run[key] for key in ("plan", "limit", "of"))
    }


def _write(command: str, rows: Sequence[dict[str, Any]], drawn: int, seconds: float) -> None:
    results_file.write("alternatives-runs", command, _runs_in_words(seconds), rows)
    kinds = dict.fromkeys(row["kind"] for row in rows)
    summaries = [
        *(_summary(kind, [r for r in rows if r["kind"] == kind]) for kind in kinds),
        _summary("all", rows),
    ]
    results_file.write("alternatives", command, _counts_in_words(len(rows), drawn, seconds), summaries)


def _runs_in_words(seconds: float) -> str:
    return (
        f"Plans to choose from after events on the plan of england-2005 under option {OPTION}, seed {SEED}, one row an "
        f"event, with a limit of {seconds:.0f} s; the fresh solve of the same problem, pins included, has as long. "
        "`cpu_seconds` are those of all threads together: beside other work on the machine seconds are more. "
        "`weeks` are those moved in all in the plan with the fewest, `before_weeks` in the main plan of the "
        "checkout before; `dearer` tells whether the cheapest plan has more open places than the fresh solve, or as "
        "many and a higher cost. A run goes on behind the rows that share its `code`, `plan`, `limit` and `of`."
    )


def _counts_in_words(measured: int, drawn: int, seconds: float) -> str:
    part = "all" if measured == drawn else f"{measured} of"
    return (
        f"Counts over {part} the {drawn} events of alternatives-runs by kind, in a drawn order that mixes kinds, with "
        f"a limit of {seconds:.0f} s. `late` are answers that took longer. Weeks are summed over events that the "
        "checkout before answered, too; `least_weeks` are those that no plan goes below, as far as proven. Bar: no "
        "cheapest plan dearer than a fresh solve within the same time, weeks at most a quarter of those before, "
        "nothing late."
    )


def _random_events(problem: Problem, plan: Plan, number: int) -> Iterator[tuple[Event, int]]:
    """Events of every kind in turn, those that make sense."""
    draw = EventDraw(problem, plan, SEED)
    for index in range(number):
        while True:
            event, now = draw.next(KINDS[index % len(KINDS)])
            if _is_sound(problem, plan, event, now):
                yield event, now
                break


def _postponements(problem: Problem, plan: Plan, number: int) -> Iterator[tuple[Event, int]]:
    """Reviews that are to begin one to six weeks later, in turn."""
    draw, starts = Random(f"postponements-{SEED}"), plan.starts()
    reviews = [review.id for review in problem.activities if review.team is not None]
    found = 0
    while found < number:
        review = draw.choice(reviews)
        now = starts[review][0] - draw.randint(8, 40)
        event = Postponement(activity=review, not_before=starts[review][0] + 1 + found % MOST_WEEKS)
        if now >= 0 and _is_sound(problem, plan, event, now):
            yield event, now
            found += 1


def _is_sound(problem: Problem, plan: Plan, event: Event, now: int) -> bool:
    try:
        apply(problem, plan, event, now)
    except InvalidProblem:
        return False
    return True


def _row(problem: Problem, plan: Plan, event: Event, now: int, seconds: float) -> dict[str, Any]:
    cpu = time.process_time()
    found = replan(problem, plan, event, ReplanParams(now_week=now, seed=SEED, seconds=seconds))
    row = _figures(found, round(time.process_time() - cpu, 1))
    limits = {"dates_seconds": seconds * SHARE_OF_DATES, "teams_seconds": seconds * (1 - SHARE_OF_DATES)}
    fresh = solve(found.problem, SolveParams(seed=SEED, **limits)).plan
    rank = None if fresh is None else (fresh.costs.uncovered_places, _cost(fresh))
    cheapest = _named(found, "lowest_cost")
    ours = None if cheapest is None else (cheapest.uncovered, cheapest.cost)
    is_dearer = rank is not None and (ours is None or ours > rank)
    return row | {
        "fresh_open": rank[0] if rank else None,
        "fresh_cost": rank[1] if rank else None,
        "dearer": is_dearer,
    }


def _figures(found: ReplanResult, cpu_seconds: float) -> dict[str, Any]:
    main, near = found.main, _named(found, "fewest_weeks")
    cheapest, people = _named(found, "lowest_cost"), _named(found, "fewest_people")
    proven = {name for choice in found.choices for name in choice.proven}
    faults = (fault for choice in found.choices for fault in check(found.problem, choice.plan))
    return {
        "kind": found.event.kind,
        "what": found.event_in_words,
        "seconds": found.seconds,
        "cpu_seconds": cpu_seconds,
        "broken_rules": sum(fault.rule not in SHORTAGE_RULES for fault in faults),
        "choices": len(found.choices),
        "moved": main.moved if main else None,
        "weeks": near.weeks_moved if near else None,
        "least_weeks": found.bounds.get("fewest_weeks"),
        "people": people.people_changed if people else None,
        "least_people": found.bounds.get("fewest_people"),
        "proven": " ".join(sorted(proven)),
        "open": cheapest.uncovered if cheapest else None,
        "cost": cheapest.cost if cheapest else None,
        "least_cost": found.bounds.get("lowest_cost"),
    }


def _named(found: ReplanResult, name: ChoiceName) -> Choice | None:
    return next((choice for choice in found.choices if name in choice.names), None)


def _cost(plan: Plan) -> int:
    return plan.costs.date_cost + plan.costs.team_cost


class _Before:
    """Another checkout that replans the same events, in a process of its own."""

    def __init__(self, checkout: Path, folder: str, seconds: float) -> None:
        self.checkout, self.folder, self.seconds = checkout, folder, seconds

    @staticmethod
    def write(folder: str, problem: Problem, plan: Plan) -> None:
        """Write what it reads; without certificates, of which it may know other kinds."""
        Path(folder, "problem.json").write_text(problem.model_dump_json(), encoding="utf-8")
        bare = plan.model_copy(update={"certificates": ()})
        Path(folder, "plan.json").write_text(bare.model_dump_json(), encoding="utf-8")

    def weeks(self, plan: Plan, event: Event, now: int) -> int | None:
        """Weeks moved in all in its main plan."""
        names = ("problem.json", "plan.json", "event.json")
        Path(self.folder, names[2]).write_text(event.model_dump_json(), encoding="utf-8")
        paths = [str(Path(self.folder, name)) for name in names]
        answer = subprocess.run(
            [sys.executable, "-c", BEFORE, *paths, str(now), str(self.seconds)],
            cwd=self.checkout,
            env={**os.environ, "PYTHONPATH": str(self.checkout)},
            check=True,
            capture_output=True,
            text=True,
        )
        found = json.loads(answer.stdout.splitlines()[-1])
        if found is None:
            return None
        after = Plan.model_validate(found).starts()
        pairs = ((weeks, after[name]) for name, weeks in plan.starts().items())
        return sum(max(abs(new - old) for old, new in zip(*pair, strict=True)) for pair in pairs)


def _summary(kind: str, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    both = [row for row in rows if row["before_weeks"] is not None and row["weeks"] is not None]
    return {
        "kind": kind,
        "events": len(rows),
        "broken_rules": sum(row["broken_rules"] for row in rows),
        "dearer_than_fresh": sum(row["dearer"] for row in rows),
        "proven_moves": sum("fewest_moves" in row["proven"] for row in rows),
        "proven_weeks": sum("fewest_weeks" in row["proven"] for row in rows),
        "proven_people": sum("fewest_people" in row["proven"] for row in rows),
        "proven_cost": sum("lowest_cost" in row["proven"] for row in rows),
        "weeks": sum(row["weeks"] for row in both),
        "least_weeks": sum(row["least_weeks"] or 0 for row in both),
        "before_weeks": sum(row["before_weeks"] for row in both),
        "late": sum(row["seconds"] > row["limit"] for row in rows),
        "median_seconds": round(median(row["seconds"] for row in rows), 2),
        "most_seconds": max(row["seconds"] for row in rows),
        "median_cpu_seconds": round(median(row["cpu_seconds"] for row in rows), 2),
    }
