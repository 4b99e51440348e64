"""`actions` and `team confirm`."""

import pytest
from sqlalchemy import Engine

from cli.shown.exit_codes import ExitCode
from tests.commands import Run

DAY = ("--as-of", "2005-10-18")


def test_actions_list_what_waits_for_whom(run: Run, published: Engine) -> None:
    found = run("actions", *DAY, "--json").document["actions"]
    late = [own for own in found if own["is_late"] and own["step"]]
    assert {(own["activity"], own["step"], own["action"]) for own in late} == {
        ("sheffield-jar", "notification", "carry out"),
        ("sheffield-jar", "notification", "sign off"),
    }
    assert late[0]["people"][0]["name"] == "Lead Office"
    shown = run("actions", *DAY)
    assert "Sign off:" in shown.out
    assert "late" in shown.err


@pytest.mark.parametrize(
    ("given", "roles"),
    [
        (("Sheffield", "--role", "lead_inspectorate"), {"lead_inspectorate"}),
        (("--person", "Lead Office"), {"lead_inspectorate"}),
        (("--person", "operations@ofsted.example"), {"operations", "audit_commission"}),
    ],
)
def test_actions_are_filtered_by_area_role_and_person(
    run: Run, published: Engine, given: tuple[str, ...], roles: set[str]
) -> None:
    found = run("actions", *given, *DAY, "--json").document["actions"]
    assert {own["role"] for own in found} <= roles
    assert found


def test_actions_of_nobody_are_told(run: Run, published: Engine) -> None:
    assert "Nothing waits for anybody." in run("actions", "--as-of", "2004-08-01").err
    answer = run("actions", "--role", "headmaster", *DAY)
    assert answer.code == ExitCode.INVALID_INPUT
    assert "there is no such role" in answer.err


def test_a_team_is_confirmed_only_after_the_analysis(run: Run, published: Engine) -> None:
    """R061."""
    answer = run("team", "confirm", "sheffield-jar", *DAY)
    assert answer.code == ExitCode.INVALID_INPUT
    assert "Sign off analysis first." in answer.err
    several = run("team", "confirm", "Sheffield", *DAY)
    assert several.code == ExitCode.INVALID_INPUT
    assert "Name one of them: sheffield-ca, sheffield-jar." in several.err


def test_a_confirmed_team_is_named(run: Run, published: Engine) -> None:
    """R061."""
    signed = ("--waiver", "other: for a test", "--by", "Inspector 0.0", "--as-of", "2006-01-13")
    lead = ("--by", "Lead Office", "--as-of", "2005-10-17")
    assert run("sign-off", "sheffield-jar", "notification", *lead).code == ExitCode.DONE
    for name in ("self_assessment", "set_up", "consultation", "analysis"):
        on = {"self_assessment": "2005-12-12", "set_up": "2005-11-14"}.get(name)
        answer = run("sign-off", "sheffield-jar", name, *signed, *(("--on", on) if on else ()))
        assert answer.code == ExitCode.DONE, answer.err
    confirm = ("team", "confirm", "sheffield-jar", "--as-of", "2006-01-13", "--as", "Ann")
    assert "Nothing is stored." in run(*confirm, "--dry-run").err
    assert "Inspector 0.0, Inspector 0.1, Inspector 0.2 and Inspector 0.3" in run(*confirm).err
    assert "Nothing is changed." in run(*confirm).err
    assert "is provisional" in run(*confirm, "--withdraw", "--why", "a slip").err
    assert run(*confirm, "--json").document["is_final"]


def test_fieldwork_is_specified_theme_by_theme(run: Run, published: Engine) -> None:
    """R078, R080."""
    given = ("specify", "sheffield-jar", "education")
    assert run(*given, *DAY).code == ExitCode.USAGE
    assert run("specify", "sheffield-jar", "--no-fieldwork").code == ExitCode.USAGE
    said = run(*given, "--reason", "concern", "--why", "results fell", *DAY, "--as", "Ann")
    assert "Schools and education gets fieldwork (Outcomes cause concern: results fell)." in said.err
    assert "gets no fieldwork" in run("specify", "sheffield-jar", "camhs", "--no-fieldwork", *DAY).err
    refused = run("specify", "sheffield-jar", "safeguarding", "--no-fieldwork", *DAY)
    assert "(R080, R081)" in refused.err
    themes = {own["id"]: own for own in run("specify", "sheffield-jar", "--json").document["themes"]}
    assert (themes["education"]["has_fieldwork"], themes["education"]["decided_by"]) == (True, "Ann")
    assert (themes["camhs"]["has_fieldwork"], themes["safeguarding"]["has_fieldwork"]) == (False, True)
    shown = run("specify", "sheffield-jar")
    assert "7 themes not decided." in shown.err
    assert "no specification" in run("specify", "sheffield-ca").err
