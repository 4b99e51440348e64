"""`evidence` and what is said of it: the checklist, and what came in."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from cli.shown.exit_codes import ExitCode
from tests.commands import Run

DAY = ("--as-of", "2005-10-17")
"""The day of Sheffield's notice, which asks for the first evidence."""

LATER = ("--as-of", "2006-10-17")
PLANS = ("sheffield-jar", "plans")


@pytest.fixture
def asked(run: Run, published: Engine) -> Engine:
    run("sign-off", "sheffield-jar", "notification", "--by", "Lead Office", *DAY)
    return published


def test_the_checklist_has_what_is_still_to_come(run: Run, asked: Engine) -> None:
    found = run("evidence", *DAY, "--json").document["items"]
    assert {item["area_code"] for item in found} == {"sheffield"}
    assert {item["state"] for item in found} == {"asked"}
    shown = run("evidence", "Sheffield", *DAY)
    assert "sheffield-jar plans" in shown.out
    assert "Sheffield" in run("evidence", *DAY).out
    assert shown.err.startswith("5 items are still to come. 5 requests, 0 avoided.\n17 October 2005 is taken")
    assert run("evidence", "wigan", *DAY).err.startswith("Nothing has been asked of Wigan yet.\n")
    assert run("evidence", "Sheffield", *DAY, "--json").document["burden"] == {"requests": 5, "avoided": 0}
    assert f"{len(found)} items are still to come, {len(found)} of them late." in run("evidence", *LATER).err


def test_what_came_in_leaves_the_checklist_of_all_areas(run: Run, asked: Engine) -> None:
    items = run("evidence", *DAY, "--json").document["items"]
    answer = run("evidence", "receive", *PLANS, "--on", "2005-10-19", "--as-of", "2005-10-20", "--json")
    assert answer.code == ExitCode.DONE
    assert (answer.document["received_on"], answer.document["status"]) == (
        "2005-10-19",
        "came 19 October 2005",
    )
    left = run("evidence", *DAY, "--json").document["items"]
    assert {item["item"] for item in items} - {item["item"] for item in left} == {"plans"}
    everything = run("evidence", "--all", *DAY, "--json").document["items"]
    assert {item["state"] for item in everything} == {"asked", "received", "planned"}
    assert "items are still to come; 1 item is answered." in run("evidence", *DAY).err
    for item in left:
        run("evidence", "receive", item["activity"], item["item"], *DAY)
    told = f"Nothing is still to come: {len(items)} items are answered.\n"
    assert run("evidence", *DAY).err.startswith(told)


def test_a_dry_run_receives_nothing(run: Run, asked: Engine) -> None:
    before = run("evidence", *DAY, "--json").document
    assert run("evidence", "receive", *PLANS, *DAY, "--dry-run").code == ExitCode.DONE
    assert run("evidence", *DAY, "--json").document == before


def test_an_item_is_accepted_or_returned(run: Run, asked: Engine) -> None:
    run("evidence", "receive", *PLANS, *DAY)
    answer = run("evidence", "return", *PLANS, "--due", "2005-11-01", "--why", "no youth plan", *DAY)
    assert "is returned" not in answer.err
    assert "returned: no youth plan; to come." in answer.err
    run("evidence", "receive", *PLANS, *DAY)
    assert "came 17 October 2005, accepted." in run("evidence", "accept", *PLANS, *DAY).err


def test_an_item_is_not_needed_held_or_shared(run: Run, asked: Engine) -> None:
    waived = run("evidence", "not-needed", "sheffield-jar", "tracking", "--why", "few cases", *DAY)
    assert "not needed: few cases" in waived.err
    held = run("evidence", "held", "sheffield-jar", "previous_inspections", "--by", "HC", *DAY)
    assert "already held by HC since 17 October 2005" in held.err
    shared = run("evidence", "share", *PLANS, "sheffield-ca", "plans", *DAY, "--json")
    assert shared.document["others"] == ["sheffield-jar"]


def test_a_file_is_kept_and_written_again(run: Run, asked: Engine, tmp_path: Path) -> None:
    (path := tmp_path / "plan.txt").write_text("the plan")
    run("evidence", "receive", *PLANS, "--file", path, *DAY)
    other = tmp_path / "again.txt"
    assert run("evidence", "file", *PLANS, "--output", other).code == ExitCode.DONE
    assert other.read_text() == "the plan"
    assert run("evidence", "file", "sheffield-jar", "case_files").code == ExitCode.INVALID_INPUT


def test_a_name_in_a_note_about_confidential_files_is_warned_of(run: Run, asked: Engine) -> None:
    """R073."""
    signed = ("--by", "Inspector 0.0", "--waiver", "short_notice", "--as-of", "2005-11-14")
    run("sign-off", "sheffield-jar", "set_up", *signed)
    note = ("--note", "the file of Anna Smith", "--as-of", "2005-11-14")
    answer = run("evidence", "receive", "sheffield-jar", "case_files", *note)
    assert "'Anna Smith' looks like a person's name" in answer.err


def test_what_cannot_be_is_refused(run: Run, asked: Engine) -> None:
    answer = run("evidence", "receive", "sheffield-jar", "nothing", *DAY)
    assert answer.code == ExitCode.INVALID_INPUT
    assert "there is no such item" in answer.err
    assert "is outside" in run("evidence", "receive", *PLANS, "--on", "2005-10-18", *DAY).err
    assert "needs a reason" in run("evidence", "not-needed", *PLANS, *DAY).err


@pytest.mark.parametrize(
    ("words", "help_of"),
    [
        (("receive",), "evidence receive"),
        (("return", "sheffield-jar", "plans"), "evidence return"),
        (("share", "sheffield-jar", "plans"), "evidence share"),
        (("sheffield", "wigan"), "evidence"),
    ],
)
def test_other_words_are_wrong_usage(
    run: Run, published: Engine, words: tuple[str, ...], help_of: str
) -> None:
    answer = run("evidence", *words)
    assert answer.code == ExitCode.USAGE
    assert f"See: jarcycle {help_of} --help" in answer.err


def test_each_command_has_its_help(run: Run) -> None:
    assert "--all" in run("evidence", "--help").out
    assert "--dry-run" not in run("evidence", "--help").out
    shown = run("evidence", "receive", "--help").out
    assert "jarcycle evidence receive [OPTIONS]" in shown
    assert "--all" not in shown
