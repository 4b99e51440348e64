"""Solves examples/england-today and writes the dates into `plans/plan.csv`: `python examples/solve_england_today.py`.

Prints the cost of dates, the bound and the gap; fails if more than 0.5 % is open. Then
`python docs/make_england_today.py` writes what docs/england-today.md says of it.
"""

import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from drawing.table_files import TODAY, write_table

from models import make_engine, session, upgrade
from scheduler.dates.search import solve_dates
from scheduler.values.result import SolveParams
from services.days.planned_days import begins_on
from services.imports import import_folder
from services.problem import build_problem
from services.problem.facts import read_facts

PARAMS = SolveParams(dates_seconds=300, teams_seconds=10, gap_target=0.0, num_workers=1)
LARGEST_GAP = 0.005


def main() -> int:
    """Solve, store and report; 1 if the gap is too large."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/example.db")
        upgrade(engine)
        import_folder(engine, TODAY, "example", datetime(2025, 8, 29, tzinfo=UTC))
        with session(engine, read_only=True) as opened:
            problem, facts = build_problem(opened, 4), read_facts(opened)
        engine.dispose()
    answer = solve_dates(problem, PARAMS)
    if answer.starts is None or answer.cost is None or answer.bound is None:
        print("no plan was found")
        return 1
    rows = [
        (row.id, stage.id, begins_on(facts.followed[row.id].stage(stage.id), monday))
        for row in problem.activities
        for stage, week in zip(row.stages, answer.starts[row.id], strict=True)
        if (monday := problem.first_monday + timedelta(weeks=week))
    ]
    (TODAY / "plans").mkdir(exist_ok=True)
    write_table("plans/plan.csv", ("activity", "stage", "first_day"), rows, TODAY)
    figures = (len(problem.activities), answer.cost, answer.bound)
    write_table("plans/figures.csv", ("activities", "cost", "bound"), [figures], TODAY)
    gap = (answer.cost - answer.bound) / answer.cost if answer.cost else 0.0
    print(
        f"cost {answer.cost}, bound {answer.bound}, gap {100 * gap:.3f} %, {len(problem.activities)} activities"
    )
    return int(gap > LARGEST_GAP)


if __name__ == "__main__":
    sys.exit(main())
