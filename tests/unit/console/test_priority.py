"""The page of an area's priority: lines and days for planners, the lines alone for its authority."""

from datetime import date

from sqlalchemy import Engine
from starlette.testclient import TestClient

from models import Area, Rating, session
from tests.signing_in import cookies_of, sign_in_as
from tests.unit.console.conftest import Clock

PAGE = "/areas/sheffield/priority"


def rate(engine: Engine) -> None:
    with session(engine) as opened:
        opened.get_one(Area, "sheffield").is_urgency_given = False
        for measure, value, day in (
            ("cpa_category", "weak", date(2005, 12, 15)),
            ("csci_stars", "0", date(2004, 11, 18)),
        ):
            opened.add(
                Rating(
                    area_code="sheffield", measure=measure, value=value, published_on=day, source="a report"
                )
            )


def test_planners_see_the_lines_their_days_and_points_r023(console: TestClient, engine: Engine) -> None:
    rate(engine)
    assert PAGE in console.get("/areas/sheffield").text
    page = console.get(PAGE).text
    assert "Priority of Sheffield: 10 of 10" in page
    assert "16 December 2005" in page
    assert "Plans are still made with 3" in page


def test_an_index_set_by_hand_shows_its_reason(console: TestClient, engine: Engine) -> None:
    with session(engine) as opened:
        opened.get_one(Area, "sheffield").urgency_source = "a visit in May"
    assert "The concern is set by hand: a visit in May." in console.get(PAGE).text
    assert "No concern has changed." in console.get(PAGE).text


def test_an_authority_sees_its_own_lines_and_nothing_of_plans_r130(
    published_console: TestClient, stranger: TestClient, engine: Engine, clock: Clock
) -> None:
    rate(engine)
    stranger.cookies.update(cookies_of(sign_in_as(engine, "authority", at=clock.at, area_code="sheffield")))
    page = stranger.get(PAGE).text
    assert "CPA category" in page
    assert [word for word in ("Points", "of 10", "plan 1", "Plans are") if word in page] == []
    assert stranger.get("/areas/wigan/priority").status_code == 404
