"""`robustness`: how often a plan keeps its dates (R028)."""

import json
from pathlib import Path

from sqlalchemy import Engine

from cli.shown.exit_codes import ExitCode
from tests.commands import Run
from tests.complete import complete, complete_plan


def test_a_stored_plan_is_simulated_and_told_in_words(run: Run, draft: Engine) -> None:
    answer = run("robustness", "1", "--draws", "100", "--slack")
    assert answer.code == ExitCode.DONE
    assert "Dates kept" in answer.out
    assert "per cent" in answer.out
    assert "of 6 dates" in answer.out
    assert "weeks of delay of a most urgent area" in answer.out
    assert "free later" in answer.out
    assert "Assumed: 0.35 absences a year" in answer.err
    assert "of 6 dates are kept" in answer.err


def test_a_plan_file_is_simulated_without_a_database(
    run: Run, home: Path, problem_file: Path, plan_file: Path
) -> None:
    words = ("robustness", "--input", problem_file, "--plan", plan_file, "--draws", "100", "--json")
    found = run(*words, "--slack").document
    assert (found["version"], found["robustness"]["draws"]) == (None, 100)
    assert found["robustness"]["kept"]["low"] <= found["robustness"]["kept"]["mean"]
    slack = {own["activity"]: own for own in found["slack"]}
    assert slack["jar-south"]["free_later"] == 0
    assert slack["jar-south"]["total_later"] > 0
    assert run(*words).document["robustness"] == found["robustness"]
    assert run(*words, "--seed", "1").document["robustness"] != found["robustness"]


def test_an_offices_own_rates_take_the_place_of_the_assumed_ones(
    run: Run, home: Path, problem_file: Path, plan_file: Path, tmp_path: Path
) -> None:
    rates = tmp_path / "rates.json"
    rates.write_text(json.dumps({"absences_a_year": 0, "incidents_a_year": 0, "late_probability": 0}))
    words = ("robustness", plan_file, "--input", problem_file, "--draws", "10", "--disturbances", rates)
    assert run(*words, "--json").document["robustness"]["kept"]["mean"] == 1
    rates.write_text(json.dumps({"late_probability": 2}))
    answer = run(*words)
    assert answer.code == ExitCode.INVALID_INPUT
    assert f"{rates}: late_probability: " in answer.err
    rates.write_text("")
    assert run(*words).code == ExitCode.INVALID_INPUT


def test_events_are_replanned_exactly_on_request(
    run: Run, home: Path, problem_file: Path, plan_file: Path
) -> None:
    answer = run(
        "robustness", plan_file, "--input", problem_file, "--draws", "10", "--replans", "1", "--json"
    )
    (sampled,) = answer.document["replans"]
    assert sampled["event"]["kind"] in ("absence", "closed_weeks", "late_finish")
    assert sampled["exact"] is None or sampled["exact"]["moved"] >= 0


def test_a_plan_that_breaks_rules_is_not_simulated(run: Run, home: Path, tmp_path: Path) -> None:
    problem, plan = tmp_path / "problem.json", tmp_path / "plan.json"
    problem.write_text(complete().model_dump_json())
    plan.write_text(complete_plan(starts={"jar-north": (8, 20)}).model_dump_json())
    answer = run("robustness", plan, "--input", problem)
    assert answer.code == ExitCode.VIOLATIONS
    assert "jar-north" in answer.err
