import re
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from cli.shown.exit_codes import ExitCode
from models import PlanVersion, session
from scheduler.cost import make_plan
from services.option_words import TEAM_TERM_WORDS, TERM_WORDS
from services.plans.plan_store import load_plan
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
    assert "plan 1 -> plan 2: 2 activities in another week, no teams with other people." in answer.err


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


def repriced(engine: Engine) -> None:
    """As if plan 2 had been solved when each week of delay was twice as dear."""
    with session(engine) as opened:
        row, stored = opened.get_one(PlanVersion, 2), load_plan(opened, 2)
        problem = stored.problem.with_activities(
            lambda activity: activity.model_copy(update={"urgency_price": 2 * activity.urgency_price})
        )
        plan = make_plan(problem, stored.plan.starts(), stored.plan.members)
        row.problem_json, row.plan_json = problem.model_dump_json(), plan.model_dump_json()
        row.problem_hash = problem.hash


def test_costs_of_two_price_lists_are_refused_with_advice(run: Run, published: Engine) -> None:
    repriced(published)
    for command in ("compare", "options"):
        answer = run(command, "1", "2")
        assert answer.code == ExitCode.INVALID_INPUT
        assert "(Delay of urgent reviews" in answer.err
        assert "jarcycle compare 1 2 --prices 2" in answer.err


def test_costs_are_counted_at_the_prices_of_the_plan_that_is_named(run: Run, published: Engine) -> None:
    before = run("compare", "1", "2", "--json").document["plans"]
    repriced(published)
    found = run("compare", "1", "2", "--prices", "1", "--json").document
    assert found["prices"] == "plan 1"
    assert [plan["date_terms"]["urgency"] for plan in found["plans"]] == [
        plan["date_terms"]["urgency"] for plan in before
    ]
    assert (found["plans"][0]["date_bound"], found["plans"][1]["date_bound"]) == (
        before[0]["date_bound"],
        None,
    )
    assert "at the prices of plan 1" in run("compare", "1", "2", "--prices", "1").err


def test_what_moves_is_listed_with_weeks_and_people(run: Run, published: Engine) -> None:
    answer = run("compare", "1", "2")
    assert "plan 1 -> plan 2: what moves" in answer.out
    assert re.search(r"Wigan +jar analysis +15 May 2006 +12 June 2006 +\+4 +0", answer.out)
    with session(published) as opened:
        row, stored = opened.get_one(PlanVersion, 2), load_plan(opened, 2)
        members = [
            member.model_copy(update={"inspector": "cheshire-3"})
            if (member.activity, member.inspector) == ("sheffield-jar", "sheffield-3")
            else member
            for member in stored.plan.members
        ]
        plan = make_plan(stored.problem, stored.plan.starts(), members)
        row.plan_json = plan.model_dump_json()
    answer = run("compare", "1", "2", "--prices", "2", "--json")
    changed = {own["activity"]: own for own in answer.document["moved"][0]["activities"]}
    own = changed["sheffield-jar"]
    assert (own["weeks"], own["left"], own["joined"]) == (0, ["sheffield-3"], ["cheshire-3"])


def test_costs_are_also_said_in_weeks_of_delay(run: Run, published: Engine) -> None:
    found = run("compare", "1", "2", "--json").document
    weeks = found["plans"][0]["date_cost"] / found["price_of_week"]
    row = next(
        line
        for line in run("compare", "1", "2").out.splitlines()
        if "weeks of delay of a most urgent area" in line
    )
    assert f"{weeks:.1f}" in row
