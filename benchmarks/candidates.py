"""Candidates on the national programme: weeks of activities, people for places and weeks of persons, drawn at random.

Each question is asked of one prepared plan, as the console asks; a command also starts Python and reads its plan.
"""

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import results_file
from benchmarks.example import example_problem
from scheduler.candidates.free_weeks import person_weeks
from scheduler.candidates.places import place_candidates
from scheduler.candidates.plan_state import PlanState
from scheduler.candidates.weeks import week_candidates
from scheduler.solving.solver import solve
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.result import SolveParams
from services.plans.prepared_plans import PreparedPlans

OPTIONS = (1, 2, 3, 4)
NUM_DRAWN = 30
SEED = 2006
COMMAND = "python -m benchmarks candidates"

Spent = tuple[float, float, float]
"""The load before, seconds by the clock, seconds of the processor."""


def run(num_drawn: int = NUM_DRAWN, seed: int = SEED) -> None:
    """Each option: the plan prepared, read again from its file, and questions of three kinds; medians and longest."""
    rows = [row for option in OPTIONS for row in _rows(option, num_drawn, seed)]
    what = (
        f"england-2005, each option: seconds by the clock and of the processor. For each kind {num_drawn} activities "
        f"with a team, places and persons are drawn with seed {seed} and asked one after the other of one prepared "
        "plan. 'prepared' makes its tables and writes them, 'read' takes them from the file. load_before is that of "
        "the machine: above 0.7 others were at work, too."
    )
    results_file.write("candidates", COMMAND, what, rows)


def _rows(option: int, num_drawn: int, seed: int) -> list[dict[str, Any]]:
    problem = example_problem(option)
    plan = solve(problem, SolveParams(seed=0, dates_seconds=30, teams_seconds=60)).plan
    if plan is None:
        raise ValueError(f"There is no plan under option {option}. Try again on an idle machine.")
    with TemporaryDirectory() as folder:
        prepared = [_prepared(problem, plan, Path(folder)), _prepared(problem, plan, Path(folder))]
    rows = [_row(option, name, [spent]) for name, spent in zip(("prepared", "read"), prepared, strict=True)]
    state = PlanState(problem, plan)
    state.use_tables(state.elsewhere)
    for name, questions in _questions(state, Random(seed), num_drawn).items():
        rows.append(_row(option, name, [_timed(question) for question in questions]))
    return rows


def _prepared(problem: Problem, plan: Plan, folder: Path) -> Spent:
    """Seconds until a fresh process would have the plan and its tables."""

    def prepare() -> None:
        with PreparedPlans(folder).asked(problem, plan, needs_tables=True):
            pass

    return _timed(prepare)


def _timed(question: Callable[[], object]) -> Spent:
    load, clock, processor = os.getloadavg()[0], time.perf_counter(), time.process_time()
    question()
    return load, time.perf_counter() - clock, time.process_time() - processor


def _questions(state: PlanState, draw: Random, number: int) -> dict[str, list[Callable[[], object]]]:
    reviews = [activity for activity in state.problem.activities if activity.team is not None]
    drawn = [draw.choice(reviews) for _ in range(number)]
    places = [
        (review.id, draw.choice(sorted(review.team.seats_by_skill()))) for review in drawn if review.team
    ]
    people = [draw.choice(state.problem.inspectors).id for _ in range(number)]
    return {
        "weeks": [lambda name=review.id: week_candidates(state, name) for review in drawn],
        "people": [lambda place=place: place_candidates(state, *place) for place in places],
        "person": [lambda name=name: person_weeks(state, name) for name in people],
    }


def _row(option: int, what: str, spent: Sequence[Spent]) -> dict[str, Any]:
    loads, clock, processor = zip(*spent, strict=True)
    row = {
        "option": option,
        "what": what,
        "questions": len(spent),
        "median_seconds": round(median(clock), 4),
        "longest_seconds": round(max(clock), 4),
        "median_processor_seconds": round(median(processor), 4),
        "longest_processor_seconds": round(max(processor), 4),
        "load_before": round(loads[0], 2),
    }
    print(row, flush=True)
    return row
