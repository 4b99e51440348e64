"""Solves examples/england-2005 under the four options, writes the dates into `plans`, and prints how tight they are.

`python examples/solve_england_2005.py` takes some minutes; the stored dates let a test look at good plans in seconds.
"""

import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from drawing.table_files import EXAMPLE, write_table

from models import make_engine, session, upgrade
from scheduler.cost import date_terms
from scheduler.dates.quick_plans import greedy
from scheduler.dates.search import solve_dates
from scheduler.people.capacity import People, team_demand
from scheduler.run.answers import Starts
from scheduler.teams.assignment import assign_teams
from scheduler.values.problem import Problem
from scheduler.values.result import SolveParams
from services.imports import import_folder
from services.option_words import Option
from services.problem import build_problem

OPTIONS: tuple[Option, ...] = (1, 2, 3, 4)
PARAMS = SolveParams(dates_seconds=180, teams_seconds=60, gap_target=0.0005)
TIGHT_PERCENT = 85


def main() -> None:
    """Solve, store and report."""
    (EXAMPLE / "plans").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/example.db")
        upgrade(engine)
        import_folder(engine, EXAMPLE, "example", datetime(2005, 8, 1, tzinfo=UTC))
        with session(engine, read_only=True) as opened:
            problems = {option: build_problem(opened, option) for option in OPTIONS}
        engine.dispose()
    for option, problem in problems.items():
        answer = solve_dates(problem, PARAMS)
        assert answer.starts is not None
        store(option, problem, answer.starts)
        teams = assign_teams(problem, answer.starts, PARAMS)
        by_hand = greedy(problem)
        greedy_cost = None if by_hand is None else sum(date_terms(problem, by_hand).values())
        print(f"option {option}: cost {answer.cost}, bound {answer.bound}, greedy rule {greedy_cost}")
        print(f"  uncovered places {teams.uncovered}, weeks at {TIGHT_PERCENT} % and more:")
        print(
            "  "
            + ", ".join(f"{skill} {weeks}" for skill, weeks in tight_weeks(problem, answer.starts).items())
        )


def store(option: Option, problem: Problem, starts: Starts) -> None:
    """Write the dates of a plan, one row a stage."""
    rows = [
        (activity.id, stage.id, problem.first_monday + timedelta(weeks=week))
        for activity in problem.activities
        for stage, week in zip(activity.stages, starts[activity.id], strict=True)
    ]
    write_table(f"plans/option-{option}.csv", ("activity", "stage", "first_monday"), rows)


def tight_weeks(problem: Problem, starts: Starts) -> dict[str, int]:
    """Weeks in which a skill (or the leaders) is used at 85 per cent of its capacity or more."""
    used: dict[str, dict[int, int]] = {}
    for activity in problem.activities:
        for stage, first in zip(activity.stages, starts[activity.id], strict=True):
            weeks = range(first, first + stage.duration_weeks) if stage.uses_team else ()
            for skill, count in team_demand(activity):
                count_by_week = used.setdefault(skill, {})
                count_by_week.update({week: count_by_week.get(week, 0) + count for week in weeks})
    people = People(problem)
    tight = {}
    for skill, count_by_week in sorted(used.items()):
        capacity = people.available(frozenset([skill]))
        tight[skill] = sum(
            100 * count >= TIGHT_PERCENT * capacity[week] for week, count in count_by_week.items()
        )
    return tight


if __name__ == "__main__":
    main()
