"""The consultation of a review on the page of its area, and what is said of it there (C3; R074, R088, R184)."""

from datetime import date

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from console.visitors import COOKIE
from models import session
from tests.followed import PUBLISHED, report_out, review
from tests.signing_in import form
from tests.unit.console.conftest import Clock

DAY = date(2005, 12, 1)


@pytest.fixture
def clock() -> Clock:
    return Clock(day=DAY)


def test_whatever_is_said_of_a_consultation_has_a_page_and_is_shown(
    console: TestClient, engine: Engine, clock: Clock
) -> None:
    with session(engine, read_only=True) as opened:
        path = f"/activities/{review(opened).id}"

    def say(action: str, **fields: str) -> int:
        data = form(console.cookies[COOKIE], **fields)
        return console.post(f"{path}/{action}", data=data, follow_redirects=False).status_code

    assert say("group", group="homeless") == 422
    assert say("group", group="homeless", grounds="two hostels") == 303
    assert say("group", group="looked_after", drop="yes", why="too many") == 422
    assert say("consulted", group="homeless", name="Survey") == 303
    assert say("survey", chosen="many") == 422
    assert say("survey", chosen="15", why_chosen="all wards", sent="28 November 2005", returned="13") == 303
    assert say("study", place="Tang Hall", grounds="low income", visits_on="30 November 2005") == 303
    assert say("concern") == 303
    assert say("fed-back", whom="children", how="a letter") == 422
    page = console.get("/areas/sheffield").text
    for words in (
        "Consultation, sheffield-jar",
        "13 of 15 schools returned it",
        "Homeless young people (two hostels): Survey, 1 December 2005.",
        "visits 30 November 2005",
        "to be answered or referred by 2 December 2005",
    ):
        assert words in page
    clock.forward(4)
    assert "escalated" in console.get("/areas/sheffield").text
    assert say("concern-closed", concern="") == 422
    assert say("concern-closed", concern="1", referred_to="health") == 303
    with session(engine) as opened:
        report_out(opened)
    clock.day = PUBLISHED
    assert say("fed-back", whom="children", how="a letter") == 303
    assert "Fed back: children, 14 August 2006: a letter." in console.get("/areas/sheffield").text
    assert console.get(f"/activities/{int(path.rpartition('/')[2]) + 1}/survey").status_code == 404
