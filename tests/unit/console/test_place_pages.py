"""An inspector accepts or declines a place that they are offered; nobody else's (R055)."""

from sqlalchemy import Engine
from starlette.testclient import TestClient

from models import session
from services.casework.offered_places import places_in_teams
from tests.signing_in import cookies_of, form, sign_in_as
from tests.unit.console.conftest import Clock

PATH = "/people/cheshire-1/place?activity=cheshire-jar"


def state(engine: Engine) -> tuple[str, str]:
    with session(engine, read_only=True) as opened:
        place = next(place for place in places_in_teams(opened) if place.inspector == "cheshire-1")
    return place.state, place.why


def test_a_place_is_accepted_then_declined_with_a_reason(
    published_console: TestClient, engine: Engine, clock: Clock
) -> None:
    secret = sign_in_as(engine, "inspector", at=clock.at, inspector_code="cheshire-1")
    published_console.cookies.update(cookies_of(secret))
    assert f'href="{PATH}"' in published_console.get("/people/cheshire-1").text
    assert "has accepted the place in cheshire-jar" in published_console.post(PATH, data=form(secret)).text
    assert "Nothing is changed" in published_console.post(PATH, data=form(secret)).text
    refused = published_console.post(PATH, data=form(secret, decline="yes"))
    assert refused.status_code == 422
    assert '<a href="#why">' in refused.text
    assert state(engine) == ("accepted", "")
    declined = published_console.post(PATH, data=form(secret, decline="yes", why="a holiday is booked"))
    assert "The planner is told." in declined.text
    assert state(engine) == ("declined", "a holiday is booked")


def test_nobody_answers_for_somebody_else(
    published_console: TestClient, engine: Engine, clock: Clock
) -> None:
    secret = sign_in_as(engine, "inspector", at=clock.at, inspector_code="sheffield-1")
    published_console.cookies.update(cookies_of(secret))
    assert published_console.get(PATH).status_code == 404
    assert published_console.post(PATH, data=form(secret)).status_code == 404
    assert state(engine) == ("offered", "")
