"""Quotas of bodies from a framework's file to the problem (R144)."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

import services.imports.importing
import services.imports.meaning
import services.problem.facts
from config.framework_files import frameworks
from config.team_rule import Quota
from models import session
from scheduler.validating.validation import validate
from scheduler.values.problem import BodyQuota
from services.imports import import_folder
from services.imports.problems import ImportRefused
from services.problem import build_problem
from tests.import_files import right_files, write_files
from tests.known import known

AT = datetime(2005, 8, 1, 9, tzinfo=UTC)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Lets every joint area review ask for quotas."""

    def ask(*quotas: Quota) -> None:
        jar = frameworks()["jar-2005"]
        team = known(jar.team).model_copy(update={"quotas": quotas})
        others = {**frameworks(), "jar-2005": jar.model_copy(update={"team": team})}
        for module in (services.imports.importing, services.imports.meaning, services.problem.facts):
            monkeypatch.setattr(module, "frameworks", lambda: others)

    return ask


def faults(folder: Path, engine: Engine) -> list[tuple[str, str, str]]:
    try:
        import_folder(engine, write_files(folder, right_files()), "planner", AT)
    except ImportRefused as refused:
        return [(found.file, found.message, found.advice) for found in refused.findings]
    return []


def test_a_quota_of_the_framework_is_one_of_every_team_r144(
    asked: Callable[..., None], engine: Engine, tmp_path: Path
) -> None:
    asked(Quota(body="CSCI", minimum=1, maximum=2))
    assert faults(tmp_path / "files", engine) == []
    with session(engine, read_only=True) as opened:
        problem = build_problem(opened, 3)
    teams = [activity.team for activity in problem.activities if activity.kind == "jar" and activity.team]
    assert len(teams) == 3
    assert {team.quotas for team in teams} == {(BodyQuota(body="CSCI", minimum=1, maximum=2),)}
    assert validate(problem) == ()


def test_a_quota_of_a_body_that_nobody_knows_is_refused_r144(
    asked: Callable[..., None], engine: Engine, tmp_path: Path
) -> None:
    asked(Quota(body="CSSI", minimum=1))
    assert faults(tmp_path / "files", engine) == [
        ("bodies.csv", "jar-2005 has a quota for the body 'CSSI', which is missing (R144).", "Try 'CSCI'.")
    ]


def test_a_quota_above_the_inspectors_of_a_body_is_refused_r144(
    asked: Callable[..., None], engine: Engine, tmp_path: Path
) -> None:
    there = sum(row["body"] == "CSCI" for row in right_files()["inspectors.csv"])
    asked(Quota(body="CSCI", minimum=there))
    assert faults(tmp_path / "right", engine) == []
    asked(Quota(body="CSCI", minimum=there + 1))
    (found,) = faults(tmp_path / "wrong", engine)
    assert found[0] == "inspectors.csv"
    assert f"needs {there + 1} from CSCI in every team" in found[1]
