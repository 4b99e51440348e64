"""What a benchmark needs to go on where a run of it was ended: the plan it began with, and which code it measured."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TypeVar

from scheduler.values.plan import Plan
from scheduler.values.problem import Problem

ROOT = Path(__file__).parent.parent
PLANS = ROOT / "build"
"""Plans that runs begin with; untracked."""

T = TypeVar("T")


def kept_plan(name: str, problem: Problem, solved: Callable[[], Plan | None]) -> Plan:
    """The plan that an earlier run began with, if it is for this problem; else a new one, kept for the next run.

    A solve is ended by time, so that another one would find another plan, and other events would be drawn from it.
    """
    path = PLANS / f"{name}-plan.json"
    if path.exists():
        plan = Plan.model_validate_json(path.read_text(encoding="utf-8"))
        if plan.problem_hash == problem.hash:
            return plan
    found = solved()
    if found is None:
        raise RuntimeError("The programme has no plan to begin with.")
    path.parent.mkdir(exist_ok=True)
    path.write_text(found.model_dump_json(), encoding="utf-8")
    return found


def fingerprint(text: str) -> str:
    """Ten signs that stand for a text."""
    return sha256(text.encode()).hexdigest()[:10]


def code_of(package: str) -> str:
    """Ten signs that stand for all Python files of a package as they are now, committed or not."""
    files = sorted((ROOT / package).rglob("*.py"))
    return fingerprint(
        "".join(f"{path.relative_to(ROOT)}\n{path.read_text(encoding='utf-8')}" for path in files)
    )


def mixed(things: Sequence[T], seed: int) -> list[tuple[int, T]]:
    """Things with their numbers in an order drawn from a seed: whatever part is reached holds all kinds."""
    numbered = list(enumerate(things))
    Random(f"order-{seed}").shuffle(numbered)
    return numbered
