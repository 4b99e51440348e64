"""`check`: the ten damages of the mission by way of files, stored plans, and what a plan admits."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from cli.shown.exit_codes import ExitCode
from models import PlanVersion, session
from scheduler.cost import make_plan
from tests.builders import members
from tests.commands import Run
from tests.complete import COMPLETE_STARTS, COMPLETE_TEAMS, complete
from tests.unit.scheduler import test_check_damages as damages

Document = damages.Document

DAMAGES: list[tuple[Callable[[Document], None], str]] = [
    (damages.two_reviews_in_a_week, "two_reviews_in_a_week"),
    (damages.fieldwork_in_a_holiday, "closed_week"),
    (damages.missing_leader, "leader_missing"),
    (damages.one_body_only, "too_few_bodies"),
    (damages.lag_of_five_months, "lag_link"),
    (damages.conflict_of_interest, "conflict_of_interest"),
    (damages.closed_week, "closed_week"),
    (damages.wrong_cost, "wrong_cost"),
    (damages.area_left_out, "activity_missing"),
    (damages.pin_moved, "pin_moved"),
]


def test_a_good_plan_is_told_so(run: Run, home: Path, problem_file: Path, plan_file: Path) -> None:
    answer = run("check", "--input", problem_file, "--plan", plan_file)
    assert (answer.code, answer.out) == (ExitCode.DONE, "")
    assert "keeps every rule" in answer.err


@pytest.mark.parametrize(("damage", "rule"), DAMAGES, ids=lambda given: getattr(given, "__name__", given))
def test_a_damaged_plan_is_refused_and_the_damage_named(
    run: Run, home: Path, problem_file: Path, plan_file: Path, damage: Callable[[Document], None], rule: str
) -> None:
    plan = json.loads(plan_file.read_text())
    damage(plan)
    plan_file.write_text(json.dumps(plan))
    answer = run("check", "--input", problem_file, "--plan", plan_file, "--json")
    assert answer.code == ExitCode.VIOLATIONS
    assert answer.document["is_sound"] is False
    assert rule in {violation["rule"] for violation in answer.document["violations"]}
    shown = run("check", plan_file, "--input", problem_file)
    assert shown.code == ExitCode.VIOLATIONS
    assert rule in shown.out


def test_a_leaders_seat_that_the_plan_admits_is_named_and_no_violation_by_itself(
    run: Run, home: Path, problem_file: Path, plan_file: Path
) -> None:
    """R057: short of leaders `solve` leaves the seat uncovered and counts it."""
    teams = {**COMPLETE_TEAMS, "jar-south": {**COMPLETE_TEAMS["jar-south"]}}
    del teams["jar-south"]["leader"]
    plan_file.write_text(make_plan(complete(), COMPLETE_STARTS, members(teams)).model_dump_json())
    answer = run("check", "--input", problem_file, "--plan", plan_file, "--json")
    assert answer.code == ExitCode.DONE
    assert answer.document["uncovered"] == [{"activity": "jar-south", "skill": "leader"}]
    assert [found["rule"] for found in answer.document["admitted"]] == ["leader_missing"]
    assert answer.document["violations"] == answer.document["admitted"]
    assert "Uncovered place: leader in jar-south" in answer.err


def test_a_stored_plan_is_checked_against_its_own_problem(run: Run, published: Engine) -> None:
    for name in ("1", "published"):
        answer = run("check", name, "--json")
        assert answer.code == ExitCode.DONE
        assert answer.document["version"] == 1
        assert answer.document["violations"] == []


def test_a_stale_plan_is_told_so(run: Run, draft: Engine) -> None:
    assert "Facts or rules have changed" not in run("check", "1").err
    with session(draft) as opened:
        opened.get_one(PlanVersion, 1).is_stale = True
    assert "Facts or rules have changed" in run("check", "1").err


def test_a_plan_file_is_checked_against_the_stored_problem_of_its_hash(
    run: Run, draft: Engine, tmp_path: Path, plan_file: Path
) -> None:
    with session(draft, read_only=True) as opened:
        text = opened.get_one(PlanVersion, 1).plan_json
    mine = tmp_path / "mine.json"
    mine.write_text(text)
    assert run("check", mine).code == ExitCode.DONE
    foreign = run("check", plan_file)
    assert foreign.code == ExitCode.USAGE
    assert "--input" in foreign.err


def test_what_is_no_plan_is_invalid_and_its_file_named(run: Run, home: Path, problem_file: Path) -> None:
    answer = run("check", "--input", problem_file, "--plan", problem_file, "--json")
    assert answer.code == ExitCode.INVALID_INPUT
    places = [finding["place"] for finding in answer.document["findings"]]
    assert f"{problem_file}: problem_hash" in places


def test_a_problem_that_makes_no_sense_is_invalid(
    run: Run, home: Path, problem_file: Path, plan_file: Path
) -> None:
    problem_file.write_text(problem_file.read_text().replace('"area":"north"', '"area":"nowhere"'))
    answer = run("check", "--input", problem_file, "--plan", plan_file)
    assert answer.code == ExitCode.INVALID_INPUT
    assert f"{problem_file}: " in answer.err
    assert "nowhere" in answer.err


def test_an_unknown_version_is_told_with_the_newest(run: Run, draft: Engine) -> None:
    answer = run("check", "99")
    assert answer.code == ExitCode.INVALID_INPUT
    assert "The newest is 1." in answer.err
