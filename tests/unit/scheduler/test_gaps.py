"""The distance of a cost from its bound: worked out in one place, whether both are known or not."""

import re
from pathlib import Path

import pytest

from scheduler.values.result import gap_if_known

ROOT = Path(__file__).parents[3]
ROOMS = ("scheduler", "services", "cli", "console", "flows", "benchmarks")


@pytest.mark.parametrize(
    ("cost", "bound", "expected"),
    [(1000, 999, 0.001), (7, 7, 0.0), (0, 0, 0.0), (None, 5, None), (5, None, None)],
)
def test_a_gap_is_a_fraction_of_the_cost_and_none_without_cost_or_bound(
    cost: int | None, bound: int | None, expected: float | None
) -> None:
    assert gap_if_known(cost, bound) == expected


def test_nobody_else_asks_whether_a_gap_is_known() -> None:
    asking = [
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if re.search(r"None if .* is None else gap\(", path.read_text(encoding="utf-8"))
    ]
    assert asking == ["scheduler/values/result.py"]
