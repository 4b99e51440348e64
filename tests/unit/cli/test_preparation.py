"""`preparation`: an account of the group works in its own area; for others there is nothing."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from cli.shown.exit_codes import ExitCode
from tests.commands import Run
from tests.preparing import LOGIN, prepare, write_framework

ON = ("--account", LOGIN, "--as-of", "2010-01-11")


@pytest.fixture
def programme(database: Engine, home: Path) -> Engine:
    write_framework(home)
    prepare(database)
    return database


def test_a_group_starts_meets_plans_and_evaluates_itself_r166_r168_r193(run: Run, programme: Engine) -> None:
    started = run("preparation", "start", "ten-2009", "--reports-to", "The executive", *ON)
    assert "It first meets on 11 January 2010" in started.err
    nominated = ("--nominated-by", "Sheffield council", "--email", "nia@council.example")
    joined = run("preparation", "member", "Nia Farr", *nominated, "--chair", "--position", "AD", *ON)
    assert "Nia Farr is a member" in joined.err
    assert "Nia Farr leads" in run("preparation", "lead", "data", "Nia Farr", *ON).err
    assert "is recorded" in run("preparation", "meeting", "Name the leads", *ON).err
    found = run("preparation", "mock", "Files are thin", "--by", "Two heads", *ON)
    assert "Mock inspection 1" in found.err
    task = ("--owner", "Nia Farr", "--due", "2010-02-01", "--mock", 1)
    assert "Task 1" in run("preparation", "task", "Audit files", *task, *ON).err
    assert "done on 11 January 2010" in run("preparation", "done", 1, *ON).err
    said = ("--descriptor", "Not safe", "--evidence", "An audit")
    limited = run("preparation", "evaluation", "safeguarding", 1, *said, *ON)
    assert "The whole inspection would be 1" in limited.err
    shown = run("preparation", "show", *ON)
    assert "Name the leads" in shown.out
    assert "Open: No lead is named for: Communications" in shown.err
    document = run("preparation", "show", "--json", *ON).document
    assert [line["held_on"] for line in document["meetings"]][:2] == ["2010-01-11", "2010-02-22"]


def test_a_second_chair_is_invalid_input_r166(run: Run, programme: Engine) -> None:
    run("preparation", "start", "ten-2009", "--reports-to", "The executive", *ON)
    nominated = ("--nominated-by", "Sheffield council", "--chair", "--position", "AD", *ON)
    run("preparation", "member", "Nia Farr", "--email", "nia@council.example", *nominated)
    again = run("preparation", "member", "Sam Holt", "--email", "sam@council.example", *nominated)
    assert (again.code, "Nia Farr is in the chair" in again.err) == (ExitCode.INVALID_INPUT, True)
    assert "Nothing is changed" in run("preparation", "chair", "Nia Farr", *ON).err


def test_for_an_account_of_nobody_there_is_nothing(run: Run, programme: Engine) -> None:
    shown = run("preparation", "show", "--account", "ann")
    assert (shown.code, "there is no preparation group for this account" in shown.err) == (
        ExitCode.INVALID_INPUT,
        True,
    )
