"""Solves examples/england-2009 and writes the dates into `plans/plan.csv`: `python examples/solve_england_2009.py`.

Prints the cost of dates, the bound and the gap; fails if more than 0.5 % is open or a place is uncovered. Then
`python docs/make_england_2009.py` writes what docs/england-2009.md says of it.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from drawing.solving import solve_example
from drawing.table_files import REGIME
from make_england_2009 import PLANNED_ON

from scheduler.values.result import SolveParams

PARAMS = SolveParams(dates_seconds=240, teams_seconds=60, gap_target=0.0, num_workers=2)

if __name__ == "__main__":
    sys.exit(solve_example(REGIME, PLANNED_ON, PARAMS))
