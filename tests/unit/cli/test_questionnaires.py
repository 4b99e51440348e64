"""`survey`: questionnaires are sent, answered, closed and counted; conferences and suggestions are reported."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from cli.shown.exit_codes import ExitCode
from models import session
from tests.commands import Run
from tests.questionnaires import fill

ON = ("--as-of", "2010-01-11", "--as", "Ann")
LATER = ("--as-of", "2010-01-20", "--as", "Ann")
SEND = ("survey", "send", "assessment-2009", "--reply-by", "2010-01-25")
DEE = ("--person", "Dee", "--position", "director")


@pytest.fixture
def asked(database: Engine, home: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Four authorities, and a console that they can reach."""
    monkeypatch.setenv("JARCYCLE_CONSOLE_PUBLIC_URL", "https://reviews.example.org")
    with session(database) as opened:
        fill(opened, 4)
    return database


def test_a_round_is_sent_answered_closed_and_counted_r164_r165(run: Run, asked: Engine) -> None:
    said = run(*SEND, *ON)
    assert said.code == ExitCode.DONE
    assert "4 authorities invited; reply by 25 January 2010, reminder 18 January 2010." in said.err
    assert run("survey", "answer", 1, "001", "profile=3", "more=thanks", *DEE, *LATER).code == ExitCode.DONE
    shown = run("survey", "summary", 1)
    assert "1 of 4 (25.0%) answered, 0 of them late; 3 have not answered." in shown.err
    assert "1 of 1 (100.0%)" in shown.out
    closed = run("survey", "close", 1, "--as-of", "2010-01-27", "--as", "Ann")
    assert "Round 1 is closed: 1 of 4 (25.0%) answered" in closed.err
    assert "too few to show" in run("survey", "summary", 1, "--outside").out
    document = run("survey", "summary", 1, "--outside", "--json").document
    assert {question["texts"] == [] for question in document["questions"]} == {True}
    listed = run("survey", "list", "--json").document
    assert listed["rounds"][0]["closed_on"] == "2010-01-27"


def test_the_day_s_work_reminds_who_has_not_answered_r165(run: Run, asked: Engine) -> None:
    run(*SEND, *ON)
    said = run("remind", "--as-of", "2010-01-18", "--force")
    assert "Among them: no invitations and 4 reminders of questionnaires." in said.err


def test_without_an_address_no_link_is_sent(run: Run, database: Engine) -> None:
    with session(database) as opened:
        fill(opened, 1)
    said = run(*SEND, *ON)
    assert said.code == ExitCode.INVALID_INPUT
    assert "Set JARCYCLE_CONSOLE_PUBLIC_URL." in said.err


def test_a_dry_run_sends_nothing(run: Run, asked: Engine) -> None:
    assert run(*SEND, *ON, "--dry-run").code == ExitCode.DONE
    assert run("survey", "list", "--json").document["rounds"] == []
    assert "None has been sent yet." in run("survey", "list").err


@pytest.mark.parametrize(
    "arguments",
    [
        ("survey", "send", "assessment-2009"),
        (*SEND, "--by-step"),
        ("survey", "answer", 1, "001", "profile", *DEE),
    ],
)
def test_what_makes_no_sense_is_wrong_usage(run: Run, asked: Engine, arguments: tuple[object, ...]) -> None:
    assert run(*arguments, *ON).code == ExitCode.USAGE


def test_an_evaluation_has_conferences_suggestions_and_actions_r182_r197(run: Run, asked: Engine) -> None:
    run(*SEND, *ON)
    held = run(
        *("survey", "conference", "assessment-2009", "001", "002", "--on", "2010-01-29", "--at", "Leeds"),
        *("--delegates", 5, "--as-of", "2010-02-01", "--as", "Ann"),
    )
    assert "Leeds, 29 January 2010: 5 delegates from 2 authorities." in held.err
    suggested = ("survey", "suggest", "assessment-2009", "Widen access", "--heading", "performance profile")
    assert "Suggestion 1, performance profile: Nothing decided yet." in run(*suggested, *LATER).err
    respond = ("survey", "respond", 1, "planned", "--action", "A third person", "--owner", "Profile team")
    assert run(*respond, *LATER).code == ExitCode.INVALID_INPUT
    assert "Planned" in run(*respond, "--due", "2010-08-31", *LATER).err
    report = run("survey", "report", "assessment-2009")
    assert "A third person" in report.out
    assert "2 authorities took part in all, each counted once." in report.err
