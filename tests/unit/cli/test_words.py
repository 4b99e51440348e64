"""`record`, `agree`, `waive`, `undo`, and `--dry-run` of each."""

from typing import Any

import pytest
from sqlalchemy import Engine

from cli.shown.exit_codes import ExitCode
from tests.commands import Run

NOTIFIED = "2005-10-17"
"""Twelve weeks before Sheffield's analysis week."""
DAY = ("--as-of", NOTIFIED)
NOTICE = ("sheffield-jar", "notification")
LEAD = ("--by", "Lead Office")


def line(run: Run, step: str = "notification") -> dict[str, Any]:
    steps = run("status", "--area", "Sheffield", *DAY, "--json").document["steps"]
    return next(own for own in steps if own["step_id"] == step and own["kind"] == "jar")


def test_a_wrong_date_is_corrected_with_a_reason(run: Run, published: Engine) -> None:
    run("sign-off", *NOTICE, *DAY, *LEAD)
    refused = run("record", *NOTICE, "2005-10-14", *DAY)
    assert refused.code == ExitCode.INVALID_INPUT
    assert "a correction needs a reason" in refused.err
    answer = run("record", *NOTICE, "2005-10-14", "--why", "it was the Friday", *DAY, "--json")
    assert answer.code == ExitCode.DONE
    assert answer.document["happened_on"] == "2005-10-14"
    assert line(run)["actual_on"] == "2005-10-14"


def test_what_needs_a_sign_off_is_not_recorded_in_its_place(run: Run, published: Engine) -> None:
    answer = run("record", *NOTICE, NOTIFIED, *DAY)
    assert answer.code == ExitCode.INVALID_INPUT
    assert "somebody must sign it off" in answer.err


def test_another_day_is_agreed_and_the_counted_one_comes_back(run: Run, published: Engine) -> None:
    answer = run("agree", "Sheffield", "set_up", "2005-11-10", "--why", "both are free", *DAY, "--json")
    assert answer.code == ExitCode.DONE
    assert [own["step_id"] for own in answer.document["moved"]] == ["set_up", "consultation"]
    assert line(run, "set_up")["first_on"] == "2005-11-10"
    assert run("agree", "sheffield-jar", "set_up", "--counted", *DAY).code == ExitCode.DONE
    assert line(run, "set_up")["first_on"] == "2005-11-14"


def test_a_hard_deadline_moves_to_a_later_day_only_with_a_waiver(run: Run, published: Engine) -> None:
    """R094."""
    later = ("agree", "sheffield-jar", "draft_report", "2006-04-13", *DAY)
    assert run(*later).code == ExitCode.INVALID_INPUT
    assert run(*later, "--waiver", "illness: the leader was ill").code == ExitCode.DONE
    (waived,) = line(run, "draft_report")["waivers"]
    assert waived.endswith("7 April 2006 at the latest: Illness: the leader was ill")
    assert "waived:" in run("status", "--area", "Sheffield", *DAY).out


@pytest.mark.parametrize("given", [(), ("2005-11-10", "--counted")])
def test_a_day_or_the_counted_one_is_agreed_not_both(
    run: Run, published: Engine, given: tuple[str, ...]
) -> None:
    answer = run("agree", "sheffield-jar", "set_up", *given)
    assert answer.code == ExitCode.USAGE
    assert "--counted" in answer.err


def test_a_waiver_needs_a_broken_rule(run: Run, published: Engine) -> None:
    answer = run("waive", "sheffield-jar", "fieldwork", "other", "--why", "because", *DAY)
    assert answer.code == ExitCode.INVALID_INPUT
    assert "its dates break no rule" in answer.err
    run("agree", "sheffield-jar", "draft_report", "2006-04-13", "--waiver", "illness", *DAY)
    assert (
        run("waive", "sheffield-jar", "draft_report", "illness", "--why", "very ill", *DAY).code
        == ExitCode.DONE
    )


def test_the_last_word_is_undone_with_a_reason(run: Run, published: Engine) -> None:
    before = line(run)
    run("sign-off", *NOTICE, *DAY, *LEAD, "--as", "Ann")
    assert run("undo", *NOTICE, *DAY).code == ExitCode.INVALID_INPUT
    answer = run("undo", *NOTICE, "--why", "the wrong area", *DAY, "--json")
    assert answer.code == ExitCode.DONE
    assert (answer.document["undone"], answer.document["said_by"]) == ("sign off", "Ann")
    after = line(run)
    assert after["revision"] > before["revision"]
    assert {**after, "revision": 0} == {**before, "revision": 0}
    assert "there is no record about it to undo" in run("undo", *NOTICE, "--why", "again", *DAY).err


CHANGES = (
    ("sign-off", *NOTICE, *DAY, *LEAD),
    ("agree", "sheffield-jar", "set_up", "2005-11-10", *DAY),
    ("publish", "2", *DAY),
    ("confirm", "FY2006-07", *DAY),
    ("finalise", "sheffield-jar", "--why", "late", *DAY),
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change[0])
def test_a_dry_run_stores_nothing_and_the_real_one_does(
    run: Run, published: Engine, change: tuple[str, ...]
) -> None:
    before = run("log", "--json").document
    steps = run("status", "--all", *DAY, "--json").document
    answer = run(*change, "--dry-run")
    assert answer.code == ExitCode.DONE
    assert "Nothing is stored." in answer.err
    assert set(run(*change, "--dry-run", "--json").document) == {"dry_run", "answer"}
    assert run("log", "--json").document == before
    assert run("status", "--all", *DAY, "--json").document == steps
    assert run(*change).code == ExitCode.DONE
    if change[0] != "confirm":  # it was confirmed already
        assert run("log", "--json").document != before


def test_a_dry_run_of_an_agreed_day_names_what_would_move(run: Run, published: Engine) -> None:
    agreed = ("agree", "sheffield-jar", "set_up", "2005-11-10", *DAY, "--dry-run")
    seen = run(*agreed, "--json").document["dry_run"]
    assert [(own["step"], own["before"], own["after"]) for own in seen["moved"]] == [
        ("set_up", "2005-11-14", "2005-11-10"),
        ("consultation", "2005-11-15", "2005-11-11"),
    ]
    shown = run(*agreed)
    assert "Sheffield (sheffield)" in shown.out
    assert "2 dates would move" in shown.err


def test_a_dry_run_of_a_publication_names_who_would_be_told(run: Run, published: Engine) -> None:
    """R019: those who have been told of the dates; nobody of the authority's side, which has had no notice."""
    run("remind", *DAY)
    seen = run("publish", "2", *DAY, "--dry-run", "--json").document["dry_run"]
    assert {own["area_code"] for own in seen["moved"]} == {"wigan"}
    assert {own["rule"] for own in seen["told"]} == {"changed"}
    told = {own["address"] for own in seen["told"]}
    assert "wigan-0@inspectors.example" in told
    assert "director@wigan.example" not in told
    assert "Would be told" in run("publish", "2", *DAY, "--dry-run").out


def test_a_dry_run_refuses_what_the_real_one_refuses(run: Run, published: Engine) -> None:
    """R043."""
    answer = run("sign-off", "sheffield-jar", "set_up", "--as-of", "2005-11-14", "--dry-run", "--json")
    assert answer.code == ExitCode.INVALID_INPUT
    assert answer.document["findings"][0]["requirement"] == "R043"


def test_who_does_not_hold_the_role_signs_on_behalf_of_it_with_a_reason(run: Run, published: Engine) -> None:
    refused = run("sign-off", *NOTICE, *DAY, "--by", "Ann")
    assert refused.code == ExitCode.INVALID_INPUT
    assert "--on-behalf-of lead_inspectorate" in refused.err
    whom = ("--on-behalf-of", "lead_inspectorate", "--why", "by telephone")
    assert run("sign-off", *NOTICE, *DAY, "--by", "Ann", *whom).code == ExitCode.DONE
    assert line(run)["signed"]["on_behalf_of"] == "Lead inspectorate (Ofsted)"


def test_a_word_about_an_older_revision_of_a_step_is_refused(run: Run, published: Engine) -> None:
    seen = line(run, "set_up")["revision"]
    agreed = ("agree", "sheffield-jar", "set_up", "2005-11-10", *DAY, "--revision", seen)
    said = run(*agreed, "--as", "Ann", "--json")
    assert said.document["revision"] > seen
    answer = run(*agreed)
    assert answer.code == ExitCode.INVALID_INPUT
    assert "'agree date' by Ann" in answer.err


def test_a_stage_that_is_over_is_signed_off_for_its_last_day_unless_another_is_given(
    run: Run, published: Engine
) -> None:
    given = ("sign-off", "sheffield-ca", "on_site", "--by", "Operations", "--waiver", "illness")
    run("sign-off", "sheffield-ca", "notification", "--by", "Operations", "--as-of", "2005-11-21")
    answer = run(*given, "--as-of", "2006-02-14", "--json")
    assert answer.document["happened_on"] == "2006-02-10"


def test_an_output_is_recorded_withdrawn_and_asked_for_by_the_sign_off(run: Run, published: Engine) -> None:
    """R045."""
    day = ("--as-of", "2005-11-14")
    run("sign-off", *NOTICE, *DAY, *LEAD)
    refused = run("sign-off", "sheffield-jar", "set_up", "--by", "Inspector 0.0", *day)
    assert "jarcycle output sheffield-jar set_up programme_basis" in refused.err
    for name in ("programme_basis", "fieldwork_issues", "review_timetable"):
        given = ("output", "sheffield-jar", "set_up", name, "--version", "1", "--link", "file 7")
        answer = run(*given, *day, "--as", "Ann", "--json")
        assert (answer.document["output"], answer.document["recorded_by"]) == (name, "Ann")
    taken = ("output", "sheffield-jar", "set_up", "programme_basis", "--withdraw", *day)
    assert run(*taken).code == ExitCode.INVALID_INPUT
    assert run(*taken, "--version", "1").code == ExitCode.USAGE
    assert "programme_basis (1) is withdrawn" in run(*taken, "--why", "the wrong file").err
    run("output", "sheffield-jar", "set_up", "programme_basis", "--version", "2", *day)
    assert run("sign-off", "sheffield-jar", "set_up", "--by", "Inspector 0.0", *day).code == ExitCode.DONE


def test_a_word_on_a_day_years_ahead_is_refused(run: Run, published: Engine) -> None:
    """A mistyped day must not begin everything that would be due by then."""
    answer = run("sign-off", *NOTICE, "--as-of", "2026-11-29", *LEAD)
    assert answer.code == ExitCode.INVALID_INPUT
    assert "more than a year after" in answer.err
    assert line(run)["actual_on"] is None


def test_an_activity_that_was_called_off_comes_back(run: Run, published: Engine) -> None:
    run("cancel", "wigan-jar", "--why", "a slip", *DAY, "--as", "Ann")
    seen = run("undo", "Wigan", "--why", "the wrong area", *DAY, "--dry-run")
    assert "Analysis week is on 15 May 2006 again." in seen.err
    assert "Nothing is stored." in seen.err
    answer = run("undo", "Wigan", "--why", "the wrong area", *DAY, "--json")
    assert answer.code == ExitCode.DONE
    assert {"step": "analysis", "title": "Analysis week", "day": "2006-05-15"} in answer.document["steps"]
    assert "it is not called off" in run("undo", "wigan-jar", "--why", "again", *DAY).err


def test_what_is_so_already_is_no_fault(run: Run, published: Engine) -> None:
    run("sign-off", *NOTICE, *DAY, *LEAD)
    logged = run("log", "--json").document
    answer = run("record", *NOTICE, NOTIFIED, *DAY, "--json")
    assert answer.code == ExitCode.DONE
    assert [found["message"] for found in answer.document["already_so"]] == [
        "it happened on 17 October 2005."
    ]
    assert "Nothing is changed." in run("record", *NOTICE, NOTIFIED, *DAY, "--dry-run").err
    assert run("log", "--json").document == logged
