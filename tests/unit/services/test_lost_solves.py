"""A solve whose process was killed: its row ends, its best plan so far becomes a draft that can be taken."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from models import Absence, PlanVersion, SolveBeat, SolveRun, session
from models.engine import BUSY_SECONDS
from scheduler.checking.checker import check
from scheduler.values.problem import Problem
from scheduler.values.result import Result, SolveParams
from services.errors import Refused
from services.plans import plan_store
from services.problem import build_problem
from services.solves import solve_runs, solving
from services.solves.solve_runs import SILENT, WITHOUT_PLAN, end_lost
from services.solves.solving import Asker, solve_option
from tests import tables

AT = datetime(2005, 8, 1, 9, tzinfo=UTC)
LATER = AT + SILENT
DOCS = Path(__file__).parents[3] / "docs"

SOLVER = """
import os, signal, sys, time
from datetime import UTC, datetime
from importlib import import_module
from models import SolveBeat, make_engine, session
from scheduler.values.result import SolveParams
from services.solves.solving import Asker, solve_option
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
solve_option(engine, 3, SolveParams(), Asker("planner", lambda: at), profile="quick")
"""


def run_of(engine: Engine, number: int) -> SolveRun:
    with session(engine, read_only=True) as opened:
        return opened.get_one(SolveRun, number)


def begun(engine: Engine, with_plan: bool = False, day: date | None = None) -> int:
    """A solve under way; nobody works on it."""
    with session(engine) as opened:
        number = solve_runs.begin(opened, "3", "quick", "planner", AT)
        if with_plan:
            problem = build_problem(opened, 3, day)
            result = tables.result_of(problem, tables.plan_for(problem))
            solve_runs.keep(opened, number, solve_runs.Kept(day=day, problem=problem), result, AT)
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


def test_nobody_else_s_start_makes_a_solve_a_lost_one(engine: Engine) -> None:
    """A start of `jarcycle up` once ended every solve that the command line was at work on."""
    number = begun(engine)
    with session(engine) as opened:
        assert end_lost(opened, LATER - timedelta(seconds=1)) == []
        assert end_lost(opened, LATER) == [number]
        assert end_lost(opened, LATER) == []


def test_the_silence_that_is_allowed_outlasts_another_process_that_holds_the_database(engine: Engine) -> None:
    assert timedelta(seconds=2 * BUSY_SECONDS) < SILENT


class Seconds:
    """A clock that goes on by a second whenever somebody looks at it."""

    def __init__(self) -> None:
        self.at = AT

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


def last_sign(engine: Engine) -> datetime:
    with session(engine, read_only=True) as opened:
        return opened.exec(select(SolveBeat.at)).one()


def wait_for(condition: Callable[[], bool]) -> None:
    limit = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.005)


def wait_for_signs(engine: Engine, count: int = 3) -> None:
    """Until a solve has given so many more signs of life."""
    for _ in range(count):
        before = last_sign(engine)
        wait_for(lambda before=before: last_sign(engine) > before)  # type: ignore[misc]


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Signs of life as often as the database allows."""
    monkeypatch.setattr(solving, "PROGRESS_SECONDS", 0.0)


def test_a_solve_gives_signs_of_life_while_it_builds_solves_in_silence_and_stores(
    engine: Engine, hasty: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with session(engine) as opened:
        tables.fill(opened)

    built: list[Problem] = []

    def build() -> Problem:
        if not built:  # the second time, what is stored holds the database
            wait_for_signs(engine)
        with session(engine, read_only=True) as opened:
            built.append(build_problem(opened, 3))
        return built[-1]

    def quiet(problem: Problem, _progress: solving.Progress) -> tuple[Problem, Result]:
        wait_for_signs(engine)
        return problem, tables.result_of(problem, tables.plan_for(problem))

    solved = solving.stored_solve(engine, "3", build, quiet, Asker("planner", Seconds()), profile="quick")
    assert run_of(engine, solved.run_id).state == "done"


def test_a_database_that_failed_once_does_not_silence_a_solve(
    engine: Engine, hasty: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with session(engine) as opened:
        tables.fill(opened)
    real, failures = solve_runs.beat, []

    def beat(opened: Session, number: int, at: datetime) -> None:
        if len(failures) < 3:
            failures.append(number)
            raise OperationalError("UPDATE", {}, Exception("database is locked"))
        real(opened, number, at)

    monkeypatch.setattr(solve_runs, "beat", beat)

    def find(problem: Problem, _progress: solving.Progress) -> tuple[Problem, Result]:
        wait_for_signs(engine)
        return problem, tables.result_of(problem, None)

    def build() -> Problem:
        with session(engine, read_only=True) as opened:
            return build_problem(opened, 3)

    solved = solving.stored_solve(engine, "3", build, find, Asker("planner", Seconds()), profile="quick")
    assert (len(failures), run_of(engine, solved.run_id).state) == (3, "out_of_time")


def test_one_that_was_held_up_and_called_lost_still_ends_with_its_own_plan(engine: Engine) -> None:
    """A laptop slept over it."""
    with session(engine) as opened:
        tables.fill(opened)

    def build() -> Problem:
        with session(engine, read_only=True) as opened:
            return build_problem(opened, 3)

    def find(problem: Problem, progress: solving.Progress) -> tuple[Problem, Result]:
        with session(engine) as opened:
            assert end_lost(opened, LATER + timedelta(days=1)) == [1]
        return problem, tables.result_of(problem, tables.plan_for(problem))

    solved = solving.stored_solve(engine, "3", build, find, Asker("planner", lambda: AT), profile="quick")
    run = run_of(engine, 1)
    assert (run.state, run.plan_version, run.message) == ("done", solved.version, "")


def test_news_of_a_moment_ago_never_overwrites_an_ended_solve(engine: Engine) -> None:
    number = begun(engine)
    with session(engine) as opened:
        solve_runs.progress(opened, number, "dates", 900, 800)
        solve_runs.end(opened, number, "done", None, "", AT)
        solve_runs.progress(opened, number, "teams", 7, None)
    run = run_of(engine, number)
    assert (run.phase, run.incumbent, run.bound) == ("dates", 900, 800)


def test_an_option_that_is_none_is_refused_before_anything_is_stored(engine: Engine) -> None:
    with session(engine) as opened:
        tables.fill(opened)
    for word in (5, 0, "5", "all", "", None):
        with pytest.raises(Refused, match="Choose one of: 1, 2, 3, 4, mixed"):
            solve_option(engine, word, SolveParams(), Asker("planner", lambda: AT), profile="quick")  # type: ignore[arg-type]
    with session(engine, read_only=True) as opened:
        assert opened.exec(select(SolveRun)).all() == []


def test_a_solve_that_is_asked_to_stop_keeps_its_best_plan_and_one_without_says_so(
    engine: Engine, hasty: None
) -> None:
    with session(engine) as opened:
        tables.fill(opened)

    def build() -> Problem:
        with session(engine, read_only=True) as opened:
            return build_problem(opened, 3)

    def until_stopped(problem: Problem, progress: solving.Progress, has_plan: bool) -> tuple[Problem, Result]:
        with session(engine) as opened:
            solve_runs.request_stop(opened, solve_runs.running(opened)[0])
        wait_for(progress.stop_asked)
        return problem, tables.result_of(problem, tables.plan_for(problem) if has_plan else None)

    ends = {}
    for has_plan in (True, False):
        solved = solving.stored_solve(
            engine,
            "3",
            build,
            lambda problem, progress, has_plan=has_plan: until_stopped(problem, progress, has_plan),  # type: ignore[misc]
            Asker("planner", Seconds()),
            profile="quick",
        )
        run = run_of(engine, solved.run_id)
        ends[has_plan] = (run.state, run.plan_version, run.message)
    assert ends == {True: ("stopped", 1, ""), False: ("stopped", None, solving.NOTHING_YET)}


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


@pytest.mark.parametrize("is_changed", [False, True])
@pytest.mark.parametrize("day", [None, date(2006, 2, 1)])
def test_a_plan_of_a_lost_solve_is_stale_if_the_facts_changed_since_it_was_asked_for(
    engine: Engine, is_changed: bool, day: date | None
) -> None:
    """It is compared as on the day on which it was asked for, not as on that on which it was found to be lost."""
    with session(engine) as opened:
        tables.fill(opened)
    begun(engine, with_plan=True, day=day)
    with session(engine) as opened:
        if is_changed:
            opened.add(
                Absence(inspector_code="wigan-1", start_on=date(2006, 5, 15), end_on=date(2006, 5, 20))
            )
        end_lost(opened, LATER)
    with session(engine, read_only=True) as opened:
        assert opened.get_one(PlanVersion, 1).is_stale is is_changed


def test_what_another_version_of_jarcycle_wrote_down_stops_nobody(engine: Engine) -> None:
    with session(engine) as opened:
        tables.fill(opened)
    number = begun(engine, with_plan=True)
    with session(engine) as opened:
        opened.get_one(SolveBeat, number).problem_json = "{}"
        assert end_lost(opened, LATER) == [number]
    assert (run_of(engine, number).state, run_of(engine, number).message) == ("failed", WITHOUT_PLAN)


def test_the_next_solve_ends_the_lost_ones_and_keeps_no_sign_of_its_own_life(engine: Engine) -> None:
    with session(engine) as opened:
        tables.fill(opened)
    number = begun(engine, with_plan=True)
    params = SolveParams(num_workers=1, dates_seconds=2, teams_seconds=1)
    solved = solve_option(engine, 3, params, Asker("planner", lambda: LATER), profile="quick")
    assert (run_of(engine, number).state, run_of(engine, number).plan_version) == ("killed", 1)
    assert (run_of(engine, solved.run_id).state, solved.version) == ("done", 2)
    with session(engine, read_only=True) as opened:
        assert opened.exec(select(SolveBeat)).all() == []


def test_the_pages_say_how_long_a_solve_may_be_silent() -> None:
    assert timedelta(minutes=2) == SILENT
    for page in ("commands/solve.md", "operations/up.md"):
        assert "two minutes" in (DOCS / page).read_text(encoding="utf-8")
