"""A planner adopts a programme half-way: import, look, check."""

from pathlib import Path

import pytest

from cli.shown.exit_codes import ExitCode
from tests.adopted_files import DAYS, PLANNED_ON, adopted_files
from tests.commands import Run
from tests.import_files import write_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path / "files", adopted_files())


def test_a_past_is_imported_shown_and_checked(run: Run, database, folder):
    """R018, R043: what was adopted is the published plan, and its steps are driven from now on."""
    changes = {
        row["table"]: row["added"] for row in run("import", folder, "--json").document["import"]["changes"]
    }
    assert (changes["PlanVersion"], changes["PlannedStage"], changes["TeamPlace"]) == (1, 12, 20)
    told = run("status", "--all", "--as-of", PLANNED_ON, "--json").document
    assert (told["published"], told["late"]) == (1, 0)
    assert {own["activity"] for own in told["steps"]} == {f"{area}-jar" for area in DAYS}
    assert "5 September 2005" in run("show", "1").out
    assert run("check", "published").code == ExitCode.DONE


def test_a_review_that_was_done_tomorrow_changes_nothing(run: Run, database, folder):
    files = adopted_files()
    files["past_reviews.csv"][5]["last_day"] = "2006-03-07"
    answer = run("import", write_files(folder, files))
    assert answer.code == ExitCode.INVALID_INPUT
    assert "past_reviews.csv, row 7, column last_day" in answer.err
    assert "No plan is published" in run("status", "--as-of", PLANNED_ON).err
