"""Pages of candidates: weeks of an activity and people for its places, from a plan that the console keeps prepared."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from models import Activity, session
from scheduler.candidates.elsewhere import Elsewhere
from tests.unit.console.conftest import Clock

WIGAN = "/activities/wigan-jar/candidates"


@pytest.fixture
def early(console: TestClient, engine: Engine, clock: Clock) -> TestClient:
    """Long before anything begins, with dates that may still move."""
    clock.day = date(2005, 9, 1)
    with session(engine) as opened:
        for row in opened.exec(select(Activity)):
            row.precision = "indicative"
    return console


def test_the_weeks_of_an_activity_are_ranked_and_its_area_links_there(early: TestClient) -> None:
    assert f'href="{WIGAN}"' in early.get("/areas/wigan").text
    page = early.get(WIGAN)
    assert page.status_code == 200
    assert "Weeks for the JAR of Wigan" in page.text
    assert "where it is now" in page.text
    assert "fits with all others where they are" in page.text


def test_the_people_for_a_place_are_ranked_with_why_others_cannot_have_it(early: TestClient) -> None:
    assert f"{WIGAN}?place=leader" in early.get(WIGAN).text
    page = early.get(f"{WIGAN}?place=leader")
    assert page.status_code == 200
    assert "Leader place in the JAR of Wigan" in page.text
    assert "has the place now" in page.text
    assert "does not have the skill" not in page.text


def test_what_is_settled_is_said_to_stay(console: TestClient) -> None:
    """R017: final dates."""
    page = console.get(WIGAN).text
    assert "has final dates: they stay" in page
    assert "No other week than the week of 15 May 2006 is open" in page


def test_a_plan_is_prepared_once_for_all_questions(
    early: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    make = Elsewhere.made
    monkeypatch.setattr(Elsewhere, "made", lambda layout: made.append(1) or make(layout))
    first = early.get(WIGAN).text
    assert early.get(WIGAN).text == first
    early.get("/activities/cheshire-jar/candidates")
    assert made == [1]


@pytest.mark.parametrize(
    "address",
    [
        "/activities/nowhere-jar/candidates",
        f"{WIGAN}?place=juggler",
        "/activities/wigan-ca/candidates?place=leader",
    ],
)
def test_what_there_is_not_is_not_found(console: TestClient, address: str) -> None:
    answer = console.get(address)
    assert answer.status_code == 404
    assert "Page not found" in answer.text


def test_before_a_publication_there_is_nothing_to_ask_about(empty_console: TestClient) -> None:
    answer = empty_console.get(WIGAN)
    assert answer.status_code == 404
    assert "No plan is published yet" in answer.text
