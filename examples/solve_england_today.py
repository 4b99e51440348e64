"""Solves examples/england-today and writes the dates into `plans/plan.csv`: `python examples/solve_england_today.py`.

Prints the cost of dates, the bound and the gap; fails if more than 0.5 % is open. Then
`python docs/make_england_today.py` writes what docs/england-today.md says of it.
"""

import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from drawing.solving import solve_example
from drawing.table_files import TODAY

from scheduler.values.result import SolveParams

PARAMS = SolveParams(dates_seconds=300, teams_seconds=10, gap_target=0.0, num_workers=1)

if __name__ == "__main__":
    sys.exit(solve_example(TODAY, date(2025, 8, 29), PARAMS))
