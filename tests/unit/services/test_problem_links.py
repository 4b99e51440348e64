"""Links between any two kinds of an area come from the policy; a programme without a pair has no option's link."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from config.policy import InvalidPolicy
from models import session
from scheduler.measures import measure_plan
from scheduler.solving.solver import solve
from scheduler.validating.validation import validate
from scheduler.values.problem import ClearLink, LagLink, NearLink, Problem, WithinLink
from scheduler.values.result import SolveParams
from services.imports import ImportRefused, import_folder
from services.problem import build_problem
from services.problem.sequencing import LAG_TABLE
from tests.import_files import Rows, right_files, write_files
from tests.known import known
from tests.policy_files import DEFAULT, link_text, without, write_policy
from tests.tables import AT, WHO

NO_LINKS = without(DEFAULT, "[[links]]")
ALONE = without(DEFAULT, "[[links]]", "[programme.pair]")


def files_with(policy: str) -> dict[str, Rows]:
    files = right_files()
    files["programme.csv"][0]["policy"] = policy
    return files


def built(
    database: Engine, tmp_path: Path, home: Path, policy: str, files: dict[str, Rows] | None = None
) -> Problem:
    files = files or files_with("own")
    write_policy(home, "own", policy)
    import_folder(database, write_files(tmp_path / "files", files), WHO, AT)
    with session(database, read_only=True) as opened:
        return build_problem(opened, 3)


def test_an_inspection_before_the_review_leaves_clear_weeks(database, tmp_path, home):
    """R097: at least two and at most four clear weeks after the week of 6 March 2006."""
    link = link_text(
        id="first", kind="before", first="yot", second="jar", at_least=2, at_most=4, price_per_week=3
    )
    problem = built(database, tmp_path, home, NO_LINKS + link)
    (found,) = (each for each in problem.links if isinstance(each, LagLink))
    assert (found.before.activity, found.after.stage) == ("373-yot", "analysis")
    assert (found.price_per_week, found.term) == (3, "co_ordination")
    table = next(table for table in problem.lag_tables if table.id == found.table)
    assert (table.first[26], table.end[26]) == (29, 32)
    assert {table.id for table in problem.lag_tables} == {LAG_TABLE, "lag-first"}


def test_an_order_without_bounds_only_forbids_the_other_order(database, tmp_path, home):
    link = link_text(id="order", kind="before", first="jar", second="yot", at_least=1, unit="months")
    problem = built(database, tmp_path, home, NO_LINKS + link)
    table = next(table for table in problem.lag_tables if table.id == "lag-order")
    assert table.end[10] == problem.num_weeks
    assert 14 <= table.first[10] <= 16


def test_an_inspection_within_the_review(database, tmp_path, home):
    link = link_text(id="inside", kind="within", first="yot", second="jar")
    problem = built(database, tmp_path, home, NO_LINKS + link)
    found = [each for each in problem.links if isinstance(each, WithinLink) and "yot" in each.inner.activity]
    assert [(each.inner.activity, each.outer.stage) for each in found] == [("373-yot", "fieldwork")]


def test_a_stage_that_a_link_names_is_its_end(database, tmp_path, home):
    link = link_text(
        id="close",
        kind="near",
        first="jar",
        first_stage="analysis",
        second="yot",
        price_per_week=1,
        cap_weeks=400,
    )
    problem = built(database, tmp_path, home, NO_LINKS + link)
    (found,) = (each for each in problem.links if isinstance(each, NearLink))
    assert (found.one.stage, found.cap_weeks) == ("analysis", 400)


def test_two_kinds_are_never_in_the_same_week(database, tmp_path, home):
    """R026: neither in one week nor within the week before or after."""
    link = link_text(id="never", kind="clear", first="yot", second="jar", at_least=1)
    problem = built(database, tmp_path, home, NO_LINKS + link)
    (found,) = (each for each in problem.links if isinstance(each, ClearLink))
    assert (found.one.stage, found.other.stage, found.clear_weeks) == ("on_site", "fieldwork", 1)
    assert validate(problem) == ()


def test_two_inspections_of_a_kind_are_both_drawn_near(database, tmp_path, home):
    files = files_with("default")
    files["inspections_due.csv"][0]["round"] = "1"
    files["inspections_due.csv"].append(
        {
            "area": "373",
            "kind": "yot",
            "round": "2",
            "window_first_day": "2007-03-05",
            "window_last_day": "2007-05-28",
        }
    )
    import_folder(database, write_files(tmp_path / "files", files), WHO, AT)
    with session(database, read_only=True) as opened:
        problem = build_problem(opened, 3)
    near = [each for each in problem.links if isinstance(each, NearLink)]
    assert [each.other.activity for each in near] == ["373-yot", "373-yot-2"]
    assert validate(problem) == ()


def test_a_programme_without_a_pair_is_the_same_under_every_option(database, tmp_path, home):
    problem = built(database, tmp_path, home, ALONE)
    assert (problem.pair, problem.links, problem.lag_tables) == (None, (), ())
    with session(database, read_only=True) as opened:
        others = [build_problem(opened, option) for option in (1, 2, 4)]
    assert all(other.activities == problem.activities and other.links == () for other in others)


def test_a_programme_without_a_pair_is_solved_and_measured(database, tmp_path, home):
    problem = built(database, tmp_path, home, ALONE)
    result = solve(problem, SolveParams(dates_seconds=2, teams_seconds=1))
    measures = measure_plan(problem, known(result.plan))
    assert measures.judgements.mean_months is None
    assert measures.shared_members.num_members == 0


def test_a_policy_that_joins_an_unknown_kind_is_refused_at_import_and_at_solve(database, tmp_path, home):
    link = link_text(id="odd", kind="within", first="yott", second="jar")
    built(database, tmp_path, home, NO_LINKS)
    write_policy(home, "own", NO_LINKS + link)
    with session(database, read_only=True) as opened, pytest.raises(InvalidPolicy, match="'yott'"):
        build_problem(opened, 3)
    with pytest.raises(ImportRefused, match=r"programme.csv, row 2, column policy.*'yott'.*\(given: 'own'\)"):
        import_folder(database, write_files(tmp_path / "files", files_with("own")), WHO, AT)


def test_a_programme_follows_only_the_frameworks_that_it_names(database, tmp_path, home):
    """R015: one kind alone, without pair, is a programme."""
    files = files_with("own")
    files["programme.csv"][0]["frameworks"] = "corporate-assessment-2002"
    files["inspections_due.csv"] = []
    problem = built(database, tmp_path, home, ALONE, files)
    assert {activity.kind for activity in problem.activities} == {"ca"}


def test_an_unknown_framework_is_named_with_those_that_there_are(database, tmp_path):
    files = right_files()
    files["programme.csv"][0]["frameworks"] = "jar-2006"
    with pytest.raises(ImportRefused, match=r"column frameworks: there is no such framework.*jar-2005"):
        import_folder(database, write_files(tmp_path / "files", files), WHO, AT)


def test_a_framework_that_does_not_hold_on_the_first_day_is_refused(database, tmp_path):
    files = right_files()
    files["programme.csv"][0] |= {
        "frameworks": "jar-2005",
        "first_start_on": "2009-09-07",
        "last_start_on": "2012-03-31",
    }
    with pytest.raises(ImportRefused, match=r"column frameworks: it does not hold on 2009-09-07"):
        import_folder(database, write_files(tmp_path / "files", files), WHO, AT)
