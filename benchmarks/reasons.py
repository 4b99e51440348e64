"""Reasons on the national programme: 30 areas at random, cheaper dates freed by what is said to be missing."""

import time
from collections.abc import Sequence
from random import Random
from statistics import median
from typing import Any

from benchmarks import results_file
from benchmarks.confirm import confirm
from benchmarks.example import example_problem
from scheduler.candidates.explanation import explain
from scheduler.candidates.plan_state import PlanState
from scheduler.solving.solver import solve
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.result import SolveParams

OPTION = 3
NUM_AREAS = 30
SEED = 2006

CONFIRMED_AN_AREA = 3
"""So many alternatives of an area, drawn at random, are solved again; tests take every one of a smaller programme."""

COMMAND = "python -m benchmarks reasons"


def run(num_areas: int = NUM_AREAS, option: int = OPTION, seed: int = SEED) -> None:
    """Explain areas drawn at random, confirm some alternatives of each, and write each area and the sums."""
    problem = example_problem(option)
    plan = solve(problem, SolveParams(dates_seconds=60, teams_seconds=60)).plan
    if plan is None:
        raise ValueError(f"There is no plan under option {option}. Try again on an idle machine.")
    began = time.process_time()
    state = PlanState(problem, plan)
    state.use_tables(state.elsewhere)
    prepare_seconds = round(time.process_time() - began, 2)
    draw = Random(seed)
    areas = draw.sample([area.id for area in problem.areas], num_areas)
    rows = [_row(problem, plan, state, area, draw) for area in areas]
    what = (
        f"england-2005, option {option}: {num_areas} areas drawn with seed {seed}, every cheaper week explained. For "
        f"{CONFIRMED_AN_AREA} of them an area, drawn too (tried), the whole shortfall is added and the problem solved "
        "again with the alternative pinned; confirmed is what then costs no more than stated, with no more uncovered "
        "places, and passes the check."
    )
    results_file.write("reasons-areas", COMMAND, what, rows)
    results_file.write("reasons", COMMAND, what, [_sums(option, rows, prepare_seconds)])


def _row(problem: Problem, plan: Plan, state: PlanState, area: str, draw: Random) -> dict[str, Any]:
    began, began_work = time.monotonic(), time.process_time()
    explanation = explain(problem, plan, area, state)
    explained, work = time.monotonic(), time.process_time() - began_work
    found = explanation.alternatives
    tried = draw.sample(found, min(CONFIRMED_AN_AREA, len(found)))
    answers = [confirm(problem, plan, weeks.dates, weeks.shortfall, weeks.cost) for weeks in tried]
    short = [weeks.shortfall for weeks in found]
    row = {
        "area": area,
        "alternatives": len(found),
        "tried": len(tried),
        "confirmed": sum(answer.is_confirmed for answer in answers),
        "others_stayed": sum(answer.others_stayed for answer in answers),
        "proven": sum(shortfall.is_proven for shortfall in short),
        "unblocked": sum(shortfall.is_empty for shortfall in short),
        "short_of_people": sum(bool(shortfall.people) for shortfall in short),
        "short_of_units": sum(bool(shortfall.units) for shortfall in short),
        "short_of_limits": sum(bool(shortfall.limits) for shortfall in short),
        "room_by_another_area": sum(weeks.displacement is not None for weeks in found),
        "explain_seconds": round(explained - began, 2),
        "explain_processor_seconds": round(work, 2),
        "confirm_seconds": round(time.monotonic() - explained, 2),
    }
    print(row, flush=True)
    return row


def _sums(option: int, rows: Sequence[dict[str, Any]], prepare_seconds: float) -> dict[str, Any]:
    names = [name for name in rows[0] if name != "area"]
    sums = {name: round(sum(row[name] for row in rows), 2) for name in names}
    longest = max(row["explain_seconds"] for row in rows)
    return {
        "option": option,
        "areas": len(rows),
        **sums,
        "prepare_processor_seconds": prepare_seconds,
        "median_explain_processor_seconds": median(row["explain_processor_seconds"] for row in rows),
        "longest_explain_seconds": longest,
    }
