"""A message of unknown fate is never sent again by itself: a person settles it."""

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from cli.shown.exit_codes import ExitCode
from models import AuditEntry, Delivery, session
from tests.commands import Run
from tests.known import known

DAY = ("--as-of", "2005-10-10")


@pytest.fixture
def unresolved(run: Run, published: Engine, monkeypatch: pytest.MonkeyPatch) -> int:
    """A message whose sender died between its claim and its word."""
    monkeypatch.setenv("JARCYCLE_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("JARCYCLE_SMTP_PORT", "1")  # nobody is there
    run("remind", *DAY)
    monkeypatch.delenv("JARCYCLE_SMTP_HOST")
    with session(published) as opened:
        row = known(opened.exec(select(Delivery).order_by(col(Delivery.id))).first())
        row.state = "unresolved"
        return known(row.id)


def state_of(engine: Engine, number: int) -> str:
    with session(engine, read_only=True) as opened:
        return opened.get_one(Delivery, number).state


def test_messages_of_unknown_fate_are_listed(run: Run, published: Engine, unresolved: int) -> None:
    found = run("messages", "--json").document
    assert [own["message"] for own in found] == [unresolved]
    assert found[0]["message_id"] in run("messages").out
    assert "jarcycle messages" in run("status", *DAY).err


def test_one_that_has_arrived_is_never_sent_again(run: Run, published: Engine, unresolved: int) -> None:
    answer = run("messages", unresolved, "--arrived", "--why", "in the server's log", "--as", "Ann")
    assert answer.code == ExitCode.DONE
    run("remind", *DAY)
    assert state_of(published, unresolved) == "sent"
    with session(published, read_only=True) as opened:
        entry = opened.exec(select(AuditEntry).where(AuditEntry.action == "resolve delivery")).one()
    assert (entry.who, entry.why) == ("Ann", "in the server's log")


def test_one_that_has_not_goes_out_with_the_next_run(run: Run, published: Engine, unresolved: int) -> None:
    assert run("messages", unresolved, "--again", "--json").document == []
    assert state_of(published, unresolved) == "waiting"
    assert run("remind", *DAY, "--json").document["left"] == 0
    assert state_of(published, unresolved) == "sent"


def test_one_that_nobody_needs_to_settle_is_refused(run: Run, published: Engine, unresolved: int) -> None:
    run("messages", unresolved, "--arrived")
    assert run("messages", unresolved, "--arrived").code == ExitCode.INVALID_INPUT
    assert run("messages", "999", "--again").code == ExitCode.INVALID_INPUT


@pytest.mark.parametrize("arguments", [["--arrived"], ["1"], ["1", "--arrived", "--again"]])
def test_a_word_needs_a_number_and_a_side(run: Run, draft: Engine, arguments: list[str]) -> None:
    assert run("messages", *arguments).code == ExitCode.USAGE


def test_nothing_to_settle_is_told(run: Run, draft: Engine) -> None:
    assert run("messages", "--json").document == []
    assert "No messages need attention" in run("messages").err


def test_a_bounce_is_recorded_with_its_reason(run: Run, published: Engine) -> None:
    run("remind", *DAY)
    with session(published, read_only=True) as opened:
        number = known(opened.exec(select(Delivery.id).order_by(col(Delivery.id))).first())
    assert run("messages", number, "--bounced").code == ExitCode.INVALID_INPUT
    answer = run("messages", number, "--bounced", "--why", "550 user unknown")
    assert "came back" in answer.err
    assert "550 user unknown" in answer.out
    assert "1 message came back" in run("status", *DAY).err


def test_all_that_failed_for_one_reason_goes_out_again(run: Run, published: Engine) -> None:
    run("remind", *DAY)
    with session(published) as opened:
        for row in opened.exec(select(Delivery)):
            row.state, row.error = "failed", "554 relay access denied"
    assert run("messages", "--again", "--reason", "quota").code == ExitCode.INVALID_INPUT
    assert "out with the next run" in run("messages", "--again", "--reason", "relay access").err
    assert run("remind", *DAY, "--json").document["sent"] > 1


def test_the_occasions_are_listed_with_their_triggers_and_files(run: Run, draft: Engine) -> None:
    found = run("message", "--json").document
    assert {line["occasion"] for line in found} >= {"notice", "changed", "joined", "digest"}
    assert found[0]["file"] == "config/messages/notice/authority.txt"
    assert "The step that gives notice" in run("message").out


def test_a_message_is_previewed_and_not_sent(run: Run, published: Engine) -> None:
    shown = run("message", "preview", "notice", "sheffield-jar", *DAY)
    assert shown.out.startswith("Subject: Sheffield: notice of the joint area review, fieldwork ")
    assert run("message", "preview", "joined", "--json").document["subject"].startswith("York")
    assert run("message", "preview", "notise").code == ExitCode.INVALID_INPUT
    with session(published, read_only=True) as opened:
        assert opened.exec(select(Delivery)).all() == []
