from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from cli.shown.exit_codes import ExitCode
from models import PlanVersion, session
from services.option_words import TEAM_TERM_WORDS, TERM_WORDS
from tests.commands import Run


def test_a_plan_is_shown_with_figures_dates_and_teams(run: Run, draft: Engine) -> None:
    shown = run("show", "1", "--json").document
    assert (shown["plan"], shown["version"], shown["option"], shown["status"]) == ("plan 1", 1, "3", "draft")
    assert shown["date_cost"] == sum(shown["date_terms"].values())
    assert shown["date_gap"] == 0
    assert shown["team_bound"] is None
    first = shown["activities"][0]
    assert first["activity"] == "sheffield-jar"
    assert first["stages"][0] == {"stage": "analysis", "start": "2006-01-09", "end": "2006-01-13"}
    assert {"skill": "leader", "inspector": "sheffield-0"} in first["team"]


def test_areas_and_people_are_shown_by_name_and_code(run: Run, draft: Engine) -> None:
    shown = run("show", "1", "--area", "Wigan").out
    assert "Wigan (wigan)" in shown
    assert "safeguarding: Inspector 2.1 (wigan-1)" in shown


@pytest.mark.parametrize("code", ["sheffield", "E08000000", "e08000000", "Sheffield"])
def test_one_area_is_shown_by_either_code(run: Run, draft: Engine, code: str) -> None:
    shown = run("show", "1", "--area", code, "--json").document
    assert {view["area"] for view in shown["activities"]} == {"sheffield"}
    assert "9 January 2006" in run("show", "1", "--area", code).out


def test_an_unknown_area_is_told(run: Run, draft: Engine) -> None:
    answer = run("show", "1", "--area", "shefield", "--json")
    assert answer.code == ExitCode.INVALID_INPUT
    assert answer.document["error"] == "not found"
    assert "Sheffield" in answer.err


def test_a_plan_file_is_shown_without_a_database(
    run: Run, home: Path, problem_file: Path, plan_file: Path
) -> None:
    shown = run("show", plan_file, "--input", problem_file, "--area", "south", "--json").document
    assert shown["version"] is None
    assert shown["date_gap"] is None
    assert {view["area"] for view in shown["activities"]} == {"south"}
    assert run("show", plan_file, "--input", problem_file, "--area", "east").code == ExitCode.INVALID_INPUT


def test_plans_are_compared_side_by_side(run: Run, published: Engine) -> None:
    answer = run("compare", "published", "2", "--json")
    assert answer.code == ExitCode.DONE
    assert [column["version"] for column in answer.document["plans"]] == [1, 2]
    moved = answer.document["moved"]
    assert [(move["from"], move["to"]) for move in moved] == [(1, 2)]
    jar = next(change for change in moved[0]["activities"] if change["kind"] == "jar")
    assert (jar["activity"], jar["before"], jar["after"], jar["weeks"]) == (
        "wigan-jar",
        "2006-05-15",
        "2006-06-12",
        4,
    )


def test_a_comparison_for_people_names_every_term(run: Run, published: Engine) -> None:
    answer = run("compare", "1", "2")
    for words in (*TERM_WORDS.values(), *TEAM_TERM_WORDS.values(), "Facts or rules changed since"):
        assert words in answer.out
    assert "plan 1 -> plan 2: 2 activities in another week." in answer.err


def test_a_file_may_be_compared_with_a_stored_plan(run: Run, published: Engine, tmp_path: Path) -> None:
    with session(published, read_only=True) as opened:
        text = opened.get_one(PlanVersion, 2).plan_json
    mine = tmp_path / "mine.json"
    mine.write_text(text)
    found = run("compare", "2", mine, "--json").document
    assert found["moved"] == [{"from": 2, "to": str(mine), "activities": []}]
    assert found["plans"][1]["option"] is None


def test_nothing_published_is_told_with_advice(run: Run, draft: Engine) -> None:
    answer = run("show", "published")
    assert answer.code == ExitCode.USAGE
    assert "jarcycle publish" in answer.err


def test_the_dates_of_a_view_are_dates(run: Run, draft: Engine) -> None:
    for view in run("show", "1", "--json").document["activities"]:
        for stage in view["stages"]:
            assert date.fromisoformat(stage["start"]).weekday() == 0
            assert date.fromisoformat(stage["end"]).weekday() == 4
