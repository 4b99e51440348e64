"""`log`: who changed published facts, when and why."""

from sqlalchemy import Engine

from cli.shown.exit_codes import ExitCode
from models import session
from services import audit
from services.bootstrap import now
from tests.commands import Run

DAY = ("--as-of", "2005-10-17")
NOTICE = ("sheffield-jar", "notification")


def test_the_log_of_an_area_tells_who_did_what_and_why(run: Run, published: Engine) -> None:
    run("sign-off", *NOTICE, *DAY, "--by", "Lead Office", "--as", "Ann", "--note", "by letter")
    run("undo", *NOTICE, *DAY, "--as", "Bob", "--why", "the wrong area")
    found = run("log", "--area", "Sheffield", "--json").document
    assert [(own["who"], own["action"], own["why"]) for own in found[:2]] == [
        ("Bob", "undo", "the wrong area"),
        ("Ann", "sign off", "by letter"),
    ]
    assert found[1]["after"]["day"] == "2005-10-17"
    assert not [own for own in run("log", "--area", "cheshire", "--json").document if own["who"] == "Ann"]
    shown = run("log", "--area", "E08000000")
    assert shown.code == ExitCode.DONE
    assert "sheffield-jar notification" in shown.out


def test_the_log_of_a_person_is_theirs(run: Run, published: Engine) -> None:
    run("sign-off", *NOTICE, *DAY, "--by", "Lead Office", "--as", "Ann")
    found = run("log", "--person", "ann", "--json").document
    assert [own["action"] for own in found] == ["sign off"]
    answer = run("log", "--person", "Anna")
    assert answer.code == ExitCode.INVALID_INPUT
    assert "Ann" in answer.err


def test_the_log_may_end_and_begin_on_a_day(run: Run, published: Engine) -> None:
    assert run("log", "--to", "1999-12-31", "--json").document == []
    assert "no such entries" in run("log", "--to", "1999-12-31").err
    assert run("log", "--from", "2005-08-01", "--to", "2005-08-01", "--json").document
    assert run("log", "--from", "2006-01-01", "--to", "2005-01-01").code == ExitCode.USAGE


def test_no_more_is_shown_than_asked_for(run: Run, published: Engine) -> None:
    everything = run("log", "--json").document
    assert run("log", "--most", "1", "--json").document == everything[:1]
    assert "Use --most to show more" in run("log", "--most", "1").err


def test_the_log_is_checked_and_a_change_found(run: Run, published: Engine) -> None:
    answer = run("log", "--check", "--json")
    assert answer.code == ExitCode.DONE
    seal = answer.document["last_seal"]
    assert f"all as written. The last seal is {seal}" in " ".join(run("log", "--check").err.split())
    run("sign-off", *NOTICE, *DAY, "--by", "Lead Office", "--as", "Ann")
    assert run("log", "--check", "--seal", seal[:10].upper()).code == ExitCode.DONE
    with published.begin() as connection:
        connection.exec_driver_sql("UPDATE auditentry SET who = 'Bob' WHERE who = 'Ann'")
    changed = run("log", "--check")
    assert changed.code == ExitCode.VIOLATIONS
    assert "is not as it was written" in changed.err
    assert run("log", "--seal", seal).code == ExitCode.USAGE


def test_the_log_speaks_of_facts_as_people_do(run: Run, published: Engine) -> None:
    with session(published) as opened:
        before, after = [{"end_on": "2005-10-08"}], [{"is_set": True}, {}]
        audit.record(opened, "Ann", now(), "change facts", "I001 absences", before=before, after=after)
    shown = " ".join(run("log", "--person", "Ann").out.split())
    assert "when (UTC)" in shown
    assert "end on 2005-10-08" in shown
    assert "is set yes" in shown
    assert not any(sign in shown for sign in ("[{", "True", "'"))
