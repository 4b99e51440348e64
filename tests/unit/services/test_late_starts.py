"""R014: a small group is first, from September 2005 on; under option 2 no review can be, and the planner is told."""

import pytest

from models import session
from scheduler.cost import make_plan
from scheduler.dates.search import solve_dates
from scheduler.values.problem import Problem
from scheduler.values.words import week_in_words
from services.imports import import_folder
from services.naming.late_starts import late_start_in_words
from services.option_words import Option
from services.problem import build_problem
from tests.import_files import right_files, write_files
from tests.known import known
from tests.tables import AT, WHO


def built(database, tmp_path, option: Option) -> Problem:
    files = right_files()
    for area in files["areas.csv"]:
        area["option"] = ""
    import_folder(database, write_files(tmp_path / "files", files), WHO, AT)
    with session(database, read_only=True) as opened:
        return build_problem(opened, option)


def first_starts(problem: Problem) -> dict[str, tuple[int, ...]]:
    """The cheapest dates."""
    return dict(known(solve_dates(problem).starts))


def test_under_option_2_no_review_starts_in_the_first_term_and_the_planner_is_told(database, tmp_path):
    """R014: assessments from 5 September 2005 end on the 16th; six months and analysis weeks later it is spring."""
    problem = built(database, tmp_path, 2)
    starts = first_starts(problem)
    words = known(late_start_in_words(problem, make_plan(problem, starts, [])))
    first = min(starts[activity.id][0] for activity in problem.activities if activity.kind == "jar")
    assert week_in_words(problem.first_monday, first) in words
    assert "24 October 2005" in words
    assert "Options 1, 3 and 4" in words
    assert "--option mixed" in words


@pytest.mark.parametrize("option", [1, 3, 4])
def test_under_the_others_the_first_start_at_once(database, tmp_path, option):
    problem = built(database, tmp_path, option)
    assert late_start_in_words(problem, make_plan(problem, first_starts(problem), [])) is None


def test_without_a_plan_or_a_pair_nothing_is_said(database, tmp_path):
    problem = built(database, tmp_path, 2)
    plan = make_plan(problem, first_starts(problem), [])
    assert late_start_in_words(problem, None) is None
    assert late_start_in_words(problem.model_copy(update={"pair": None}), plan) is None
