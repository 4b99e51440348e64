"""`explain`, `bottlenecks`, `why-infeasible`: from files and stored plans, in words and as data."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

import services.bootstrap
from cli.shown.exit_codes import ExitCode
from models import Activity, Step, session
from scheduler.candidates.elsewhere import Elsewhere
from scheduler.cost import make_plan
from scheduler.values.problem import PeriodLimit
from scheduler.values.result import SolveParams
from tests.builders import review, span, two_areas
from tests.commands import Run
from tests.complete import complete
from tests.solved import solved_plan


@pytest.fixture(scope="module")
def solved() -> str:
    """A plan of `complete` with its certificate, as JSON."""
    return solved_plan(complete(), SolveParams(num_workers=1, teams_seconds=1)).model_dump_json()


@pytest.fixture
def impossible_file(tmp_path: Path) -> Path:
    """Two reviews in six weeks of which one may start."""
    limit = PeriodLimit(id="autumn", span=span(0, 6), kinds=("jar",), maximum=1)
    reviews = tuple(review(name, start_window=span(0, 6), team=None) for name in ("north", "south"))
    path = tmp_path / "impossible.json"
    path.write_text(two_areas(activities=reviews, period_limits=(limit,)).model_dump_json())
    return path


def test_an_area_is_explained_by_its_name_in_dates_and_as_data(
    run: Run, home: Path, problem_file: Path, plan_file: Path
) -> None:
    files = ("--input", problem_file, "--plan", plan_file)
    shown = run("explain", "South", *files)
    assert shown.code == ExitCode.DONE
    assert shown.out.startswith("South (south): the JAR of South starts in the week of 23 January 2006.")
    assert "What would free it" in shown.out
    document = run("explain", "south", *files, "--json").document
    assert document["activity"] == "jar-south"
    first = document["alternatives"][0]
    assert first["cost"] == document["plan_cost"] - first["saving"]


def test_a_second_question_about_a_plan_finds_it_prepared(
    run: Run, home: Path, problem_file: Path, plan_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = ("--input", problem_file, "--plan", plan_file, "--json")
    first = run("explain", "South", *files).document
    assert len(list((home / "prepared").iterdir())) == 1
    services.bootstrap._prepared.cache_clear()  # another process would start so
    monkeypatch.delattr(Elsewhere, "made")
    assert run("explain", "South", *files).document == first


def test_an_unknown_area_is_told_with_the_nearest_names(
    run: Run, home: Path, problem_file: Path, plan_file: Path
) -> None:
    answer = run("explain", "Suoth", "--input", problem_file, "--plan", plan_file)
    assert answer.code == ExitCode.INVALID_INPUT
    assert "South (south)" in answer.err


@pytest.mark.parametrize("command", ["explain", "candidates"])
def test_a_plan_that_breaks_rules_is_answered_for_and_they_are_named(
    run: Run, home: Path, problem_file: Path, plan_file: Path, command: str
) -> None:
    """R094: once, in one sentence, before the answer."""
    plan_file.write_text(plan_file.read_text().replace("[8,11]", "[8,9]"))
    files = ("--input", problem_file, "--plan", plan_file)
    shown = run(command, "South", *files)
    assert shown.code == ExitCode.DONE
    told = "breaks 2 rules: too few or too many clear weeks between stages (jar-north (North)); wrong cost (plan)."
    assert shown.out.splitlines()[0].endswith(told)
    document = run(command, "South", *files, "--json").document
    assert "stage_lag" in {found["rule"] for found in document["broken"]}
    assert document["activity"] == "jar-south"


def test_a_plan_without_some_dates_is_no_ground_for_reasons(
    run: Run, home: Path, problem_file: Path, plan_file: Path
) -> None:
    plan_file.write_text(plan_file.read_text().replace("[8,11]", "[8]"))
    answer = run("explain", "South", "--input", problem_file, "--plan", plan_file)
    assert answer.code == ExitCode.VIOLATIONS
    assert "jar-north (North): has 2 stages, but 1 start weeks." in answer.err


@pytest.mark.parametrize("command", ["explain South", "candidates South", "bottlenecks", "why-infeasible"])
def test_a_plan_of_another_problem_is_refused(
    run: Run, home: Path, impossible_file: Path, plan_file: Path, command: str
) -> None:
    answer = run(*command.split(), "--input", impossible_file, "--plan", plan_file)
    assert answer.code == ExitCode.VIOLATIONS
    assert "plan: The plan was made for problem" in answer.err


def test_an_area_in_which_nothing_is_planned_is_told(run: Run, home: Path, tmp_path: Path) -> None:
    problem = two_areas(activities=(), links=())
    plan = make_plan(problem, {}, ())
    for name, document in (("problem", problem), ("plan", plan)):
        (tmp_path / f"{name}.json").write_text(document.model_dump_json())
    answer = run("explain", "South", "--input", tmp_path / "problem.json", "--plan", tmp_path / "plan.json")
    assert answer.code == ExitCode.INVALID_INPUT
    assert "nothing is to be planned in an area 'south'" in answer.err


def test_bottlenecks_come_from_the_plans_prices_or_are_looked_for(
    run: Run, home: Path, problem_file: Path, plan_file: Path, solved: str, tmp_path: Path
) -> None:
    certified = tmp_path / "certified.json"
    certified.write_text(solved)
    answer = run("bottlenecks", "--input", problem_file, "--plan", certified, "--json")
    assert answer.code == ExitCode.DONE
    savings = [own["saving"] for own in answer.document["bottlenecks"]]
    assert savings == sorted(savings, reverse=True)
    words = run("bottlenecks", "--input", problem_file, "--plan", plan_file)
    assert words.code == ExitCode.DONE
    assert "looking for them now" in words.err
    assert "they hold for a little more" in words.err


def test_an_impossible_problem_is_told_with_what_mends_it(
    run: Run, home: Path, impossible_file: Path
) -> None:
    """R014: the maximum of a period."""
    shown = run("why-infeasible", "--input", impossible_file)
    assert shown.code == ExitCode.IMPOSSIBLE
    assert "The maximum of autumn." in shown.out
    assert "Raise the maximum of autumn by 1: resolves it." in shown.out
    document = run("why-infeasible", "--input", impossible_file, "--json").document
    assert document["kind"] == "impossible"
    assert {"raise_maximum"} <= {own["kind"] for own in document["remedies"] if own["mends"]}


def test_a_stored_programme_is_asked_without_files(run: Run, draft: Engine) -> None:
    assert run("why-infeasible", "--json").document["kind"] == "possible"
    explained = run("explain", "Wigan", "--json")
    assert explained.code == ExitCode.DONE
    assert run("explain", "E08000002", "--json").document == explained.document
    assert explained.document["version"] == 1
    assert run("why-infeasible", "--option", "all").code == ExitCode.USAGE


def test_reasons_without_any_plan_are_refused(run: Run, home: Path, problem_file: Path) -> None:
    assert run("explain", "South", "--input", problem_file).code == ExitCode.USAGE
    assert run("why-infeasible", "--plan", problem_file).code == ExitCode.USAGE


DAY = ("--as-of", "2006-02-22")
WIGAN = 36
"""The week in which Wigan's review begins."""


def with_precision(engine: Engine, code: str, precision: str) -> None:
    with session(engine) as opened:
        opened.exec(select(Activity).where(Activity.code == code)).one().precision = precision


def set_done(engine: Engine, step: str) -> None:
    with session(engine) as opened:
        query = select(Step).join(Activity, col(Activity.id) == col(Step.activity_id))
        opened.exec(query.where(Activity.code == "wigan-jar", Step.step_id == step)).one().state = "done"


def possible_weeks(run: Run, *arguments: object) -> list[int]:
    found = run("candidates", *arguments, "--json", *DAY).document["weeks"]
    return [week["week"] for week in found if week["alone"] is not None]


def test_weeks_and_reasons_know_what_has_begun_and_what_is_past(run: Run, published: Engine) -> None:
    """R019, R043: no week that is past is proposed, nor any for a review under way or done."""
    for code in ("wigan-jar", "wigan-ca"):
        with_precision(published, code, "indicative")
    weeks = possible_weeks(run, "Wigan", "--plan", "1")
    assert len(weeks) > 1
    assert min(weeks) >= 25
    for name, told in (
        ("notification", "has had its notice"),
        ("set_up", "is under way: it stays where it is"),
    ):
        set_done(published, name)
        words = run("explain", "Wigan", "1", *DAY).out
        assert told in words
        assert "No other week than the week of 15 May 2006 is open to the JAR of Wigan." in words
        assert "would be cheaper" not in words
        assert possible_weeks(run, "Wigan", "--plan", "1") == [WIGAN]
        shown = run("candidates", "Wigan", "--plan", "1", *DAY).out
        assert "No other week than the week of 15 May 2006" in shown
        assert "pinned to another week" not in shown
    assert run("candidates", "Wigan", "--plan", "1", "--json", *DAY).document["standing"] == "under_way"
    with session(published) as opened:
        opened.exec(select(Activity).where(Activity.code == "wigan-jar")).one().state = "done"
    assert "is done: it stays where it is" in run("explain", "Wigan", "1", *DAY).out


def test_confirmed_dates_stay_unless_the_activity_is_named(run: Run, published: Engine) -> None:
    """R016, R017: however early it is."""
    early = ("--as-of", "2005-09-01")
    words = run("explain", "Wigan", "1", *early).out
    assert "has confirmed dates: they stay, unless a planner names it as one that may move" in words
    assert "No other week than the week of 15 May 2006 is open to the JAR of Wigan." in words
