"""`pins`, `pin` and `unpin`: each says what it pins."""

from sqlalchemy import Engine

from cli.shown.exit_codes import ExitCode
from tests.commands import Run

DAY = ("--as-of", "2005-08-01")


def test_pinning_says_what_is_pinned(run: Run, draft: Engine) -> None:
    assert "Nothing is pinned." in run("pins").err
    seen = run("pin", "week", "wigan-jar", "2006-06-14", *DAY, "--dry-run")
    assert "Nothing is stored." in seen.err
    assert "Nothing is pinned." in run("pins").err
    done = run("pin", "week", "wigan-jar", "14 June 2006", *DAY, "--why", "the director asked")
    assert done.code == ExitCode.DONE
    assert "Pinned: wigan-jar begins in the week of 12 June 2006. Solve again." in done.err
    assert (
        "Inspector 0.1 (sheffield-1) is kept off Wigan (wigan)"
        in run("pin", "off", "sheffield-1", "wigan").err
    )
    found = run("pins", "--json").document
    assert [(pin["subject"], pin["monday"], pin["person"]) for pin in found] == [
        ("wigan-jar", "2006-06-12", None),
        ("Wigan (wigan)", None, "sheffield-1"),
    ]


def test_unpinning_says_what_is_no_longer_pinned(run: Run, draft: Engine) -> None:
    run("pin", "week", "wigan-jar", "2006-06-14", *DAY)
    run("pin", "off", "sheffield-1", "wigan")
    assert run("unpin", "week", "wigan-jar").err.startswith("No longer pinned: wigan-jar begins")
    assert run("unpin", "off", "Inspector 0.1", "Wigan").err.startswith("No longer pinned: Inspector 0.1")
    assert run("unpin", "week", "wigan-jar").code == ExitCode.INVALID_INPUT
    assert run("pins", "--json").document == []


def test_a_day_that_is_none_is_wrong_usage(run: Run, draft: Engine) -> None:
    assert run("pin", "week", "wigan-jar", "soon").code == ExitCode.USAGE


def test_a_week_that_is_over_is_refused(run: Run, draft: Engine) -> None:
    answer = run("pin", "week", "wigan-jar", "2006-06-14", "--as-of", "2006-07-03")
    assert answer.code == ExitCode.INVALID_INPUT
    assert "Name a day of a later week." in answer.err


def test_a_place_and_a_team_are_pinned_and_unpinned(run: Run, draft: Engine) -> None:
    done = run("pin", "place", "wigan-jar", "leader", "wigan-0", *DAY)
    assert done.code == ExitCode.DONE
    assert "Pinned: Inspector 2.0 (wigan-0) has the leader place of wigan-jar. Solve again." in done.err
    assert run("pin", "team", "wigan-jar", *DAY).code == ExitCode.INVALID_INPUT
    assert len(run("pin", "team", "wigan-jar", "--plan", "1", "--json", *DAY).document) == 4
    assert next(pin["place"] for pin in run("pins", "--json").document) == "leader"
    assert "No longer pinned" in run("unpin", "place", "wigan-jar", "Inspector 2.0", *DAY).err
    assert len(run("unpin", "team", "wigan-jar", "--json", *DAY).document) == 3
