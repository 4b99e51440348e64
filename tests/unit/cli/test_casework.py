from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from cli.shown.exit_codes import ExitCode
from config.clock import Clock, write_clock
from models import Inspector, session
from services.bootstrap import now
from services.plans.staleness import facts_may_change
from tests.commands import Run
from tests.tables import AT

NOTIFIED = "2005-10-17"
"""Twelve weeks before Sheffield's analysis week."""


def test_status_before_anything_is_published(run: Run, draft: Engine) -> None:
    answer = run("status", "--as-of", "2005-08-01", "--json")
    assert answer.code == ExitCode.DONE
    assert answer.document["published"] is None
    assert answer.document["steps"] == []
    assert "No plan is published." in run("status").err


def test_status_tells_what_is_late_and_who_acts(run: Run, published: Engine) -> None:
    assert run("status", "--as-of", "2005-10-17", "--json").document["late"] == 0
    found = run("status", "--as-of", "2005-10-18", "--json").document
    late = [line for line in found["steps"] if line["is_late"]]
    assert [(line["activity"], line["step_id"]) for line in late] == [("sheffield-jar", "notification")]
    assert found["late"] == 1
    shown = run("status", "--as-of", "2005-10-18")
    assert "sheffield-jar notification" in shown.out
    assert "Plan 1 is published." in shown.err


def test_status_of_one_area_has_every_step(run: Run, published: Engine) -> None:
    found = run("status", "--area", "E08000001", "--as-of", "2005-08-01", "--json").document
    assert {line["area_code"] for line in found["steps"]} == {"cheshire"}
    everything = run("status", "--all", "--as-of", "2005-08-01", "--json").document
    assert len(everything["steps"]) > len(found["steps"]) >= 20


def test_status_tells_of_a_plan_that_is_published_on_facts_that_have_changed(
    run: Run, published: Engine
) -> None:
    assert "have changed since" not in run("status", "--as-of", "2005-08-01").err
    fresh = run("status", "--as-of", "2005-08-01", "--json").document
    assert (fresh["is_stale"], fresh["why_stale"]) == (False, None)
    with (
        session(published) as opened,
        facts_may_change(opened, "An import changed the facts.", "planner", AT),
    ):
        opened.get_one(Inspector, "wigan-1").percent = 50
    told = run("status", "--as-of", "2005-08-01").err
    assert "Plan 1 is published." in told
    assert (
        "The facts or rules have changed since it was made: solve again, then publish the new plan." in told
    )
    assert "An import changed the facts." in told
    stale = run("status", "--as-of", "2005-08-01", "--json").document
    assert (stale["is_stale"], stale["why_stale"]) == (True, "An import changed the facts.")


def test_a_second_run_on_a_day_sends_nothing_again(run: Run, published: Engine, home: Path) -> None:
    first = run("remind", "--as-of", "2005-10-10", "--json")
    assert first.code == ExitCode.DONE
    assert first.document["sent"] == first.document["messages"] > 0
    letters = sorted((home / "mailbox").iterdir())
    assert len(letters) == first.document["sent"]
    second = run("remind", "--as-of", "2005-10-10", "--json").document
    assert (second["sent"], second["messages"], second["reminders"]) == (0, 0, 0)
    assert sorted((home / "mailbox").iterdir()) == letters


def test_an_earlier_day_than_the_last_one_says_so_and_sends_nothing(run: Run, published: Engine) -> None:
    """Nothing is said twice: what was to be said by then has been."""
    run("remind", "--as-of", "2005-10-10")
    answer = run("remind", "--as-of", "2005-10-03")
    assert answer.code == ExitCode.INVALID_INPUT
    assert "the daily work has been done up to 10 October 2005, and nothing is said twice." in answer.err
    assert "Give 10 October 2005 or a later day" in answer.err
    assert run("remind", "--as-of", "2005-10-03", "--force").code == ExitCode.INVALID_INPUT
    assert run("remind", "--as-of", "2005-10-11", "--json").document["messages"] == 0


def test_reminding_is_the_whole_daily_work_without_prefect(run: Run, published: Engine) -> None:
    assert run("status", "--as-of", "2005-10-18", "--json").document["last_tick"] is None
    run("remind", "--as-of", "2005-10-18")
    found = run("status", "--as-of", "2005-10-18", "--json").document
    assert found["last_tick"] == "2005-10-18"
    assert [line["state"] for line in found["steps"]] == ["overdue"]


def test_a_sign_off_moves_the_review_on(run: Run, published: Engine) -> None:
    day = ("--as-of", NOTIFIED)
    run("remind", *day)
    answer = run("sign-off", "sheffield-jar", "notification", *day, "--by", "Lead Office", "--json")
    assert answer.code == ExitCode.DONE
    assert answer.document["happened_on"] == NOTIFIED
    lines = run("status", "--area", "sheffield", *day, "--json").document["steps"]
    line = next(own for own in lines if own["step_id"] == "notification" and own["kind"] == "jar")
    assert (line["state"], line["actual_on"]) == ("done", NOTIFIED)


def test_what_comes_before_must_be_signed_off_first(run: Run, published: Engine) -> None:
    """R043"""
    answer = run("sign-off", "sheffield-jar", "set_up", "--as-of", "2005-11-14", "--json")
    assert answer.code == ExitCode.INVALID_INPUT
    assert answer.document["findings"][0]["requirement"] == "R043"


def test_a_late_notice_needs_a_waiver(run: Run, published: Engine) -> None:
    """R094"""
    late = ("sign-off", "sheffield-jar", "notification", "--as-of", "2005-10-20", "--by", "Lead Office")
    assert run(*late).code == ExitCode.INVALID_INPUT
    answer = run(*late, "--waiver", "critical_event: an incident")
    assert answer.code == ExitCode.DONE
    assert "signed off for 20 October 2005" in answer.err


def test_an_unknown_step_is_told(run: Run, published: Engine) -> None:
    answer = run("sign-off", "sheffield-jar", "nothing", "--as-of", date(2005, 10, 17))
    assert answer.code == ExitCode.INVALID_INPUT
    assert "there is no such step" in answer.err


def test_a_mail_server_out_of_reach_is_no_success(run: Run, published: Engine, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("JARCYCLE_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("JARCYCLE_SMTP_PORT", "1")
    answer = run("remind", "--as-of", "2005-10-10", "--json")
    assert answer.code == ExitCode.UNSENT
    assert answer.document["trouble"]
    assert answer.document["left"] == answer.document["messages"] > 0
    monkeypatch.delenv("JARCYCLE_SMTP_HOST")
    monkeypatch.delenv("JARCYCLE_SMTP_PORT")
    assert run("remind", "--as-of", "2005-10-10", "--json").document["sent"] == answer.document["left"]


def test_a_day_years_ahead_is_refused_without_force(run: Run, published: Engine) -> None:
    answer = run("remind", "--as-of", "2026-11-29")
    assert answer.code == ExitCode.INVALID_INPUT
    assert "more than a year after" in answer.err
    assert "--force" in answer.err
    assert run("status", "--as-of", "2026-11-29", "--json").document["last_tick"] is None


def test_a_run_of_a_wrong_day_is_undone(run: Run, published: Engine, home: Path) -> None:
    (home / "mailbox").write_text("in the way")  # nothing can be delivered
    run("remind", "--as-of", "2006-01-16")
    before = run("status", "--all", "--as-of", "2005-10-17", "--json").document
    assert run("undo-run", "--as-of", "2005-10-17").code == ExitCode.INVALID_INPUT  # it needs a reason
    seen = run("undo-run", "--as-of", "2005-10-17", "--why", "a mistyped day", "--dry-run")
    assert "Nothing is stored." in seen.err
    answer = run("undo-run", "--as-of", "2005-10-17", "--why", "a mistyped day")
    assert answer.code == ExitCode.DONE
    assert answer.err.startswith("The run of 16 January 2006 is undone")
    after = run("status", "--all", "--as-of", "2005-10-17", "--json").document
    assert (
        {step["state"] for step in before["steps"]}
        != {step["state"] for step in after["steps"]}
        == {"planned"}
    )


def test_what_was_sent_is_not_undone(run: Run, published: Engine) -> None:
    run("remind", "--as-of", "2006-01-16")
    answer = run("undo-run", "--as-of", "2005-10-17", "--why", "a mistyped day")
    assert answer.code == ExitCode.INVALID_INPUT
    assert "has gone out" in answer.err


def test_what_is_shown_of_a_programme_of_the_past_says_which_day_is_today(
    run: Run, published: Engine, home: Path
) -> None:
    for command in (
        ("status",),
        ("actions",),
        ("export", "1", "--format", "html", "--output", home / "x.html"),
    ):
        assert (
            "2 January 2006 is taken as today, as --as-of says" in run(*command, "--as-of", "2006-01-02").err
        )
        assert "its day of planning" in run(*command).err
    write_clock(home, Clock.showing(date(2006, 3, 1), now()))
    assert "1 March 2006 is taken as today, by the clock of this home" in run("status").err
