"""`python -m benchmarks [NAME[:PART] ...]`: runs the named benchmarks, or all; results go to benchmarks/results/."""

import sys
from collections.abc import Callable

from benchmarks import (
    against,
    alternatives,
    candidates,
    console,
    national,
    options,
    peers_run,
    plots,
    reasons,
    replanning,
    scale,
    scarce,
    small_programmes,
    startup,
    suite,
    verify_run,
)

BENCHMARKS: dict[str, Callable[..., None]] = {
    "against": against.run,
    "alternatives": alternatives.run,
    "candidates": candidates.run,
    "console": console.run,
    "national": national.run,
    "national-longer": national.run_longer,
    "options": options.run,
    "peers": peers_run.run,
    "reasons": reasons.run,
    "replanning": replanning.run,
    "scale": scale.run,
    "scarce": scarce.run,
    "small": small_programmes.run,
    "startup": startup.run,
    "suite": suite.run,
    "verify": verify_run.run,
    "plots": plots.run,
}


def main(names: list[str]) -> None:
    """Run the named benchmarks in the order given; `NAME:PART` runs a part of one that has parts."""
    unknown = [name for name in names if name.partition(":")[0] not in BENCHMARKS]
    if unknown:
        sys.exit(f"There is no benchmark {', '.join(unknown)}. Choose one of: {', '.join(BENCHMARKS)}.")
    for name in names or BENCHMARKS:
        benchmark, _, part = name.partition(":")
        BENCHMARKS[benchmark](*[part] * bool(part))


if __name__ == "__main__":
    main(sys.argv[1:])
