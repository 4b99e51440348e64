"""What commands cost that solve nothing, as a ratio to an empty Python: the medians of several runs in turn.

Processor time is measured beside the clock: on a machine that others use too, the clock tells more of them than of us.
"""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from benchmarks import results_file

RUNS = 5
EMPTY = (sys.executable, "-c", "pass")
JARCYCLE = (sys.executable, "-c", "from cli.main import run; run()")
COMMANDS = (
    ("--version",),
    ("--help",),
    ("show", "1"),
    ("check", "1"),
    ("compare", "1", "1"),
    ("status", "--as-of", "2005-08-22"),
    ("status", "--as-of", "2006-02-22"),
    ("log",),
    ("evidence",),
    ("explain", "--help"),
    ("solve", "--help"),
    ("messages",),
    ("timeline", "jar-2005", "--start", "2006-01-09"),
    ("export", "1", "--format", "csv"),
    ("schema", "plan"),
)


class Spent(NamedTuple):
    """What one run of a command took."""

    processor_seconds: float
    clock_seconds: float


def run() -> None:
    """Every command on england-2005 with one published plan; each round runs all of them, after an empty Python."""
    with TemporaryDirectory() as home:
        environment = {**os.environ, "JARCYCLE_HOME": home}
        environment.pop(
            "PYTHONDONTWRITEBYTECODE", None
        )  # modules are compiled once, as after an installation
        for arguments in (
            ("init", "--example", "england-2005"),
            ("solve", "--option", "3", "--seconds", "20", "--teams-seconds", "20"),
            ("publish", "1", "--as-of", "2005-08-22"),
        ):
            subprocess.run([*JARCYCLE, *arguments], env=environment, check=True, capture_output=True)
        empty: list[Spent] = []
        spent: dict[tuple[str, ...], list[Spent]] = {arguments: [] for arguments in COMMANDS}
        for _ in range(RUNS):
            empty.append(_spent(EMPTY, environment))
            for arguments, found in spent.items():
                found.append(_spent((*JARCYCLE, *arguments), environment))
    rows = [_row("python -c pass", empty, empty)]
    rows += [_row(f"jarcycle {' '.join(arguments)}", found, empty) for arguments, found in spent.items()]
    results_file.write(
        "startup",
        "python -m benchmarks startup",
        f"Whole commands on england-2005 with one published plan, {RUNS} rounds: the median and the least processor "
        "time, the median as a ratio to an empty Python of the same rounds, and the median by the clock.",
        rows,
    )


def _spent(command: tuple[str, ...], environment: dict[str, str]) -> Spent:
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, check=True, capture_output=True, cwd=Path(__file__).parents[1])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Spent(processor, time.perf_counter() - began)


def _row(name: str, found: list[Spent], empty: list[Spent]) -> dict[str, Any]:
    processor = median(each.processor_seconds for each in found)
    row = {
        "command": name,
        "processor_seconds": round(processor, 3),
        "least_processor_seconds": round(min(each.processor_seconds for each in found), 3),
        "ratio": round(processor / median(each.processor_seconds for each in empty), 1),
        "clock_seconds": round(median(each.clock_seconds for each in found), 3),
    }
    print(row, flush=True)
    return row
