"""`python -m benchmarks.peers.one METHOD PROBLEM.json SECONDS SEED ANSWER.json`: one method on one instance.

Every method runs in a fresh process: memory is measured alone, and no method finds caches that another has left.
Reading the problem and importing packages is not part of the time of any method.
"""

import sys
from dataclasses import replace
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

from benchmarks.peers.methods import method
from scheduler.values.problem import Problem


def peak_memory_mb() -> int:
    """Peak memory of this process, and of the largest process that it started and that has ended."""
    return max(getrusage(who).ru_maxrss for who in (RUSAGE_SELF, RUSAGE_CHILDREN)) // 1024


def main(name: str, problem_path: str, seconds: str, seed: str, answer_path: str) -> None:
    """Solve, and write the answer as JSON."""
    problem = Problem.model_validate_json(Path(problem_path).read_text(encoding="utf-8"))
    answer = method(name).solve()(problem, float(seconds), int(seed))
    text = replace(answer, memory_mb=peak_memory_mb()).to_json()
    Path(answer_path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
