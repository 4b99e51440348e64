"""`evidence`: the checklist, and what came in."""

import pytest
from sqlalchemy import Engine

from cli.shown.exit_codes import ExitCode
from tests.commands import Run

DAY = ("--as-of", "2005-10-17")
"""The day of Sheffield's notice, which asks for the first evidence."""

LATER = ("--as-of", "2006-10-17")


@pytest.fixture
def asked(run: Run, published: Engine) -> Engine:
    run("sign-off", "sheffield-jar", "notification", "--by", "Lead Office", *DAY)
    return published


def test_the_checklist_has_what_is_still_to_come(run: Run, asked: Engine) -> None:
    found = run("evidence", *DAY, "--json").document["items"]
    assert {item["area_code"] for item in found} == {"sheffield"}
    assert not any(item["received_on"] for item in found)
    shown = run("evidence", "Sheffield", *DAY)
    assert "Sheffield (sheffield)" in shown.out
    assert shown.err == f"{len(found)} items are still to come.\n"
    assert run("evidence", "wigan", *DAY, "--json").document["items"] == []
    assert run("evidence", "wigan", *DAY).err == "Nothing has been asked of Wigan yet.\n"
    assert f"{len(found)} items are still to come, {len(found)} of them late." in run("evidence", *LATER).err


def test_what_came_in_leaves_the_checklist_of_all_areas(run: Run, asked: Engine) -> None:
    items = run("evidence", *DAY, "--json").document["items"]
    number = items[0]["request"]
    answer = run("evidence", "receive", number, "2005-10-19", "--as-of", "2005-10-20", "--json")
    assert answer.code == ExitCode.DONE
    assert answer.document["received_on"] == "2005-10-19"
    left = run("evidence", *DAY, "--json").document["items"]
    assert number not in {item["request"] for item in left}
    everything = run("evidence", "--all", *DAY, "--json").document["items"]
    assert len(everything) == len(items) == len(left) + 1
    assert "items are still to come; 1 item has come in." in run("evidence", *DAY).err
    for item in left:
        run("evidence", "receive", item["request"], "2005-10-17", *DAY)
    assert run("evidence", *DAY).err == f"Nothing is still to come: {len(items)} items have come in.\n"


def test_a_dry_run_receives_nothing(run: Run, asked: Engine) -> None:
    before = run("evidence", *DAY, "--json").document
    number = before["items"][0]["request"]
    assert run("evidence", "receive", number, "2005-10-17", *DAY, "--dry-run").code == ExitCode.DONE
    assert run("evidence", *DAY, "--json").document == before


def test_an_unknown_request_or_a_day_that_cannot_be_is_refused(run: Run, asked: Engine) -> None:
    answer = run("evidence", "receive", "999", "2005-10-17", *DAY)
    assert answer.code == ExitCode.INVALID_INPUT
    assert "jarcycle evidence" in answer.err
    number = run("evidence", *DAY, "--json").document["items"][0]["request"]
    assert "is outside" in run("evidence", "receive", number, "2005-10-18", *DAY).err


@pytest.mark.parametrize(
    ("words", "help_of"),
    [
        (("receive",), "evidence receive"),
        (("receive", "x", "2005-10-17"), "evidence receive"),
        (("receive", "9" * 30, "2005-10-17"), "evidence receive"),
        (("sheffield", "wigan"), "evidence"),
    ],
)
def test_other_words_are_wrong_usage(
    run: Run, published: Engine, words: tuple[str, ...], help_of: str
) -> None:
    answer = run("evidence", *words)
    assert answer.code == ExitCode.USAGE
    assert f"See: jarcycle {help_of} --help" in answer.err


def test_each_of_the_two_commands_has_its_help(run: Run) -> None:
    assert "--all" in run("evidence", "--help").out
    assert "--dry-run" not in run("evidence", "--help").out
    shown = run("evidence", "receive", "--help").out
    assert "jarcycle evidence receive [OPTIONS]" in shown
    assert "--all" not in shown
