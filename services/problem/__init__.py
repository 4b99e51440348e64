"""From the facts in the tables to the scheduler's problem; dates become week indexes here and nowhere else."""

from services.problem.build import build_problem, option_of

__all__ = ["build_problem", "option_of"]
