"""How long `make test` takes: its three parts beside each other, by the clock and in processor time."""

import re
import resource
import subprocess
import time
from pathlib import Path

from benchmarks import results_file

ROOT = Path(__file__).parents[1]
RESULT = re.compile(r"^(\d+) passed.* in ([\d.]+)s", re.MULTILINE)


def run() -> None:
    """Run it once in this checkout; CalledProcessError if a test fails."""
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(["make", "test"], cwd=ROOT, check=True, capture_output=True, text=True)
    seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    parts = [(int(passed), float(took)) for passed, took in RESULT.findall(done.stdout)]
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    row = {
        "tests": sum(passed for passed, _ in parts),
        "clock_seconds": round(seconds, 1),
        "processor_seconds": round(processor, 1),
        "longest_part_seconds": max(took for _, took in parts),
    }
    what = "One run of `make test`, alone on the machine. The bar is 240 seconds by the clock."
    results_file.write("suite", "python -m benchmarks suite", what, [row])
