"""Ten times the size: time and memory of dates over the number of areas, each option, and the exponent of time.

`python -m benchmarks scale` measures everything; `scale:OPTION`, `scale:OPTION:AREAS` a part, which replaces its own
rows of the tracked results and leaves the others.
"""

import json
import math
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import results_file

COMMAND = "python -m benchmarks scale"
ROOT = Path(__file__).parents[1]
OPTIONS = (1, 2, 3, 4)
SIZES = (150, 300, 600, 900, 1200, 1500)
SEED = 0
SECONDS = 300.0
BAR = "Bars: gap <= 0.001 within 300 s, memory <= 4096 MB, exponent <= 1.3."


def run(part: str = "") -> None:
    """Measure all sizes under all options, or those that `part` names, one after the other."""
    option, _, size = part.partition(":")
    for own_option in OPTIONS:
        for own_size in SIZES:
            if option in ("", str(own_option)) and size in ("", str(own_size)):
                keep([measured(own_option, own_size)])


def measured(option: int, num_areas: int, seed: int = SEED, seconds: float = SECONDS) -> dict[str, Any]:
    """The figures of one size in a process of its own."""
    load = os.getloadavg()[0]
    arguments = [str(part) for part in (option, num_areas, seed, seconds)]
    command = [sys.executable, "-m", "benchmarks.scale_one", *arguments]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    row: dict[str, Any] = json.loads(done.stdout.splitlines()[-1]) | {"load_before": round(load, 1)}
    print(row, flush=True)
    return row


def keep(rows: Sequence[Mapping[str, Any]]) -> None:
    """Merge rows into the tracked results, and fit the exponents anew."""
    what = (
        "Instances of the family 'large': people, pools and limits in proportion to the areas, 173 weeks of starts. "
        "Dates for whole teams until the gap is at most 0.001; seconds contain validation and pre-check. "
        f"load_before is the load of the machine when a run began. {BAR}"
    )
    keys = ("option", "areas", "seed")
    results_file.merge("scale", COMMAND, what, rows, keys, lambda row: [row[key] for key in keys])
    results_file.write(
        "scale-exponents", COMMAND, f"Fitted on scale. {BAR}", exponents(results_file.read("scale"))
    )


def exponents(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """For each option the exponents of time and memory over areas, by least squares of the logarithms."""
    found = []
    for option in sorted({row["option"] for row in rows}):
        of_option = [row for row in rows if row["option"] == option]
        solved = [row for row in of_option if row["seconds_to_0.001"] is not None]
        found.append(
            {
                "option": option,
                "sizes": len(of_option),
                "solved": len(solved),
                "largest": max(row["areas"] for row in of_option),
                "most_seconds": max(row["seconds"] for row in of_option),
                "most_memory_mb": max(row["memory_mb"] for row in of_option),
                "exponent_of_time": slope([(row["areas"], row["seconds_to_0.001"]) for row in solved]),
                "exponent_of_memory": slope([(row["areas"], row["memory_mb"]) for row in of_option]),
            }
        )
    return found


def slope(points: Sequence[tuple[float, float]]) -> float | None:
    """The exponent b of the power law a * x ** b that fits best; None if there are fewer than two sizes."""
    if len({x for x, _ in points}) < 2:
        return None
    logs = [(math.log(x), math.log(y)) for x, y in points]
    mean_x, mean_y = (sum(part) / len(logs) for part in zip(*logs, strict=True))
    along = sum((x - mean_x) * (y - mean_y) for x, y in logs)
    return along / sum((x - mean_x) ** 2 for x, _ in logs)
