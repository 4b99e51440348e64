"""`solve` from file to file and from the database, with every way to end."""

import json
import time
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from cli.commands import solving
from cli.shown.exit_codes import ExitCode
from config.profile import load_profile
from models import PlanVersion, session
from scheduler.checking.checker import check
from scheduler.values.documents import load_plan
from scheduler.values.errors import Finding, InvalidProblem
from scheduler.values.problem import PeriodLimit, Problem
from scheduler.values.result import PhaseFigures, Result, SolveParams, Status
from services.bootstrap import now
from services.solves import solve_runs
from services.solves.solve_runs import SILENT
from services.solves.solving import Solved
from tests import tables
from tests.builders import one_area, review, span, two_areas
from tests.commands import Run

FIGURES = (
    *("option", "status", "cost", "bound", "gap", "dates_seconds", "uncovered_places"),
    *("team_cost", "team_bound", "team_gap", "teams_seconds", "plan"),
)


@pytest.fixture
def one(tmp_path: Path) -> Path:
    """One review in one area."""
    return written(tmp_path / "one.json", one_area())


def written(path: Path, problem: Problem) -> Path:
    path.write_text(problem.model_dump_json())
    return path


def test_a_problem_file_becomes_a_plan_file_without_any_database(run: Run, home: Path, one: Path) -> None:
    output = one.with_name("plan.json")
    answer = run("solve", "--input", one, "--output", output, "--json")
    assert answer.code == ExitCode.DONE
    found = answer.document
    assert [key for key in FIGURES if key not in found] == []
    assert (found["status"], found["gap"], found["team_gap"]) == ("optimal", 0.0, 0.0)
    assert found["cost"] == found["bound"]
    assert (found["option"], found["uncovered_places"], found["plan"]) == (None, 0, str(output))
    assert check(one_area(), load_plan(output.read_text())) == ()
    assert list(home.iterdir()) == []
    assert "incumbent" in answer.err


def test_without_an_output_the_plan_is_the_data(run: Run, home: Path, one: Path) -> None:
    answer = run("solve", "--input", one)
    assert answer.code == ExitCode.DONE
    assert check(one_area(), load_plan(answer.out)) == ()
    assert "Gap of dates" in answer.err
    whole = run("solve", "--input", one, "--json").document
    assert check(one_area(), load_plan(json.dumps(whole["plan"]))) == ()


def test_an_impossible_problem_says_what_is_short_with_numbers(run: Run, home: Path, tmp_path: Path) -> None:
    """Two reviews that may only start in a period with room for one."""
    tight = tuple(review(name, start_window=span(2, 3)) for name in ("north", "south"))
    limit = PeriodLimit(id="spring", span=span(0, 20), kinds=("jar",), maximum=1)
    path = written(tmp_path / "tight.json", two_areas(activities=tight, period_limits=(limit,)))
    answer = run("solve", "--input", path, "--json")
    assert answer.code == ExitCode.IMPOSSIBLE
    found = answer.document
    assert (found["status"], found["plan"], found["cost"], found["gap"]) == ("infeasible", None, None, None)
    starts = next(own for own in found["shortages"] if [row["owner"] for row in own["rows"]] == ["spring"])
    assert (starts["demand"], starts["capacity"]) == (2, 1)
    assert "at least 2 places or starts are needed of the maximum of spring, but only 1" in answer.err
    assert starts["message"] in answer.err
    assert "infeasible" in run("solve", "--input", path).out


def test_a_lack_of_people_is_told_beside_the_plan(run: Run, home: Path, tmp_path: Path) -> None:
    """Two reviews of three weeks each, all at once, and a single leader."""
    tight = tuple(review(name, start_window=span(2, 3)) for name in ("north", "south"))
    people = tuple(own.model_copy(update={"is_leader": own.id == "ann"}) for own in two_areas().inspectors)
    path = written(tmp_path / "tight.json", two_areas(activities=tight, inspectors=people))
    answer = run("solve", "--input", path, "--json")
    assert answer.code == ExitCode.DONE
    leader = next(own for own in answer.document["shortages"] if own["rows"][0]["skills"] == ["leader"])
    assert (leader["demand"], leader["capacity"]) == (6, 3)
    assert answer.document["uncovered_bound"] >= 1


def test_everything_wrong_with_a_problem_is_told_with_its_file(run: Run, home: Path, one: Path) -> None:
    document = json.loads(one.read_text())
    document["activities"][0]["area"] = "nowhere"
    document["activities"][0]["start_window"] = {"first": 90, "end": 95}
    one.write_text(json.dumps(document))
    answer = run("solve", "--input", one, "--json")
    assert answer.code == ExitCode.INVALID_INPUT
    findings = answer.document["findings"]
    assert len(findings) >= 2
    assert all(finding["place"].startswith(f"{one}: ") for finding in findings)
    assert all(finding["advice"] for finding in findings)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--option", "3"], "--option chooses a problem of the database"),
        (["--seconds", "inf"], "can't be inf"),
        (["--seconds", "0"], "greater"),
        (["--profile", "fast"], "there is no profile 'fast'"),
        (["--output", "missing/plan.json"], "there is no folder"),
    ],
)
def test_a_file_takes_no_senseless_options(
    run: Run, home: Path, one: Path, arguments: list[str], words: str
) -> None:
    answer = run("solve", "--input", one, *arguments)
    assert answer.code in (ExitCode.USAGE, ExitCode.INVALID_INPUT)
    assert words in answer.err
    assert answer.out == ""


def test_output_goes_with_input(run: Run, draft: Engine) -> None:
    assert run("solve", "--output", "plan.json").code == ExitCode.USAGE


def test_limits_given_take_the_place_of_the_profiles(
    run: Run, home: Path, one: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[SolveParams] = []

    def solve(problem: Problem, params: SolveParams, *_: Any) -> Result:
        seen.append(params)
        return answer_of(problem, Status.UNKNOWN)

    monkeypatch.setattr(solving, "_solve_problem", solve)
    answer = run("solve", "--input", one, "--profile", "quick", "--seconds", "3", "--seed", "7", "--json")
    assert answer.code == ExitCode.NO_PLAN_IN_TIME
    assert answer.document["status"] == "unknown"
    assert answer.document["gap"] is None
    assert (seen[0].dates_seconds, seen[0].seed) == (3.0, 7)
    assert seen[0].teams_seconds == load_profile("quick").teams_seconds


def test_the_programmes_option_is_solved_and_stored(run: Run, draft: Engine) -> None:
    answer = run("solve", "--profile", "quick", "--as", "Ann", "--json")
    assert answer.code == ExitCode.DONE
    assert [key for key in FIGURES if key not in answer.document] == []
    assert (answer.document["option"], answer.document["plan"]) == ("3", 2)
    with session(draft, read_only=True) as opened:
        row = opened.get_one(PlanVersion, 2)
    assert (row.option, row.created_by, row.status) == ("3", "Ann", "draft")
    assert run("check", "2").code == ExitCode.DONE


def answer_of(problem: Problem, status: Status) -> Result:
    figures = PhaseFigures(status=status, cost=None, bound=None, gap=None, seconds=0.1)
    return tables.result_of(problem, None).model_copy(update={"status": status, "dates": figures})


def ending(monkeypatch: pytest.MonkeyPatch, ends: dict[int, Status | Exception]) -> None:
    """Let each option end in its own way."""

    def solve_option(_engine: Engine, option: int, *_: Any, **__: Any) -> Solved:
        end = ends[option]
        if isinstance(end, Exception):
            raise end
        if end is Status.OPTIMAL:
            problem = one_area()
            return Solved(option, str(option), option, problem, tables.result_of(problem, None))
        return Solved(option, str(option), None, one_area(), answer_of(one_area(), end))

    monkeypatch.setattr(solving, "solve_option", solve_option)


INVALID = InvalidProblem((Finding(place="area x", message="is twice there."),))


@pytest.mark.parametrize(
    ("ends", "code"),
    [
        ([Status.FEASIBLE, Status.FEASIBLE, Status.FEASIBLE, Status.FEASIBLE], ExitCode.DONE),
        ([Status.FEASIBLE, Status.INFEASIBLE, Status.FEASIBLE, Status.FEASIBLE], ExitCode.IMPOSSIBLE),
        ([Status.UNKNOWN, Status.INFEASIBLE, Status.FEASIBLE, Status.FEASIBLE], ExitCode.NO_PLAN_IN_TIME),
        ([INVALID, Status.FEASIBLE, Status.FEASIBLE, Status.FEASIBLE], ExitCode.INVALID_INPUT),
        ([RuntimeError("broken"), Status.FEASIBLE, Status.FEASIBLE, Status.FEASIBLE], ExitCode.UNEXPECTED),
    ],
)
def test_with_all_every_option_answers_and_the_highest_code_counts(
    run: Run, draft: Engine, monkeypatch: pytest.MonkeyPatch, ends: list[Status | Exception], code: ExitCode
) -> None:
    ending(monkeypatch, dict(enumerate(ends, start=1)))
    answer = run("solve", "--option", "all", "--json")
    assert answer.code == code
    assert [found["option"] for found in answer.document] == ["1", "2", "3", "4"]
    failed = [found for found in answer.document if found["status"] == "failed"]
    assert len(failed) == sum(isinstance(end, Exception) for end in ends)
    for found in failed:
        assert found["message"] in answer.err
    assert "option 4" in run("solve", "--option", "all").out


def test_what_is_wrong_with_all_options_is_told_once(
    run: Run, draft: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    ending(monkeypatch, dict.fromkeys((1, 2, 3, 4), INVALID))
    answer = run("solve", "--option", "all", "--json")
    assert answer.code == ExitCode.INVALID_INPUT
    assert len(answer.document["findings"]) == 1


def test_there_is_nothing_to_solve_without_a_programme(run: Run, database: Engine) -> None:
    answer = run("solve", "--option", "all", "--json")
    assert answer.code == ExitCode.INVALID_INPUT
    assert answer.document["error"] == "not found"


def test_the_schema_of_a_document_is_printed(run: Run, home: Path) -> None:
    for name in ("problem", "plan"):
        schema = run("schema", name).document
        assert schema["$schema"].startswith("https://json-schema.org/")
        assert "problem_hash" in schema["properties"] or "activities" in schema["properties"]
    assert run("schema", "nonsense").code == ExitCode.USAGE


def begun(engine: Engine, at: datetime) -> int:
    with session(engine) as opened:
        return solve_runs.begin(opened, "3", "quick", "planner", at)


def test_a_solve_under_way_is_asked_to_stop(run: Run, draft: Engine) -> None:
    number = begun(draft, now())
    answer = run("solve", "--stop", number)
    assert (answer.code, answer.out) == (ExitCode.DONE, "")
    assert (
        f"Solve {number} (option 3) has been asked to stop; its best plan so far becomes a draft."
        in answer.err
    )
    with session(draft, read_only=True) as opened:
        assert solve_runs.is_stop_requested(opened, number)
    asked = run("solve", "--stop", number, "--json").document
    assert asked == {"solve": number, "is_asked": True, "state": "running", "plan": None}


def test_one_that_has_ended_is_left_as_it_is_and_told(run: Run, draft: Engine) -> None:
    number = begun(draft, now())
    with session(draft) as opened:
        solve_runs.end(opened, number, "done", 1, "", now())
    assert f"Solve {number} has already ended, with plan 1." in run("solve", "--stop", number).err


def test_one_whose_process_died_is_not_waited_for(run: Run, draft: Engine) -> None:
    number = begun(draft, now() - SILENT)
    assert f"Solve {number} has already ended, without a plan." in run("solve", "--stop", number).err


def test_an_unknown_solve_is_answered_with_those_under_way(run: Run, draft: Engine) -> None:
    answer = run("solve", "--stop", 7)
    assert answer.code == ExitCode.INVALID_INPUT
    assert "solve 7: there is no such solve. No solve is under way." in answer.err
    numbers = [begun(draft, now()) for _ in range(2)]
    assert f"Under way: {numbers[0]}, {numbers[1]}." in run("solve", "--stop", 7).err


@pytest.mark.parametrize("senseless", [("--option", "3"), ("--input", "problem.json")])
def test_who_stops_a_solve_starts_none(run: Run, draft: Engine, senseless: tuple[str, str]) -> None:
    answer = run("solve", "--stop", 1, *senseless)
    assert answer.code == ExitCode.USAGE
    assert "--stop solves nothing" in answer.err


def test_an_option_that_is_none_is_refused_before_anything_is_stored(run: Run, draft: Engine) -> None:
    assert run("solve", "--option", "5").code == ExitCode.USAGE
    with session(draft, read_only=True) as opened:
        assert solve_runs.latest(opened) == []


def test_a_solve_that_somebody_else_stops_says_so_and_keeps_its_plan(
    run: Run, draft: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def until_stopped(problem: Problem, *_: object, stop: Callable[[], bool], **__: object) -> Result:
        with session(draft) as opened:
            solve_runs.request_stop(opened, solve_runs.running(opened)[0])
        limit = time.monotonic() + 60
        while not stop():
            assert time.monotonic() < limit
        return tables.result_of(problem, tables.plan_for(problem))

    monkeypatch.setattr(import_module("scheduler.solving.solver"), "solve", until_stopped)
    answer = run("solve", "--option", "3", "--json")
    assert answer.code == ExitCode.DONE
    assert (answer.document["is_stopped"], answer.document["plan"]) == (True, 2)
    assert "Option 3: somebody else stopped it; what it had found by then is kept." in answer.err
