"""HiGHS solves the program with step variables, begun with the plan of the planner's rule."""

import math
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.answer import PeerAnswer
from benchmarks.peers.course import Course, run_in_rounds
from benchmarks.peers.facts import Facts
from benchmarks.peers.mip import MipBuilder
from benchmarks.peers.places import peers_python
from benchmarks.peers.step_mip import StepMip
from scheduler.values.problem import Problem

SLACK = 1e-4
"""Costs are whole numbers; HiGHS computes in floating point."""

GRACE_SECONDS = 60.0
"""HiGHS looks at the clock between steps only; then it is ended, and what it found is lost."""


def solve(problem: Problem, seconds: float, seed: int = 0, num_workers: int = 2) -> PeerAnswer:
    """Dates for every activity within a time limit."""
    return run_in_rounds(problem, seconds, lambda course: _round(course, seed, num_workers), "")


def _round(course: Course, seed: int, num_workers: int) -> None:
    model = StepMip(Facts(course.problem), course.unions)
    with tempfile.TemporaryDirectory() as folder:
        program, answer = Path(folder) / "program.npz", Path(folder) / "answer.npz"
        _write(program, model.mip, None if course.best is None else model.values(course.best))
        began, seconds = course.seconds(), course.seconds_left()
        script = Path(__file__).with_name("highs_process.py")
        command = [peers_python(), script, program, answer, seconds, seed, num_workers]
        try:
            subprocess.run([str(part) for part in command], check=True, timeout=seconds + GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            return
        found = np.load(answer)
    for moment, bound in found["bounds"].tolist():
        course.proved(math.ceil(bound - SLACK), began + moment)
    for moment, values in zip(found["plan_seconds"].tolist(), found["plans"], strict=True):
        course.plan(model.starts(values.astype(float)), began + moment)


def _write(path: Path, mip: MipBuilder, hint: NDArray[np.float64] | None) -> None:
    arrays: dict[str, Any] = {name: np.array(getattr(mip, name), dtype=float) for name in FLOATS}
    arrays |= {name: np.array(getattr(mip, name), dtype=np.int32) for name in ("first", "index")}
    arrays |= {"is_integer": np.array(mip.is_integer), "hint": np.zeros(0) if hint is None else hint}
    np.savez(path, **arrays)


FLOATS = ("cost", "lower", "upper", "row_lower", "row_upper", "value", "offset")
