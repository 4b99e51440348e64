"""The page of an area's evidence, and where it is linked."""

from datetime import date

from sqlalchemy import Engine
from starlette.testclient import TestClient

from models import session
from services.casework.evidence import answers
from services.casework.evidence.kept_files import Receipt
from tests.unit.console.conftest import Clock
from tests.york import sign, word

NOTICE = date(2005, 10, 17)


def test_the_page_has_a_checklist_for_each_step_with_what_is_open_and_late(
    console: TestClient, engine: Engine, clock: Clock
) -> None:
    """R069, R070, R116."""
    with session(engine) as opened:
        sign(opened, "sheffield-jar", "notification", NOTICE)
        answers.receive(
            opened, "sheffield-jar", "plans", Receipt(NOTICE, link="https://council.example/x"), word(NOTICE)
        )
    clock.day = date(2006, 1, 10)
    page = console.get("/areas/sheffield/evidence").text
    assert "Evidence of Sheffield: 4 items late" in page
    assert "5 requests, 0 avoided" in page
    assert "6 items of 7 still to come." in page
    assert 'href="https://council.example/x"' in page
    assert "Late by" in page or "late by" in page
    assert "Headline feedback" not in page
    assert 'href="/areas/sheffield/evidence"' in console.get("/areas/sheffield").text


def test_an_area_without_dates_asks_for_nothing(empty_console: TestClient, engine: Engine) -> None:
    assert empty_console.get("/areas/nowhere/evidence").status_code == 404
