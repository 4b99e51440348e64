"""The pages of appeals: the authority asks and appeals, the inspectorate decides; who sees what (R153, R162)."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from models import session
from services.rating.annual import NewRating, rate
from services.rating.letters import LetterTexts, draft_letter
from tests.rated import AMBER, AREA, DRAFTED, GREEN, RATED_ON, files_of, imported, on
from tests.signing_in import cookies_of, form, sign_in_as
from tests.unit.console.conftest import Clock

APPEAL, PROFILE = "/areas/sheffield/appeal", "/areas/sheffield/profile"


@pytest.fixture
def drafted(console: TestClient, engine: Engine, clock: Clock, tmp_path: Path) -> TestClient:
    """An area has the draft of its letter; it is 28 September 2009."""
    clock.day = date(2009, 9, 28)
    imported(engine, files_of(tmp_path / "files", {**GREEN, **AMBER}), is_filled=True)
    with session(engine) as opened:
        rate(opened, AREA, 2009, NewRating("well", "Ann Lee", "Review of 2009"), on(RATED_ON))
        draft_letter(opened, AREA, 2009, LetterTexts("Schools", "Referral units"), on(DRAFTED))
    return console


def post(browser: TestClient, address: str, **fields: str) -> str:
    return browser.post(address, data=form(browser.cookies["jarcycle"], **fields)).text


def as_role(browser: TestClient, engine: Engine, clock: Clock, role: str) -> TestClient:
    browser.cookies.clear()
    browser.cookies.update(cookies_of(sign_in_as(engine, role, at=clock.at, area_code="sheffield")))
    return browser


def test_an_authority_asks_appeals_and_adds_evidence_and_the_inspectorate_decides(
    drafted: TestClient, engine: Engine, clock: Clock
) -> None:
    assert "There are no appeals." in drafted.get("/appeals").text
    browser = as_role(drafted, engine, clock, "authority")
    assert "Waiver" not in browser.get(APPEAL).text
    assert "a talk about it is offered" in post(browser, APPEAL, note="Why so?")
    as_role(browser, engine, clock, "planner")
    assert "The talk with Sheffield is recorded." in post(
        browser, "/appeals/1/word", note="By telephone", by="Ann Lee"
    )
    as_role(browser, engine, clock, "authority")
    assert "Appeal 1 is lodged." in post(browser, APPEAL, note="Counted wrongly", lodge="yes")
    assert "added to appeal 1" in post(browser, APPEAL, note="The register", evidence="yes")
    page = browser.get(PROFILE).text
    assert "Appeal 1 against the rating of 2009: evidence added" in page
    assert "Next: decide by 26 October 2009." in page
    assert browser.get("/appeals/1").status_code == 403
    as_role(browser, engine, clock, "planner")
    assert "Appeals: 1 lodged, 1 to be decided" in browser.get("/appeals").text
    assert "Under appeal" in browser.get("/ratings").text
    assert "/appeals/1/decide" in browser.get("/actions?q=appeal+1").text
    assert "Appeal 1 of Sheffield is not decided." in post(browser, "/areas/sheffield/letter", final="yes")
    rated_by = {"outcome": "not_upheld", "by": "Ann Lee", "why": "as before"}
    assert "Ann Lee rated the area" in post(browser, "/appeals/1/decide", **rated_by)
    verdict = {"outcome": "upheld", "grade": "excellent", "by": "Bea Roy", "why": "counted anew"}
    assert "Appeal 1 is decided. Tell Sheffield." in post(browser, "/appeals/1/decide", **verdict)
    assert "was told the decision" in post(
        browser, "/appeals/1/word", note="By letter", by="Bea Roy", tell="yes"
    )
    assert "is linked with appeal 1" in post(browser, "/appeals/1/word", complaint="C/12", link="yes")
    page = browser.get("/appeals/1").text
    assert "The area was told: upheld" in page
    assert "C/12" in page
    assert "1 upheld, 0 not upheld." in browser.get("/appeals").text


def test_a_late_appeal_is_late_and_a_planner_waives_that(
    drafted: TestClient, engine: Engine, clock: Clock
) -> None:
    clock.day = date(2009, 10, 13)
    assert "Appeals were to be lodged by 12 October 2009." in post(
        drafted, APPEAL, note="Counted wrongly", lodge="yes"
    )
    waived = {"note": "Counted wrongly", "lodge": "yes", "waiver": "illness"}
    assert "Appeal 1 is lodged." in post(drafted, APPEAL, **waived)
    clock.day = date(2009, 11, 11)
    assert "Late: it was due by 10 November 2009." in drafted.get("/appeals/1").text
    assert drafted.get("/appeals/2").status_code == 404
