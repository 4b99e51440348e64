"""Runs one method on one instance in a process of its own."""

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.peers.answer import PeerAnswer
from benchmarks.peers.methods import Method
from benchmarks.peers.places import PeerMissing, peers_python
from scheduler.values.problem import Problem

ROOT = Path(__file__).parents[2]
GRACE_SECONDS = 240.0
"""For imports, building, checking, and solvers that look at the clock too seldom."""


def run(method: Method, problem: Problem, seconds: float, seed: int = 0) -> PeerAnswer:
    """What the method answers; nothing but the reason if it is missing, fails or has to be ended."""
    try:
        python = peers_python() if method.of_peers else Path(sys.executable)
    except PeerMissing as missing:
        return PeerAnswer(None, None, 0.0, str(missing))
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "problem.json", Path(folder) / "answer.json"
        source.write_text(problem.model_dump_json(), encoding="utf-8")
        command = [python, "-m", "benchmarks.peers.one", method.name, source, seconds, seed, target]
        try:
            done = subprocess.run([str(part) for part in command], cwd=ROOT, timeout=seconds + GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            return PeerAnswer(None, None, seconds + GRACE_SECONDS, "it had to be ended")
        if done.returncode != 0:
            return PeerAnswer(None, None, 0.0, f"it failed with exit status {done.returncode}")
        return PeerAnswer.from_json(target.read_text(encoding="utf-8"))
