"""The pages of the years: for planners with everything, for an authority without what would tell its review."""

from datetime import date

import httpx
import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from console.visitors import COOKIE
from models import YearlyAssessment, session
from services.audit import Word
from services.years.made import find_assessment, make_year
from tests.signing_in import cookies_of, form, sign_in_as
from tests.tables import at
from tests.unit.console.conftest import Clock

PAGE = "/areas/sheffield/years"


@pytest.fixture
def year(console: TestClient, engine: Engine, clock: Clock) -> YearlyAssessment:
    """The year 2006, looked at on 20 November; Sheffield's review is out in it."""
    clock.day = date(2006, 11, 20)
    with session(engine) as opened:
        make_year(opened, 2006, Word("planner", at(date(2006, 1, 2)), date(2006, 1, 2)))
        return find_assessment(opened, "sheffield", 2006)


def test_years_are_shown_and_filtered_r021_r107(console: TestClient, year: YearlyAssessment) -> None:
    page = console.get("/years?year=2006&role=review").text
    assert "3 areas to judge by 30 November 2006" in page
    assert PAGE in page
    assert "No assessment fits these filters" in console.get("/years?state=field").text
    assert console.get("/years.csv").status_code == 200


def test_before_a_year_is_made_the_pages_say_so(console: TestClient) -> None:
    assert "No area has a yearly assessment yet" in console.get("/years").text
    assert "This area has no yearly assessment yet" in console.get(PAGE).text
    assert console.get("/assessments/1/judge").status_code == 404


def say(console: TestClient, path: str, **fields: str) -> httpx.Response:
    return console.post(path, data=form(console.cookies[COOKIE], **fields))


def test_what_is_said_of_an_area_s_year_is_on_its_page_r107_r111_r114_r176(
    console: TestClient, year: YearlyAssessment
) -> None:
    path = f"/assessments/{year.id}"
    page = console.get(PAGE).text
    assert f"{path}/return" in page
    assert f"{path}/judge" not in page
    assert (
        "The self-assessment of Sheffield came back."
        in say(console, f"{path}/return", day="28 April 2006").text
    )
    missing = say(console, f"{path}/judge", overall="3", social_care="2")
    assert (missing.status_code, "has no grade for &#39;Education&#39;" in missing.text) == (422, True)
    assert "is judged." in say(console, f"{path}/judge", overall="3", education="3", social_care="2").text
    say(console, f"{path}/input", kind="health_rating", value="two stars", source="a list")
    talk = {"people-director": "yes", "points": "Places for looked-after children", "day": "12 October 2006"}
    say(console, f"{path}/conversation", **talk)
    page = console.get(PAGE).text
    for words in (
        "Judged on 20 November 2006",
        "two stars",
        "Places for looked-after children",
        "APA 2006: JAR",
    ):
        assert words in page


def test_a_field_exercise_in_the_year_of_a_review_is_refused_on_the_page_r113(
    console: TestClient, year: YearlyAssessment
) -> None:
    say(console, f"/assessments/{year.id}/return", day="28 April 2006")
    answer = say(console, f"/assessments/{year.id}/field", day="12 June 2006")
    assert answer.status_code == 422
    assert "is examined in the field in the year of a review" in answer.text


def test_an_authority_sees_its_results_and_not_what_the_year_is_r178(
    console: TestClient, stranger: TestClient, engine: Engine, clock: Clock, year: YearlyAssessment
) -> None:
    say(console, f"/assessments/{year.id}/return", day="28 April 2006")
    say(console, f"/assessments/{year.id}/judge", overall="3", education="3", social_care="2")
    stranger.cookies.clear()
    stranger.cookies.update(cookies_of(sign_in_as(engine, "authority", at=clock.at, area_code="sheffield")))
    page = stranger.get(PAGE).text
    assert "Judged on 20 November 2006" in page
    assert [
        word for word in ("JAR", "Field exercise", "the review supplies", "/assessments/") if word in page
    ] == []
    assert stranger.get("/areas/wigan/years").status_code == 404
    assert stranger.get("/years").status_code == 403
