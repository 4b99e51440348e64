"""What is said of the whole programme: a year is confirmed, dates are final, a run for a wrong day is undone."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from models import Activity, Step, session
from services.audit import Word
from services.casework.advancing import advance
from tests.tables import at
from tests.unit.console.conftest import Clock
from tests.unit.console.test_casework_pages import of_review, review, say, told

DAY = date(2005, 12, 1)


@pytest.fixture
def clock() -> Clock:
    return Clock(day=DAY)


@pytest.fixture
def indicative(engine: Engine) -> None:
    """Nothing is confirmed yet."""
    with session(engine) as opened:
        for row in opened.exec(select(Activity)):
            row.precision = "indicative"


def levels(engine: Engine) -> dict[str, str | None]:
    with session(engine, read_only=True) as opened:
        return {row.code: row.precision for row in opened.exec(select(Activity))}


def test_a_year_is_confirmed_and_a_late_one_needs_a_reason(
    console: TestClient, engine: Engine, clock: Clock, indicative: None
) -> None:
    """R016."""
    path = "/programme/confirm"
    assert path in console.get("/actions").text
    assert "to be confirmed by 31 December 2005" in console.get(path).text
    assert say(console, path).status_code == 422
    assert say(console, path, year="FY2005-06").status_code == 303
    known = levels(engine)
    assert (known["wigan-jar"], known["sheffield-jar"]) == ("indicative", "confirmed")
    clock.day = date(2006, 1, 30)
    late = say(console, path, year="FY2006-07")
    assert (late.status_code, 'href="#why"' in late.text) == (422, True)
    assert levels(engine) == known
    assert say(console, path, year="FY2006-07", why="the ministry was late").status_code == 303
    assert levels(engine)["wigan-jar"] == "confirmed"
    say(console, path, year="FY2005-06")
    assert "Nothing is changed." in console.get("/actions").text


def test_what_is_due_is_made_final_and_one_review_by_itself(
    console: TestClient, engine: Engine, indicative: None
) -> None:
    """R017."""
    assert say(console, of_review(engine, "finalise", "wigan-jar")).status_code == 303
    assert review(engine, "wigan-jar").precision == "final"
    assert of_review(engine, "finalise", "sheffield-jar") in told(console)
    assert "sheffield-jar: by " in console.get("/programme/finalise").text
    assert say(console, "/programme/finalise").status_code == 422
    assert say(console, "/programme/finalise", why="late").status_code == 303
    known = levels(engine)
    assert known["sheffield-jar"] == "final"
    say(console, "/programme/finalise")
    assert "Nothing is changed." in console.get("/actions").text


def test_a_run_for_a_wrong_day_is_undone_with_a_reason(
    console: TestClient, engine: Engine, clock: Clock
) -> None:
    assert "None has moved any step" in console.get("/programme/undo-run").text
    wrong = date(2006, 3, 6)
    with session(engine) as opened:
        advance(opened, wrong, Word("tick", at(wrong), wrong))
    assert "/programme/undo-run" in console.get("/history").text
    assert "For 6 March 2006" in console.get("/programme/undo-run").text

    def overdue() -> int:
        with session(engine, read_only=True) as opened:
            return len(opened.exec(select(Step).where(Step.state == "overdue")).all())

    assert overdue()
    assert say(console, "/programme/undo-run").status_code == 422
    assert overdue()
    assert say(console, "/programme/undo-run", why="the clock was lost").status_code == 303
    assert not overdue()
    assert "is undone" in console.get("/history").text
