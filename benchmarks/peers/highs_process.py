"""Solves the arrays of a mixed-integer program by HiGHS, as a process of its own.

`python highs_process.py PROGRAM.npz ANSWER.npz SECONDS SEED THREADS`; it needs numpy and highspy only. highspy and
OR-Tools cannot live in one process (clashing symbols), and the bridge to HiGHS inside OR-Tools 9.15 drops the plan
when time runs out.
"""

import sys
import time
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]


class Watch:
    """Keeps every improving plan and every bound, with the seconds since the beginning."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.plans: list[tuple[float, NDArray[np.float64]]] = []
        self.bounds: list[tuple[float, float]] = []

    def plan(self, values: NDArray[np.float64]) -> None:
        """Note the values of all columns."""
        self.plans.append((time.monotonic() - self.began, values))

    def bound(self, bound: float) -> None:
        """Note a bound unless it is no better than the last one."""
        if np.isfinite(bound) and (not self.bounds or bound > self.bounds[-1][1]):
            self.bounds.append((time.monotonic() - self.began, bound))


def solver_of(program: Arrays, seed: int, threads: int) -> Any:
    """A solver that knows the program and the plan to begin with."""
    solver = highspy.Highs()
    options: dict[str, Any] = {"log_to_console": False, "random_seed": seed, "threads": threads}
    # All costs are whole numbers: a gap below one is none.
    options |= {"mip_rel_gap": 0.0, "mip_abs_gap": 0.999}
    for name, value in options.items():
        solver.setOptionValue(name, value)
    solver.passModel(_lp(program))
    if len(program["hint"]):
        solution = highspy.HighsSolution()
        solution.col_value = program["hint"].tolist()
        solver.setSolution(solution)
    return solver


def _lp(program: Arrays) -> Any:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program["cost"]), len(program["row_upper"])
    lp.offset_ = float(program["offset"])
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = program["cost"], program["lower"], program["upper"]
    lp.row_lower_, lp.row_upper_ = program["row_lower"], program["row_upper"]
    kinds = {True: highspy.HighsVarType.kInteger, False: highspy.HighsVarType.kContinuous}
    lp.integrality_ = [kinds[kind] for kind in program["is_integer"].tolist()]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = program["first"], program["index"]
    lp.a_matrix_.value_ = program["value"]
    return lp


def main(program_path: str, answer_path: str, seconds: float, seed: int, threads: int) -> None:
    """Read the program, solve it, write all plans and bounds; what reading takes is part of the time."""
    watch = Watch()
    program = dict(np.load(program_path))
    solver = solver_of(program, seed, threads)
    solver.setOptionValue("time_limit", max(0.1, seconds - (time.monotonic() - watch.began)))
    solver.cbMipImprovingSolution += lambda event: watch.plan(np.array(event.data_out.mip_solution))
    solver.cbMipLogging += lambda event: watch.bound(event.data_out.mip_dual_bound)
    solver.run()
    info = solver.getInfo()
    watch.bound(info.mip_dual_bound)
    if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        watch.plan(np.array(solver.getSolution().col_value))
    np.savez(
        answer_path,
        plan_seconds=np.array([seconds for seconds, _ in watch.plans]),
        plans=np.array([values > 0.5 for _, values in watch.plans]).reshape(
            len(watch.plans), len(program["cost"])
        ),
        bounds=np.array(watch.bounds).reshape(-1, 2),
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
