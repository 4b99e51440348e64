"""`verify`: plans and problems by way of files and stored versions, accepted and refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from cli.shown.exit_codes import ExitCode
from models import PlanVersion, session
from scheduler.dates.search import solve_dates
from scheduler.values.plan import Plan
from scheduler.values.problem import PeriodLimit, Problem
from scheduler.values.result import SolveParams
from tests.builders import span
from tests.commands import Run
from tests.complete import complete
from tests.solved import solved_plan


@pytest.fixture(scope="module")
def certified() -> str:
    """A solved plan of `complete` with its certificate, as JSON."""
    plan = solved_plan(complete(), SolveParams(num_workers=1, teams_seconds=1))
    assert plan.certificates
    return plan.model_dump_json()


@pytest.fixture
def plan_file(tmp_path: Path, certified: str) -> Path:
    path = tmp_path / "plan.json"
    path.write_text(certified)
    return path


def altered(path: Path, name: str, value: Any) -> None:
    """Change a field of a plan file's only certificate."""
    plan = json.loads(path.read_text())
    plan["certificates"][0][name] = value
    path.write_text(json.dumps(plan))


def test_a_solved_plan_is_verified(run: Run, home: Path, problem_file: Path, plan_file: Path) -> None:
    answer = run("verify", "--input", problem_file, "--plan", plan_file)
    assert answer.code == ExitCode.DONE
    assert "No plan without uncovered place has dates that cost less than" in answer.out
    assert "is verified" in answer.err
    document = run("verify", plan_file, "--input", problem_file, "--json").document
    assert document["is_accepted"] is True
    assert document["proofs"][0]["proven"] >= document["proofs"][0]["claimed"]


def test_a_bound_too_good_by_one_is_refused(
    run: Run, home: Path, problem_file: Path, plan_file: Path
) -> None:
    document = run("verify", "--input", problem_file, "--plan", plan_file, "--json").document
    altered(plan_file, "bound", document["proofs"][0]["proven"] + 1)
    answer = run("verify", "--input", problem_file, "--plan", plan_file)
    assert answer.code == ExitCode.VIOLATIONS
    assert "its prices prove" in answer.out
    assert "is refused" in answer.err


def test_an_altered_problem_is_refused(run: Run, home: Path, problem_file: Path, plan_file: Path) -> None:
    problem_file.write_text(complete(name="another").model_dump_json())
    answer = run("verify", "--input", problem_file, "--plan", plan_file)
    assert answer.code == ExitCode.VIOLATIONS
    assert "the plan is for problem" in answer.out


def test_a_damaged_certificate_is_invalid_input(
    run: Run, home: Path, problem_file: Path, plan_file: Path, tmp_path: Path
) -> None:
    altered(plan_file, "duals", {"everybody:week:3": -1})
    answer = run("verify", "--input", problem_file, "--plan", plan_file)
    assert answer.code == ExitCode.INVALID_INPUT
    assert "everybody:week:3" in answer.err
    empty = tmp_path / "proof.json"
    empty.write_text("{}")
    answer = run("verify", "--input", problem_file, "--certificate", empty)
    assert answer.code == ExitCode.INVALID_INPUT
    assert f"{empty}: certificates[0].scale" in answer.err


def test_certificates_of_a_file_take_the_place_of_the_plans(
    run: Run, home: Path, problem_file: Path, plan_file: Path, tmp_path: Path
) -> None:
    proof = tmp_path / "proof.json"
    proof.write_text(json.dumps(json.loads(plan_file.read_text())["certificates"][0]))
    altered(plan_file, "bound", 10**9)
    command = ("verify", "--input", problem_file, "--plan", plan_file)
    assert run(*command).code == ExitCode.VIOLATIONS
    assert run(*command, "--certificate", proof).code == ExitCode.DONE


def test_an_impossible_problem_is_proven_so_without_any_plan(run: Run, home: Path, tmp_path: Path) -> None:
    limits = [PeriodLimit(id="never", span=span(0, 104), kinds=("jar",), maximum=1)]
    problem, proof = tmp_path / "problem.json", tmp_path / "proof.json"
    problem.write_text(complete(period_limits=limits).model_dump_json())
    solved = run("solve", "--input", problem, "--certificate", proof, "--profile", "quick")
    assert solved.code == ExitCode.IMPOSSIBLE
    answer = run("verify", "--input", problem, "--certificate", proof)
    assert answer.code == ExitCode.DONE
    assert "No plan of dates keeps all limits" in answer.out
    problem.write_text(complete(period_limits=limits, name="another").model_dump_json())
    assert run("verify", "--input", problem, "--certificate", proof).code == ExitCode.VIOLATIONS


def test_only_a_problem_file_has_certificates_of_its_own(run: Run, home: Path, tmp_path: Path) -> None:
    answer = run("solve", "--certificate", tmp_path / "proof.json")
    assert answer.code == ExitCode.USAGE
    assert "goes with --input" in answer.err


def test_a_stored_plan_is_verified_and_what_only_the_solver_says_is_told(run: Run, draft: Engine) -> None:
    assert "there is no certificate" in run("verify", "1").out
    with session(draft) as opened:
        row = opened.get_one(PlanVersion, 1)
        problem = Problem.model_validate_json(row.problem_json)
        certificates = solve_dates(problem, whole_teams=True).certificates
        plan = Plan.model_validate_json(row.plan_json).model_copy(update={"certificates": certificates})
        row.plan_json, row.date_bound = plan.model_dump_json(), certificates[0].bound + 1
    answer = run("verify", "1")
    assert answer.code == ExitCode.DONE
    assert "is the word of branch and cut alone" in answer.out
    assert run("verify", "1", "--json").document["version"] == 1


def test_a_stored_problem_that_makes_no_sense_is_invalid_input_as_a_file_is(run: Run, draft: Engine) -> None:
    with session(draft) as opened:
        row = opened.get_one(PlanVersion, 1)
        problem = Problem.model_validate_json(row.problem_json)
        first = problem.activities[0].model_copy(update={"area": "nowhere"})
        altered = problem.model_copy(update={"activities": (first, *problem.activities[1:])})
        row.problem_json = altered.model_dump_json()
    answer = run("verify", "1")
    assert answer.code == ExitCode.INVALID_INPUT
    assert "the problem of plan 1: activity" in answer.err
    assert "nowhere" in answer.err


def test_a_plan_stored_with_the_certificate_in_its_result_is_verified(run: Run, draft: Engine) -> None:
    with session(draft) as opened:
        row = opened.get_one(PlanVersion, 1)
        problem = Problem.model_validate_json(row.problem_json)
        (own,) = solve_dates(problem, whole_teams=True).certificates
        result = json.loads(row.result_json)
        del result["certificates"]
        result["certificate"] = {"scale": own.scale, "duals": own.duals, "bound": own.bound}
        row.result_json = json.dumps(result)
    assert run("verify", "1").code == ExitCode.DONE
