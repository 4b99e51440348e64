"""`event` and `replan --event N`: from the first word of an event to the plan that was made for it."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from cli.shown.exit_codes import ExitCode
from models import Programme, session
from services.audit import Word
from services.plans.publication import publish
from tests.commands import Run
from tests.special import SPECIAL, TERMS
from tests.tables import AT, PLANNED_ON, WHO, fill, store

ADD = (
    "event",
    "add",
    "Sheffield",
    "--kind",
    "ministers_request",
    "--on",
    "2008-11-12",
    "--seriousness",
    "grave",
    "--as-of",
    "2008-11-12",
)
SOURCE = ("--source", "Letter of the minister")
WORD = ("--by", "Ofsted", "--why", "requested", "--as-of", "2008-11-12")


@pytest.fixture
def to_2008(database: Engine) -> Engine:
    """Reviews of 2006 published in a programme that runs to the end of 2008."""
    with session(database) as opened:
        fill(opened)
        opened.get_one(Programme, 1).last_start_on = date(2008, 12, 31)
        opened.flush()
        publish(opened, store(opened), "final", Word(WHO, AT, PLANNED_ON))
    return database


def test_an_event_is_added_listed_and_shown(run: Run, to_2008: Engine) -> None:
    assert "No events are recorded." in run("event", "list").err
    assert run(*ADD).code == ExitCode.INVALID_INPUT
    assert "Nothing is stored." in run(*ADD, *SOURCE, "--dry-run").err
    done = run(*ADD, *SOURCE)
    assert (
        "Event 1: Request of the Secretary of State in Sheffield (sheffield), 12 November 2008." in done.err
    )
    assert "is known as event 1" in run(*ADD, *SOURCE).err
    assert run("event", "decide", "1", "watch", *WORD).err.startswith(
        "Event 1: watch, on the APA 2008 agenda."
    )
    [entry] = run("event", "list", "--watch", "--json").document
    assert (entry["number"], entry["agenda"]) == (1, "APA 2008")
    assert "Source: Letter of the minister." in run("event", "show", "1").err
    assert run("event", "list", "Wigan", "--json").document == []
    assert run("event", "show", "2").code == ExitCode.INVALID_INPUT


def test_a_special_review_is_previewed_decided_replanned_and_published(
    run: Run, to_2008: Engine, tmp_path: Path
) -> None:
    """R094: every waiver is listed before anything is stored."""
    file = tmp_path / "terms.toml"
    file.write_text(TERMS, encoding="utf-8")
    run(*ADD, *SOURCE)
    decide = ("event", "decide", "1", "special-review", "--terms", str(file), *WORD)
    seen = run(*decide, "--dry-run")
    assert "4 rules set aside:" in seen.err
    assert "Nothing is stored." in seen.err
    assert "not decided" in run("event", "show", "1").err
    assert f"Event 1: special review {SPECIAL}." in run(*decide).err
    answer = run("replan", "published", "--event", "1", "--now", "2008-11-12", "--seconds", "5")
    assert answer.code == ExitCode.DONE, answer.err
    shown = run("event", "show", "1").err
    assert "Plan 2 was made for it (draft)." in shown
    assert (
        "Waived (Critical event: requested after the trial): Fieldwork: no clear weeks lie before it" in shown
    )
    assert run("publish", "2", "--as-of", "2008-11-12").code == ExitCode.DONE


def test_terms_that_are_wrong_name_the_file_and_the_key(run: Run, to_2008: Engine, tmp_path: Path) -> None:
    file = tmp_path / "terms.toml"
    file.write_text(TERMS.replace("approved_by", "aproved_by"), encoding="utf-8")
    run(*ADD, *SOURCE)
    answer = run("event", "decide", "1", "special-review", "--terms", str(file), *WORD)
    assert answer.code == ExitCode.INVALID_INPUT
    assert "terms.toml: aproved_by: this key is unknown. Try 'approved_by'." in answer.err


def test_a_recorded_event_goes_with_a_stored_plan(run: Run, to_2008: Engine) -> None:
    assert run("replan", "published", "--event", "7").code == ExitCode.INVALID_INPUT
