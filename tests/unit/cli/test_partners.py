"""`circulate` and `contact-point`."""

import pytest
from sqlalchemy import Engine

from cli.shown.exit_codes import ExitCode
from models import Partner, session
from tests.commands import Run
from tests.york import step_of

DAY = ("--as-of", "2006-04-10")


@pytest.fixture
def drafted(published: Engine) -> Engine:
    """Sheffield's draft is out, and two partners are to get it."""
    from datetime import date

    with session(published) as opened:
        for name in ("Connexions", "Police"):
            opened.add(
                Partner(
                    area_code="sheffield", name=name, kind="p", chief_officer="Amy Wye", email="a@p.example"
                )
            )
        step = step_of(opened, "sheffield-jar", "draft_report")
        step.state, step.actual_on = "done", date(2006, 4, 7)
    return published


def test_the_list_is_shown_ticked_and_taken_back(run: Run, drafted: Engine) -> None:
    """R066."""
    shown = run("circulate", "Sheffield")
    assert "Connexions" in shown.out
    assert "Finished 7 April 2006; 0 of 2 have it. It is sent by director of sheffield." in shown.err
    assert "Nothing is stored" in run("circulate", "sheffield-jar", "Police", "--dry-run", *DAY).err
    assert "1 of 2 have it" in run("circulate", "sheffield-jar", "Police", "--on", "2006-04-08", *DAY).err
    everybody = run("circulate", "sheffield-jar", "--all", *DAY, "--json").document[0]
    assert [row["sent_on"] for row in everybody["recipients"]] == ["2006-04-10", "2006-04-08"]
    taken = run("circulate", "sheffield-jar", "Police", "--undo", "--why", "came back", *DAY)
    assert "1 of 2 have it" in taken.err
    assert run("circulate", "sheffield-jar", "--all", "--undo", *DAY).code == ExitCode.USAGE
    assert run("circulate", "sheffield-ca").err == "Nothing of sheffield-ca is circulated.\n"


def test_a_contact_point_is_shown_named_and_given_back_to_the_role(run: Run, published: Engine) -> None:
    """R138."""
    assert run("contact-point", "sheffield-jar").err == "sheffield-jar: Lead Office, lead@ofsted.example\n"
    name = ("--name", "Ann Wren", "--email", "ann@ofsted.example", "--telephone", "020 7946 0103")
    answer = run("contact-point", "sheffield-jar", *name)
    assert answer.err == "sheffield-jar: Ann Wren, ann@ofsted.example, 020 7946 0103\n"
    assert run("contact-point", "sheffield-jar", "--json").document[0]["is_named"] is True
    assert "Lead Office" in run("contact-point", "sheffield-jar", "--by-role").err
    assert run("contact-point", "sheffield-jar", "--by-role", *name).code == ExitCode.USAGE
    assert run("contact-point", "sheffield-jar", "--email", "nobody").code == ExitCode.INVALID_INPUT
