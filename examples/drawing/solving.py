"""Solves the dates of an example, writes them and the proof into its `plans`, and says how large the gap is."""

import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

from drawing.table_files import write_table
from models import make_engine, session, upgrade
from scheduler.solving.solver import solve
from scheduler.values.problem import Problem
from scheduler.values.result import SolveParams
from scheduler.values.value import Starts
from services.days.planned_days import begins_on
from services.imports import import_batch, read_folder
from services.problem import build_problem
from services.problem.facts import Facts, read_facts

LARGEST_GAP = 0.005
SEED = 1


def solve_example(example: Path, planned_on: date, params: SolveParams) -> int:
    """Solve, store and report; 1 if more than half a per cent is open, or a place in a team.

    Windows that are drawn by lot are drawn with a fixed seed, so that the stored plan fits them.
    """
    problem, facts = read_problem(example, planned_on)
    answer = solve(problem, params)
    cost, bound = answer.dates.cost, answer.dates.bound
    if answer.plan is None or cost is None or bound is None:
        print("no plan was found, or nothing is proven of it")
        return 1
    (example / "plans").mkdir(exist_ok=True)
    rows = _first_days(problem, facts, answer.plan.starts())
    write_table("plans/plan.csv", ("activity", "stage", "first_day"), rows, example)
    figures = (len(problem.activities), cost, bound)
    write_table("plans/figures.csv", ("activities", "cost", "bound"), [figures], example)
    gap = (cost - bound) / cost if cost else 0.0
    print(f"cost {cost}, bound {bound}, gap {100 * gap:.3f} %, {figures[0]} activities")
    print(f"uncovered places {answer.uncovered_places or 0}")
    return int(gap > LARGEST_GAP or bool(answer.uncovered_places))


def read_problem(example: Path, planned_on: date) -> tuple[Problem, Facts]:
    """What the solver is asked of an example, and the facts behind it."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/example.db")
        upgrade(engine)
        with session(engine) as opened:
            at = datetime.combine(planned_on, time(), UTC)
            import_batch(opened, read_folder(example), "example", at, Random(SEED))
        with session(engine, read_only=True) as opened:
            found = build_problem(opened, 4), read_facts(opened)
        engine.dispose()
    return found


def _first_days(problem: Problem, facts: Facts, starts: Starts) -> Iterator[tuple[str, str, date]]:
    """Activity, stage and first day of each stage."""
    for row in problem.activities:
        framework = facts.followed[row.id]
        for stage, week in zip(row.stages, starts[row.id], strict=True):
            monday = problem.first_monday + timedelta(weeks=week)
            yield row.id, stage.id, begins_on(framework.stage(stage.id), monday)
