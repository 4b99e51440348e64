"""The page of an area's other inspections, and sending their files (R068, R119)."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from console.visitors import COOKIE
from models import Activity, session
from tests.inspections import ADOPTION, CHILDREN, RESULT, WELFARE, files_of, imported
from tests.signing_in import cookies_of, form, sign_in_as
from tests.unit.console.conftest import Clock

PAGE, IMPORT = "/areas/sheffield/inspections", "/inspections/import"


@pytest.fixture(autouse=True)
def day(clock: Clock) -> None:
    """The tests look on 3 April 2006."""
    clock.day = date(2006, 4, 3)


def test_files_are_sent_and_the_statement_shows_them_r119(console: TestClient, tmp_path: Path) -> None:
    """All of it, or nothing and what is wrong."""

    def sent(*inspections: dict[str, str]) -> str:
        folder = files_of(tmp_path, inspections)
        files = [("files", (path.name, path.read_bytes())) for path in sorted(folder.iterdir())]
        return console.post(IMPORT, data=form(console.cookies[COOKIE]), files=files).text

    assert IMPORT in console.get(PAGE).text
    refused = sent(ADOPTION, CHILDREN)
    assert "1 thing to mend" in refused
    assert "1 September 2005 (R011)" in refused
    assert "Due besides the review" not in console.get(PAGE).text
    assert "2 inspections due, no results of settings." in sent(ADOPTION, WELFARE)
    page = console.get(PAGE).text
    assert "Elm House" in page
    assert PAGE in console.get("/areas/sheffield").text


def test_results_of_settings_stand_beside_the_findings_of_their_outcome_r102_r175(
    console: TestClient, engine: Engine, tmp_path: Path
) -> None:
    """With what is judged of the authority that commissions (R103)."""
    with session(engine, read_only=True) as opened:
        review = opened.exec(select(Activity).where(Activity.code == "sheffield-jar")).one()
    page = f"/activities/{review.id}/findings"
    assert "What inspections of settings found" not in console.get(page).text
    imported(engine, files_of(tmp_path, [], [RESULT]))
    text = console.get(page).text
    assert "What inspections of settings found, Staying safe" in text
    assert "Elm House (independent), 10 March 2006" in text
    assert "The authority as commissioner: Placements are reviewed late." in text


def test_an_authority_sees_what_it_was_told_of_r068(
    console: TestClient, stranger: TestClient, engine: Engine, clock: Clock, tmp_path: Path
) -> None:
    """Of its own area, and not the form for files."""
    imported(engine, files_of(tmp_path, [{**ADOPTION, "told_on": "2006-04-03"}, WELFARE]))
    stranger.cookies.update(cookies_of(sign_in_as(engine, "authority", at=clock.at, area_code="sheffield")))
    page = stranger.get(PAGE).text
    assert "By 30 June 2006" in page
    assert "Elm House" not in page
    assert IMPORT not in page
    assert PAGE in stranger.get("/areas/sheffield").text
    assert stranger.get("/areas/york/inspections").status_code in (403, 404)
    assert stranger.get(IMPORT).status_code == 403
