"""Planners see every place of the published teams with its answer, and give a declined one to a stand-in (R055)."""

from datetime import date

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from console.access_table import ACCESS
from console.concern_pages import PAGES
from models import session
from services.plans.places import accept_place
from services.shown.attention import LEVELS
from services.solves.declining import decline
from services.solves.stand_ins import stand_ins_for
from tests.signing_in import cookies_of, sign_in_as
from tests.unit.console.conftest import Clock
from tests.york import word

DAY = date(2005, 9, 1)


@pytest.fixture
def nearest(engine: Engine) -> str:
    """A place is accepted, another declined; the code of the nearest who could take that."""
    with session(engine) as opened:
        accept_place(opened, "sheffield-jar", "sheffield-2", word(DAY))
        decline(opened, "sheffield-jar", "sheffield-1", word(DAY, "a holiday is booked"))
        return stand_ins_for(opened, "sheffield-jar", "sheffield-1")[0].inspector


def test_a_declined_place_leads_to_what_it_would_mean_that_a_stand_in_gets_it(
    console: TestClient, nearest: str, clock: Clock
) -> None:
    clock.day = DAY
    page = console.get("/offers").text
    assert "12 places: 1 accepted, 1 declined, 10 not answered" in page
    assert "a holiday is booked" in page
    links = [part.split('"')[0].replace("&amp;", "&") for part in page.split('href="')[1:]]
    assign = next(link for link in links if f"person={nearest}" in link)
    assert "instead=sheffield-1" in assign
    assert console.get(assign).status_code == 200
    clock.day = date(2006, 1, 30)
    assert "/assign?" not in console.get("/offers").text
    everybody = next(link for link in links if "/place?code=wigan-jar" in link and link.startswith("/plans/"))
    assert console.get(everybody).status_code == 200
    answer = next(link for link in links if "/people/wigan-1/place?" in link)
    assert console.get(answer).status_code == 200


def test_places_are_filtered_by_answer_area_and_body_and_saved(console: TestClient, nearest: str) -> None:
    declined = console.get("/offers?state=declined").text
    assert "a holiday is booked" in declined
    assert "wigan-jar" not in declined
    assert nearest in console.get("/offers.csv?state=declined").text
    accepted = console.get("/offers.csv?state=accepted").text.splitlines()
    assert len(accepted) == 2
    assert "Accepted" in accepted[1]
    assert len(console.get("/offers.csv?area=wigan").text.splitlines()) == 5
    assert len(console.get("/offers.csv?body=nobody").text.splitlines()) == 1
    assert console.get("/offers.pdf").status_code == 404


@pytest.mark.parametrize(("role", "status"), [("planner", 200), ("viewer", 403), ("team_leader", 403)])
def test_only_planners_have_the_page_and_its_link(
    published_console: TestClient, engine: Engine, clock: Clock, role: str, status: int
) -> None:
    published_console.cookies.update(cookies_of(sign_in_as(engine, role, at=clock.at)))
    assert published_console.get("/offers").status_code == status
    assert ('href="/offers"' in published_console.get("/people").text) == (status == 200)


def test_before_a_publication_there_is_nothing_to_answer(empty_console: TestClient) -> None:
    assert 'href="/plans"' in empty_console.get("/offers").text


def test_the_first_page_leads_from_each_concern_to_the_page_that_helps(
    console: TestClient, engine: Engine, nearest: str, clock: Clock
) -> None:
    page = console.get("/").text
    assert "1 place in a team was declined. Give each to a stand-in." in page
    assert "jarcycle offers" not in page
    assert 'href="/offers?state=declined"' in page
    assert 'href="/solves/new"' in page  # a declined place makes the plan stale
    console.cookies.update(cookies_of(sign_in_as(engine, "viewer", at=clock.at)))
    page = console.get("/").text
    assert "was declined" in page
    assert "/offers" not in page
    assert "/solves/new" not in page


def test_late_confirmations_lead_to_the_pages_that_set_dates() -> None:
    """R016, R017."""
    assert [PAGES[f"not-{level}"][0] for level in LEVELS.values()] == [
        "/programme/confirm",
        "/programme/finalise",
    ]
    assert {f"GET {address}" for address, _words in PAGES.values()} <= ACCESS.keys()
