"""`appeal`: lodged, decided, told and counted by commands (R137, R153, R162)."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from cli.shown.exit_codes import ExitCode
from models import session
from tests.commands import Run
from tests.rated import AMBER, GREEN, files_of
from tests.tables import fill

TEXTS = ("--strengths", "Schools", "--improvements", "Referral units")
BY = ("--by", "The director")


@pytest.fixture
def drafted(run: Run, database: Engine, tmp_path: Path) -> Run:
    """An area has the draft of its letter."""
    with session(database) as opened:
        fill(opened)
    day = ("--as-of", "2009-09-14")
    run("profile", "import", files_of(tmp_path / "files", {**GREEN, **AMBER}), *day)
    run("rate", "sheffield", "well", "--by", "Ann Lee", "--plan-review", "none received", *day)
    run("rating", "letter", "sheffield", "draft", *TEXTS, *day)
    return run


def test_an_appeal_is_lodged_decided_told_and_complained_about(drafted: Run) -> None:
    run, day = drafted, ("--as-of", "2009-09-28")
    assert "There are no appeals." in run("appeal", "list").err
    assert (
        "Next: talk with the area, by 5 October 2009."
        in run("appeal", "query", "sheffield", "Why so?", *BY, *day).err
    )
    assert (
        "Next: lodge the appeal, by 12 October 2009."
        in run("appeal", "talk", 1, "By telephone", "--by", "Ann Lee", *day).err
    )
    lodged = run("appeal", "lodge", "sheffield", "Counted wrongly", *BY, *day).err
    assert "Appeal 1: Sheffield (sheffield), rating of 2009 (performs well): lodged." in lodged
    assert "performs well, under appeal" in run("ratings", *day).out.lower()
    assert "evidence added. The register" in run("appeal", "evidence", 1, "The register", *BY, *day).err
    decide = ("appeal", "decide", 1, "upheld", "--by", "Bea Roy", "--why", "counted anew", *day)
    assert "leads to another rating" in run(*decide).err
    assert "New rating: performs excellently." in run(*decide, "--grade", "excellent").err
    assert "the area was told: upheld." in run("appeal", "tell", 1, "By letter", "--by", "Bea Roy", *day).err
    assert "Complaint: C/12." in run("appeal", "complaint", 1, "C/12", *day).err
    listed = run("appeal", "list", "sheffield", "--year", 2009)
    assert "1 lodged, 1 upheld, 0 not upheld, 0 to be decided." in listed.err
    assert run("appeal", "list", "--json").document["counts"]["upheld"] == 1
    assert run("appeal", "show", 1, "--json").document["complaint"] == "C/12"


def test_a_late_appeal_goes_by_waiver(drafted: Run) -> None:
    late = ("appeal", "lodge", "sheffield", "Counted wrongly", *BY, "--as-of", "2009-10-13")
    assert drafted(*late).code == ExitCode.INVALID_INPUT
    assert "Nothing is stored." in drafted(*late, "--waiver", "illness", "--dry-run").err
    assert "Waived: Illness." in drafted(*late, "--waiver", "illness").err
    assert drafted("appeal", "show", 2).code == ExitCode.INVALID_INPUT
