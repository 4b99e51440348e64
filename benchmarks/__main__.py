"""`python -m benchmarks [NAME ...]`: runs the named benchmarks, or all; results go to benchmarks/results/."""

import sys

from benchmarks import national, peers_run

BENCHMARKS = {"national": national.run, "national-longer": national.run_longer, "peers": peers_run.run}


def main(names: list[str]) -> None:
    """Run the named benchmarks in the order given."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"There is no benchmark {', '.join(unknown)}. Maybe one of: {', '.join(BENCHMARKS)}.")
    for name in names or BENCHMARKS:
        BENCHMARKS[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
