"""`development`: tasks are done in their order, trials teach lessons."""

import pytest
from sqlalchemy import Engine

from cli.shown.exit_codes import ExitCode
from tests.commands import Run

NAME = "2005-reviews"
ON = ("--as-of", "2005-02-28", "--as", "Ann")


def test_tasks_are_done_in_their_order_and_clashes_are_shown_r001_r172(run: Run, database: Engine) -> None:
    shown = run("development", "show", NAME, "--as-of", "2004-06-01")
    assert "Clash: response: due on 28 February 2005" in shown.err
    assert "0 of 19 done. The framework: Draft." in shown.err
    assert run("development", "done", NAME, "publication", *ON).code == ExitCode.INVALID_INPUT
    assert "1 of 19 done" in run("development", "done", NAME, "process", "--on", "2004-06-30", *ON).err
    assert "0 of 19 done" in run("development", "done", NAME, "process", "--undo", "--why", "a slip", *ON).err
    assert run("development", "show", NAME, "--json").document["framework"] == "Draft"


def test_a_lesson_of_a_trial_is_decided_r125(run: Run, database: Engine) -> None:
    trial = run("development", "trial", NAME, "Leeds", "--on", "2005-01-10", *ON)
    assert "Trial 1: Leeds, from 10 January 2005." in trial.err
    lesson = run("development", "lesson", 1, "Leave more time", *ON)
    assert "Lesson 1: Leave more time. Not decided yet." in lesson.err
    decided = run("development", "lesson", 1, "taken", "--decide", "--why", "all say so", *ON)
    assert "Lesson 1: Leave more time. Taken." in decided.err
    assert "all say so" in run("development", "show", NAME).out


@pytest.mark.parametrize("name", ["2005-review", "nothing"])
def test_an_unknown_development_is_invalid_input(run: Run, database: Engine, name: str) -> None:
    assert run("development", "show", name).code == ExitCode.INVALID_INPUT
