"""`options`: the four options and the cheapest mix side by side (R038)."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from cli.shown.exit_codes import ExitCode
from models import Area, AuditEntry, PlanVersion, session
from tests.commands import Run
from tests.tiny_variants import tiny_variants

QUICK = ("--profile", "quick", "--draws", "20")


@pytest.fixture
def problem_files(tmp_path: Path) -> list[Path]:
    """A tiny problem under two options."""
    files = []
    for name, problem in tiny_variants(9).items():
        if name in "13":
            files.append(tmp_path / f"option-{name}.json")
            files[-1].write_text(problem.model_dump_json())
    return files


def test_all_options_and_their_mix_are_solved_stored_and_put_side_by_side(
    run: Run, draft: Engine, tmp_path: Path
) -> None:
    picture, table = tmp_path / "trade-off.svg", tmp_path / "options.md"
    answer = run("options", *QUICK, "--json", "--picture", picture, "--output", table, "--adopt-mix")
    assert answer.code == ExitCode.DONE
    found = {own["option"]: own for own in answer.document["options"]}
    assert list(found) == ["1", "2", "3", "4", "mixed"]
    mixed = found["mixed"]
    assert mixed["mix_bound"] <= mixed["date_cost"] <= min(found[name]["date_cost"] for name in "1234")
    assert set(mixed["option_by_area"]) == {"sheffield", "cheshire", "wigan"}
    assert found["3"]["measures"]["judgements"]["mean_months"] == 0
    assert found["1"]["measures"]["judgements"]["least_months"] > 6
    assert found["1"]["robustness"]["draws"] == 20
    with session(draft, read_only=True) as opened:
        rows = {row.version: row.option for row in opened.exec(select(PlanVersion))}
        areas = {area.code: area.option for area in opened.exec(select(Area))}
        changed = opened.exec(select(AuditEntry).where(AuditEntry.action == "set option")).all()
    assert {rows[own["plan"]] for own in found.values()} == set(found)
    assert {code: str(option) for code, option in areas.items()} == mixed["option_by_area"]
    assert len(changed) == 3
    assert "Option 3 (concurrent)" in picture.read_text()
    assert "| Bound over all mixes | - | - | - | - |" in table.read_text()


def test_the_bound_over_all_mixes_is_verified_with_the_plan_stored_and_from_file_to_file(
    run: Run, draft: Engine, tmp_path: Path
) -> None:
    """R039"""
    found = {own["option"]: own for own in run("options", *QUICK, "--json").document["options"]}
    plan = found["mixed"]["plan"]
    document = run("verify", plan, "--json").document
    assert document["is_accepted"] is True
    proven = {proof["kind"]: proof["proven"] for proof in document["proofs"]}
    assert proven["mix"] >= found["mixed"]["mix_bound"]
    assert "No mix of the certificate's options" in run("verify", plan).out
    files = tmp_path / "problem.json", tmp_path / "plan.json"
    for kind, path in zip(("problem", "json"), files, strict=True):
        run("export", plan, "--format", kind, "--output", path)
    shown = run("verify", "--input", files[0], "--plan", files[1], "--json").document
    assert (shown["is_accepted"], shown["proofs"]) == (True, document["proofs"])
    altered = json.loads(files[1].read_text())
    (mixed,) = [own for own in altered["certificates"] if own["kind"] == "mix"]
    mixed["bound"] = proven["mix"] + 1
    files[1].write_text(json.dumps(altered))
    refused = run("verify", "--input", files[0], "--plan", files[1])
    assert refused.code == ExitCode.VIOLATIONS
    assert "certificate of kind 'mix'" in refused.out


def test_stored_plans_are_compared_without_solving(run: Run, published: Engine, tmp_path: Path) -> None:
    answer = run("options", "1", "2", "--draws", "0", "--output", tmp_path / "two.csv")
    assert answer.code == ExitCode.DONE
    assert "Weeks with a visit, mean of an area" in answer.out
    assert "Dates kept" not in answer.out
    head = (tmp_path / "two.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert head == ",plan 1,plan 2"
    with session(published, read_only=True) as opened:
        assert len(opened.exec(select(PlanVersion)).all()) == 2


def test_problem_files_are_compared_without_a_database(
    run: Run, home: Path, problem_files: list[Path], tmp_path: Path
) -> None:
    inputs: list[Any] = [word for path in problem_files for word in ("--input", path)]
    answer = run(
        "options", *inputs, *QUICK, "--json", "--output", tmp_path / "all.xlsx", "--across", "burden"
    )
    assert answer.code == ExitCode.DONE
    found = {own["option"]: own for own in answer.document["options"]}
    assert list(found) == ["option-1", "option-3", "mixed"]
    assert found["mixed"]["plan"] is None
    assert (tmp_path / "all.xlsx").read_bytes().startswith(b"PK")


def test_files_of_different_facts_are_refused(run: Run, home: Path, problem_files: list[Path]) -> None:
    other = json.loads(problem_files[1].read_text())
    other["inspectors"] = other["inspectors"][1:] + other["inspectors"][:1]
    problem_files[1].write_text(json.dumps(other))
    inputs: list[Any] = [word for path in problem_files for word in ("--input", path)]
    answer = run("options", *inputs, *QUICK)
    assert answer.code == ExitCode.USAGE
    assert "differ in inspectors" in answer.err
    assert run("options", *inputs, *QUICK, "--no-mix").code == ExitCode.DONE


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("1", "--input", "a.json"), "both PLAN and --input"),
        (("1", "--adopt-mix"), "--adopt-mix needs a mix"),
        (("--no-mix", "--adopt-mix"), "--adopt-mix needs a mix"),
        (("1", "--output", "a.doc"), ".csv, .md, .xlsx"),
        (("1", "--picture", "nowhere/a.svg"), "nowhere"),
    ],
)
def test_what_makes_no_sense_is_told_before_any_work(
    run: Run, home: Path, words: tuple[str, ...], said: str
) -> None:
    answer = run("options", *words)
    assert answer.code == ExitCode.USAGE
    assert said in answer.err
