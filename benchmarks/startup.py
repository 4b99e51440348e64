"""How long commands take that solve nothing, as a ratio to an empty Python: the medians of several runs in turn."""

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

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
    ("messages",),
    ("timeline", "jar-2005", "--start", "2006-01-09"),
    ("export", "1", "--format", "csv"),
    ("schema", "plan"),
)


def run() -> None:
    """Every command on england-2005 with one stored plan; each round runs all of them, after an empty Python."""
    with TemporaryDirectory() as home:
        environment = {**os.environ, "JARCYCLE_HOME": home}
        for arguments in (
            ("init", "--example", "england-2005"),
            ("solve", "--option", "3", "--seconds", "20", "--teams-seconds", "20"),
        ):
            subprocess.run([*JARCYCLE, *arguments], env=environment, check=True, capture_output=True)
        empty: list[float] = []
        seconds: dict[tuple[str, ...], list[float]] = {arguments: [] for arguments in COMMANDS}
        for _ in range(RUNS):
            empty.append(_seconds(EMPTY, environment))
            for arguments, found in seconds.items():
                found.append(_seconds((*JARCYCLE, *arguments), environment))
    rows = [_row("python -c pass", empty, empty)]
    rows += [_row(f"jarcycle {' '.join(arguments)}", found, empty) for arguments, found in seconds.items()]
    results_file.write(
        "startup",
        "python -m benchmarks startup",
        f"Whole commands on england-2005 with one stored plan, {RUNS} rounds: the median and the least, and the "
        "median as a ratio to an empty Python of the same rounds.",
        rows,
    )


def _seconds(command: tuple[str, ...], environment: dict[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True, cwd=Path(__file__).parents[1])
    return time.perf_counter() - began


def _row(name: str, found: list[float], empty: list[float]) -> dict[str, Any]:
    row = {
        "command": name,
        "seconds": round(median(found), 3),
        "least_seconds": round(min(found), 3),
        "ratio": round(median(found) / median(empty), 1),
    }
    print(row, flush=True)
    return row
