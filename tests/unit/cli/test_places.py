"""`offers`, `accept`, `decline` and `leave`."""

import pytest
from sqlalchemy import Engine

from cli.shown.exit_codes import ExitCode
from tests.commands import Run

DAY = ("--as-of", "2005-09-01")
PLACE = ("sheffield-jar", "Inspector 0.1")


def test_a_place_is_offered_accepted_or_declined(run: Run, published: Engine) -> None:
    assert run("offers").err == "12 places: 0 accepted, 0 declined, 12 not answered.\n"
    accepted = run("accept", "Sheffield", "Inspector 0.2", *DAY)
    assert "Inspector 0.2 has accepted the place" in accepted.err
    declined = run("decline", *PLACE, "--why", "ill", *DAY)
    assert declined.code == ExitCode.DONE
    assert "Inspector 0.1 has declined the place" in declined.err
    assert "Could stand in, the nearest first" in declined.out
    assert run("offers").err == "12 places: 1 accepted, 1 declined, 10 not answered.\n"
    found = run("offers", "--area", "sheffield", "--json").document
    states = {row["place"]["inspector"]: len(row["stand_ins"]) for row in found}
    assert states == {"sheffield-0": 0, "sheffield-1": 5, "sheffield-3": 0}
    assert "1 place in a team was declined" in run("status", *DAY).err


def test_declining_needs_a_reason_and_a_dry_run_stores_nothing(run: Run, published: Engine) -> None:
    assert "needs a reason" in run("decline", *PLACE, *DAY).err
    assert run("decline", *PLACE, "--why", "ill", "--dry-run", *DAY).code == ExitCode.DONE
    assert "0 declined" in run("offers").err


def test_leave_is_entered_by_day_shown_and_withdrawn(run: Run, published: Engine) -> None:
    entered = run("leave", "sheffield-1", "2006-01-09", "2006-01-13", *DAY)
    assert "9 to 13 January 2006, is entered" in entered.err
    assert "They have a place then in sheffield-jar" in entered.err
    assert "Made from older facts now: plan 1, 2" in entered.err
    assert run("leave", *DAY, "--json").document[0]["last_day"] == "2006-01-13"
    assert "sheffield-1" in run("leave", "sheffield-1", *DAY).out
    assert "is withdrawn" in run("leave", "sheffield-1", "2006-01-09", "--withdraw", *DAY).err
    assert run("leave", *DAY).err == "No leave is known.\n"


@pytest.mark.parametrize(
    "words", [("--withdraw",), ("sheffield-1", "2006-01-09", "2006-01-10", "--withdraw")]
)
def test_withdrawing_needs_the_first_day_alone(run: Run, published: Engine, words: tuple[str, ...]) -> None:
    assert run("leave", *words, *DAY).code == ExitCode.USAGE
