"""A solve that is killed with -9 leaves its best plan beside the output, whole and checked."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.instances import small
from cli.commands import solving
from cli.shown.exit_codes import ExitCode
from cli.shown.partial import PartialPlan
from scheduler.checking.checker import faults
from scheduler.values.documents import load_plan
from scheduler.values.problem import Problem
from scheduler.values.result import Result
from tests import tables
from tests.builders import one_area
from tests.commands import Run
from tests.complete import complete, complete_plan

COMMAND = (sys.executable, "-c", "from cli.main import run; run()")
PATIENCE_SECONDS = 240


def files(folder: Path, problem: Problem) -> tuple[Path, Path, Path]:
    """A problem file, the output with an older plan in it, and where the best plan so far goes."""
    given, output = folder / "problem.json", folder / "plan.json"
    given.write_text(problem.model_dump_json())
    output.write_text("an older plan")
    return given, output, folder / "plan.json.partial"


def test_a_killed_solve_leaves_its_last_plan(tmp_path: Path) -> None:
    """An instance whose repair goes on for half a minute, with a better plan now and then."""
    problem = small(1, num_inspectors=20)
    given, output, partial = files(tmp_path, problem)
    command = [*COMMAND, "solve", "--input", str(given), "--output", str(output), "--teams-seconds", "60"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    limit = time.monotonic() + PATIENCE_SECONDS
    while not partial.exists() and time.monotonic() < limit and process.poll() is None:
        time.sleep(0.01)
    time.sleep(0.3)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    assert faults(problem, load_plan(partial.read_text())) == ()
    assert output.read_text() == "an older plan"


def test_its_twin_that_ends_leaves_the_output_alone(run: Run, home: Path, tmp_path: Path) -> None:
    given, output, partial = files(tmp_path, one_area())
    assert run("solve", "--input", given, "--output", output).code == ExitCode.DONE
    assert faults(one_area(), load_plan(output.read_text())) == ()
    assert not partial.exists()


def test_a_solve_that_fails_says_where_its_last_plan_is(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given, output, partial = files(tmp_path, complete())

    def failing(problem: Problem, *_: object) -> Result:
        keep = _[-1]
        assert isinstance(keep, PartialPlan)
        keep.keep(tables.result_of(problem, complete_plan()))
        raise MemoryError

    monkeypatch.setattr(solving, "_solve_problem", failing)
    answer = run("solve", "--input", given, "--output", output)
    assert answer.code == ExitCode.UNEXPECTED
    assert f"The best plan until then is in {partial}." in answer.err
    assert "there is not enough memory" in answer.err
    assert load_plan(partial.read_text()) == complete_plan()
    told = run("check", "--input", given, "--plan", partial)
    assert told.code == ExitCode.DONE


def test_a_pipe_gets_no_file_beside_it(tmp_path: Path) -> None:
    assert PartialPlan(None).path is None
    assert PartialPlan(Path("/dev/stdout")).path is None
    assert PartialPlan(tmp_path / "plan.json").path == tmp_path / "plan.json.partial"
