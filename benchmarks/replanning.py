"""The bar of replanning: 100 random single events on the national plan, each within ten seconds."""

from collections.abc import Sequence
from statistics import median
from typing import Any

from benchmarks import results_file
from benchmarks.example import example_problem
from benchmarks.random_events import KINDS, EventDraw
from scheduler.checking.checker import SHORTAGE_RULES, check
from scheduler.replanning.replanner import replan
from scheduler.replanning.result import ReplanParams, ReplanResult
from scheduler.solving.solver import solve
from scheduler.values.errors import InvalidProblem
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.result import SolveParams
from scheduler.verifying.verifier import verify

OPTION = 3
EVENTS = 100
SEED = 0
BAR_SECONDS = 10.0
COMMAND = "python -m benchmarks replanning"


def run(part: str = "") -> None:
    """Solve the national programme, then replan it after each event; write the list and the counts.

    Parameters
    ----------
    part
        A number of events to try ('replanning:10'): they are printed, and no result is written.
    """
    problem = example_problem(OPTION)
    result = solve(problem, SolveParams(seed=SEED))
    if result.plan is None:
        raise RuntimeError("The national programme has no plan to begin with.")
    rows = measured(problem, result.plan, int(part) if part else EVENTS, SEED)
    if part:
        print(summary("all", rows))
        return
    results_file.write(
        "replanning-runs",
        COMMAND,
        f"Random single events on the plan of england-2005 under option {OPTION}, seed {SEED}, one row an event. "
        "Seconds are for the main plan and its alternatives together; refused draws are drawn again.",
        rows,
    )
    results_file.write(
        "replanning",
        COMMAND,
        f"Counts over the {len(rows)} events of replanning-runs by kind. Bar: every one within {BAR_SECONDS:.0f} s, "
        "no rule broken, the number of moved dates proven fewest in at least 95 of 100.",
        [*(summary(kind, [r for r in rows if r["kind"] == kind]) for kind in KINDS), summary("all", rows)],
    )


def measured(problem: Problem, plan: Plan, events: int, seed: int) -> list[dict[str, Any]]:
    """One row for each event, the kinds in turn."""
    draw = EventDraw(problem, plan, seed)
    return [_row(problem, plan, draw, number, seed) for number in range(events)]


def summary(kind: str, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Counts of one kind, or of all."""
    return {
        "kind": kind,
        "events": len(rows),
        "proven_fewest": sum(row["proven"] for row in rows),
        "proven_impossible": sum(row["status"] == "infeasible" for row in rows),
        "within_bar": sum(row["seconds"] <= BAR_SECONDS for row in rows),
        "broken_rules": sum(row["broken_rules"] for row in rows),
        "not_verified": sum(row["not_verified"] for row in rows),
        "uncovered": sum(row["uncovered"] or 0 for row in rows),
        "moved": sum(row["moved"] or 0 for row in rows),
        "refused_draws": sum(row["refused_draws"] for row in rows),
        "median_seconds": round(median(row["seconds"] for row in rows), 2) if rows else None,
        "most_seconds": max((row["seconds"] for row in rows), default=None),
    }


def _row(problem: Problem, plan: Plan, draw: EventDraw, number: int, seed: int) -> dict[str, Any]:
    kind, refused = KINDS[number % len(KINDS)], 0
    while True:
        event, now = draw.next(kind)
        try:
            found = replan(problem, plan, event, ReplanParams(now_week=now, seed=seed))
            break
        except InvalidProblem:
            refused += 1
    row = _figures(found, now) | {"refused_draws": refused}
    print({"event": number, **row}, flush=True)
    return {"event": number, **row}


def _is_verified(problem: Problem, plan: Plan) -> bool:
    """Whether the verifier accepts the plan with the prices carried over from the plan before."""
    return verify(problem, plan, plan.certificates).is_accepted


def _figures(found: ReplanResult, now: int) -> dict[str, Any]:
    main = found.main
    broken = sum(
        fault.rule not in SHORTAGE_RULES
        for choice in found.choices
        for fault in check(found.problem, choice.plan)
    )
    return {
        "kind": found.event.kind,
        "now_week": now,
        "what": found.event_in_words,
        "status": found.status.value,
        "seconds": found.seconds,
        "broken_rules": broken,
        "not_verified": sum(not _is_verified(found.problem, choice.plan) for choice in found.choices),
        "uncovered": main.uncovered if main else None,
        "uncovered_bound": found.uncovered_bound,
        "moved": main.moved if main else None,
        "moved_bound": found.moved_bound,
        "proven": found.is_proven_fewest,
        "people_changed": main.people_changed if main else None,
        "choices": len(found.choices),
    }
