"""Values whose validators are built at first use behave as if they had been built at once."""

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from scheduler.values.problem import Problem
from scheduler.values.value import WeekSpan
from tests.complete import complete, complete_plan

FRESH_READ = """
import pickle, sys
from pathlib import Path
problem, plan = pickle.loads(Path(sys.argv[1]).read_bytes())
sys.stdout.write(problem.model_dump_json() + plan.model_dump_json())
"""

FRESH_THREADS = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from scheduler.values.documents import load_problem
text, together = Path(sys.argv[1]).read_text(), Barrier(8)
def read(_):
    together.wait()
    return load_problem(text)
with ThreadPoolExecutor(8) as threads:
    problems = list(threads.map(read, range(8)))
assert all(problem == problems[0] for problem in problems)
"""


def fresh(code: str, argument: Path) -> str:
    """What a fresh Python says, in which no value has been used."""
    command = [sys.executable, "-c", code, str(argument)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_values_from_another_process_are_written_as_there(tmp_path: Path) -> None:
    file = tmp_path / "values.pickle"
    file.write_bytes(pickle.dumps((complete(), complete_plan())))
    assert fresh(FRESH_READ, file) == complete().model_dump_json() + complete_plan().model_dump_json()


def test_threads_may_read_the_first_problem_together(tmp_path: Path) -> None:
    file = tmp_path / "problem.json"
    file.write_text(complete().model_dump_json())
    assert fresh(FRESH_THREADS, file) == ""


def test_a_subclass_made_before_the_first_use_is_as_strict() -> None:
    class Fortnight(WeekSpan):
        name: str = ""

    with pytest.raises(ValidationError, match="extra_forbidden"):
        Fortnight.model_validate({"first": 0, "end": 2, "nam": "short"})
    with pytest.raises(ValidationError, match="run backwards"):
        Fortnight(first=2, end=0)
    assert TypeAdapter(Fortnight | None).validate_python({"first": 0, "end": 2}) == Fortnight(first=0, end=2)


def test_a_problem_is_read_back_as_it_was_written() -> None:
    assert TypeAdapter(Problem).validate_json(complete().model_dump_json()) == complete()
