"""`inspections statement` and `inspections import`: from two files to a statement that can be printed."""

import json
from pathlib import Path

from sqlalchemy import Engine

from cli.shown.exit_codes import ExitCode
from tests.commands import Run
from tests.inspections import ADOPTION, CHILDREN, EDUCATION, WELFARE, files_of
from tests.york import york

DAY = ("--as-of", "2006-04-03")


def test_inspections_are_imported_shown_and_printed_r119(run: Run, database: Engine, tmp_path: Path) -> None:
    """In the shell, as a page and as JSON."""
    york(database)
    folder = files_of(tmp_path / "files", [ADOPTION, WELFARE, EDUCATION])
    assert "3 inspections due" in run("inspections", "import", folder, "--dry-run", *DAY).err
    assert "Due besides the review" not in run("inspections", "statement", "Sheffield", *DAY).out
    assert "3 inspections due, no results of settings." in run("inspections", "import", folder, *DAY).err
    shown = run("inspections", "statement", "Sheffield", *DAY)
    assert "4 to 15 September 2006" in shown.out
    assert "1 visit saved by joint visits" in shown.err
    own = run("inspections", "statement", "Sheffield", "--for-authority", *DAY)
    assert "Due besides the review" not in own.out
    page = tmp_path / "statement.html"
    assert (
        "Other inspections in Sheffield"
        in run("inspections", "statement", "sheffield", "--output", page, *DAY).err
    )
    assert "<caption>Joint visits</caption>" in page.read_text(encoding="utf-8")
    found = json.loads(run("inspections", "statement", "sheffield", "--json", *DAY).out)
    assert [visit["place"] for visit in found["statement"]["visits"]] == ["Elm House"]


def test_a_subsumed_inspection_is_refused_with_the_day_r011(
    run: Run, database: Engine, tmp_path: Path
) -> None:
    """C9: booked for November 2006, subsumed since September 2005."""
    york(database)
    refused = run("inspections", "import", files_of(tmp_path, [CHILDREN]), *DAY)
    assert refused.code == ExitCode.INVALID_INPUT
    assert "since 1 September 2005" in refused.err
