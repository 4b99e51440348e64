"""A solve whose process was killed: its row ends, its best plan so far becomes a draft that can be taken."""

import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import select

from models import PlanVersion, SolveBeat, SolveRun, session
from scheduler.checking.checker import check
from scheduler.values.result import SolveParams
from services.plans import plan_store
from services.problem import build_problem
from services.solves import solve_runs
from services.solves.solve_runs import SILENT, WITHOUT_PLAN, end_lost
from services.solves.solving import solve_option
from tests import tables

AT = datetime(2005, 8, 1, 9, tzinfo=UTC)
LATER = AT + SILENT

SOLVER = """
import os, signal, sys, time
from datetime import UTC, datetime
from importlib import import_module
from models import SolveBeat, make_engine, session
from scheduler.values.result import SolveParams
from services.solves.solving import solve_option
from tests import tables
engine = make_engine(sys.argv[1])

def deadly(problem, params, *, keep, **_):
    keep(tables.result_of(problem, tables.plan_for(problem)))
    while True:
        with session(engine, read_only=True) as opened:
            if opened.get_one(SolveBeat, 1).result_json:
                os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.01)

import_module("scheduler.solving.solver").solve = deadly
at = datetime(2005, 8, 1, 9, tzinfo=UTC)
solve_option(engine, 3, SolveParams(), profile="quick", who="planner", clock=lambda: at)
"""


def run_of(engine: Engine, number: int) -> SolveRun:
    with session(engine, read_only=True) as opened:
        return opened.get_one(SolveRun, number)


def begun(engine: Engine, with_plan: bool = False) -> int:
    """A solve under way; nobody works on it."""
    with session(engine) as opened:
        number = solve_runs.begin(opened, "3", "quick", "planner", AT)
        if with_plan:
            problem = build_problem(opened, 3)
            result = tables.result_of(problem, tables.plan_for(problem))
            solve_runs.keep(opened, number, problem.model_dump_json(), result.model_dump_json(), AT)
    return number


def test_a_killed_solve_leaves_a_draft_that_keeps_every_rule(engine: Engine) -> None:
    with session(engine) as opened:
        tables.fill(opened)
    url = engine.url.render_as_string(hide_password=False)
    assert -subprocess.run([sys.executable, "-c", SOLVER, url], check=False).returncode == signal.SIGKILL
    assert run_of(engine, 1).state == "running"
    with session(engine) as opened:
        assert end_lost(opened, LATER) == [1]
    run = run_of(engine, 1)
    assert (run.state, run.plan_version, run.ended_at) == ("killed", 1, LATER)
    assert "plan 1 is the best it had found" in run.message
    with session(engine, read_only=True) as opened:
        stored = plan_store.load_plan(opened, 1)
        row = opened.get_one(PlanVersion, 1)
        assert opened.exec(select(SolveBeat)).all() == []
    assert check(stored.problem, stored.plan) == ()
    assert (row.status, row.created_by, row.option) == ("draft", "planner", "3")


def test_one_without_a_plan_failed(engine: Engine) -> None:
    number = begun(engine)
    with session(engine) as opened:
        end_lost(opened, LATER)
    run = run_of(engine, number)
    assert (run.state, run.plan_version, run.message) == ("failed", None, WITHOUT_PLAN)


def test_one_that_gives_signs_of_life_is_left_alone(engine: Engine) -> None:
    number = begun(engine)
    with session(engine) as opened:
        solve_runs.beat(opened, number, AT + timedelta(seconds=30))
        assert end_lost(opened, LATER) == []
    assert run_of(engine, number).state == "running"


def test_where_nobody_can_be_at_work_any_more_none_is_left(engine: Engine) -> None:
    number = begun(engine)
    with session(engine) as opened:
        assert end_lost(opened, AT, silent=timedelta()) == [number]
        assert end_lost(opened, AT, silent=timedelta()) == []


def test_a_plan_that_fits_no_more_is_said_and_not_stored(engine: Engine) -> None:
    """Another programme was imported meanwhile: its activities are unknown here."""
    with session(engine) as opened:
        tables.fill(opened)
    number = begun(engine, with_plan=True)
    with session(engine) as opened:
        for activity in opened.exec(select(tables.Activity)).all():
            opened.delete(activity)
    with session(engine) as opened:
        end_lost(opened, LATER)
    run = run_of(engine, number)
    assert (run.state, run.plan_version) == ("failed", None)
    assert "it is not known here" in run.message


def test_the_next_solve_ends_the_lost_ones_and_keeps_no_sign_of_its_own_life(engine: Engine) -> None:
    with session(engine) as opened:
        tables.fill(opened)
    number = begun(engine, with_plan=True)
    params = SolveParams(num_workers=1, dates_seconds=2, teams_seconds=1)
    solved = solve_option(engine, 3, params, profile="quick", who="planner", clock=lambda: LATER)
    assert (run_of(engine, number).state, run_of(engine, number).plan_version) == ("killed", 1)
    assert (run_of(engine, solved.run_id).state, solved.version) == ("done", 2)
    with session(engine, read_only=True) as opened:
        assert opened.exec(select(SolveBeat)).all() == []
