"""A solve in a process of its own: it has another core, while this process goes on with something else."""

import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from signal import SIGINT

from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.result import Result, SolveParams
from scheduler.values.value import Value

SECONDS_TO_END = 1.0
"""So long it may take to check and to hand over its best plan when it is told to end."""


class Job(Value):
    """What to solve; the time limits of `params` count from when the process has read it."""

    problem: Problem
    params: SolveParams
    hint: Plan | None


@dataclass(frozen=True)
class SolveBeside:
    """A solve under way beside this process. It ends by its own limits, whatever becomes of this process."""

    process: "subprocess.Popen[str]"
    said: "Future[tuple[str, str]]"

    @staticmethod
    def start(problem: Problem, params: SolveParams, hint: Plan | None = None) -> "SolveBeside | None":
        """Begin to solve (see `solve`); None where no process can be started."""
        job = Job(problem=problem, params=params, hint=hint)
        try:
            process = subprocess.Popen(
                [sys.executable, "-m", __name__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
            )
        except OSError:
            return None
        talking = ThreadPoolExecutor(1, "solve-beside")
        said = talking.submit(process.communicate, job.model_dump_json())
        talking.shutdown(wait=False)
        return SolveBeside(process, said)

    def answer(self, seconds: float) -> Result | None:
        """The answer, waiting so long for it at most; then it ends with the best plan that it has.

        None if it has broken off, or does not end.
        """
        try:
            text, _ = self.said.result(timeout=max(0.0, seconds))
        except TimeoutError:
            text = self._ended()
        return Result.model_validate_json(text) if text and self.process.returncode == 0 else None

    def _ended(self) -> str:
        self.process.send_signal(SIGINT)
        try:
            return self.said.result(timeout=SECONDS_TO_END)[0]
        except TimeoutError:
            self.abandon()
            return ""

    def abandon(self) -> None:
        """Its answer is not wanted any more."""
        self.process.kill()


def main() -> None:
    """Solve the job that comes in; the answer goes out."""
    from scheduler.solving.solver import solve

    job = Job.model_validate_json(sys.stdin.read())
    sys.stdout.write(solve(job.problem, job.params, hint=job.hint).model_dump_json())


if __name__ == "__main__":
    main()
