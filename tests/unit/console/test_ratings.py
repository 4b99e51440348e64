"""The pages of profiles and ratings: who sees what when, what is asked, and what follows (R151, R156, R158, R159)."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from tests.rated import AMBER, DRAFTED, GREEN, PUBLISHED, RED_ADOPTION, files_of, imported
from tests.signing_in import cookies_of, form, sign_in_as
from tests.unit.console.conftest import Clock

PROFILE = "/areas/sheffield/profile"


@pytest.fixture(autouse=True)
def in_2009(clock: Clock) -> None:
    clock.day = DRAFTED


def post(console: TestClient, address: str, **fields: str) -> str:
    return console.post(address, data=form(console.cookies["jarcycle"], **fields)).text


def as_role(stranger: TestClient, engine: Engine, clock: Clock, role: str) -> TestClient:
    stranger.cookies.clear()
    stranger.cookies.update(cookies_of(sign_in_as(engine, role, at=clock.at, area_code="sheffield")))
    return stranger


def rated(console: TestClient) -> None:
    fields = {"grade": "well", "by": "Ann Lee", "plan_review": "Review of 2009"}
    assert "Sheffield is rated in 2009." in post(console, "/areas/sheffield/rate", **fields)


def test_the_page_has_every_test_with_its_figures_and_flags_small_numbers(
    console: TestClient, engine: Engine, tmp_path: Path
) -> None:
    """R158, R195: adoption, n = 1, is flagged and not hidden; both texts of the priority action are there."""
    assert "There is no profile of Sheffield yet." in console.get(PROFILE).text
    shares = {**GREEN, **RED_ADOPTION, "childrens_homes": (0, 0)}
    imported(engine, files_of(tmp_path / "files", shares), is_filled=True)
    page = console.get(PROFILE).text
    assert "What the profile allows: performs well at best" in page
    assert "not: Adoption services, n = 1" in page
    assert "0 of 1 (0.0 %), red; a small number, n = 1" in page
    assert "no inspections" in page
    assert "until 31 March 2010" in page
    assert "from 1 April 2010" in page
    assert "Lead Office" in page
    assert console.get(f"{PROFILE}?quarter=2009-Q2").status_code == 404
    assert console.get(f"{PROFILE}?quarter=summer").status_code == 404
    assert "Profile of Sheffield, 2009-Q3" in console.get(f"{PROFILE}?quarter=2009-Q3").text


def test_before_there_were_rules_the_page_says_so(
    console: TestClient, engine: Engine, clock: Clock, tmp_path: Path
) -> None:
    imported(engine, files_of(tmp_path / "files"), is_filled=True)
    clock.day = date(2006, 1, 30)
    assert "No rules for ratings hold on 30 January 2006" in console.get(PROFILE).text


def test_a_rating_and_its_letter_are_written_on_pages_and_seen_by_the_authority_from_the_draft_on(
    console: TestClient, stranger: TestClient, engine: Engine, clock: Clock, tmp_path: Path
) -> None:
    """R151."""
    imported(engine, files_of(tmp_path / "files", {**GREEN, **AMBER}), is_filled=True)
    assert "8 of 9 (88.9 %)" in console.get("/areas/sheffield/rate").text
    assert "Choose one of" in post(console, "/areas/sheffield/rate", grade="", by="Ann", plan_review="x")
    rated(console)
    assert "Decided by Ann Lee" not in as_role(stranger, engine, clock, "authority").get(PROFILE).text
    as_role(stranger, engine, clock, "planner")
    assert "The letter names no strengths" in post(console, "/areas/sheffield/letter")
    texts = {"strengths": "Schools improve.", "improvements": "Referral units."}
    assert "Sheffield has the draft of its letter." in post(console, "/areas/sheffield/letter", **texts)
    assert "Schools improve." in console.get("/areas/sheffield/letter").text
    seen = as_role(stranger, engine, clock, "authority").get(PROFILE).text
    assert "Draft letter" in seen
    assert "Schools improve." in seen
    as_role(stranger, engine, clock, "planner")
    assert "The letter to Sheffield is final." in post(console, "/areas/sheffield/letter", final="yes")
    clock.day = PUBLISHED
    assert "Published on 9 December 2009" in console.get("/ratings").text


def test_the_authority_asks_about_data_and_the_answer_is_on_its_page(
    console: TestClient, stranger: TestClient, engine: Engine, clock: Clock, tmp_path: Path
) -> None:
    """R156, R159."""
    imported(engine, files_of(tmp_path / "files"), is_filled=True)
    as_role(stranger, engine, clock, "authority")
    assert "Lead Office answers." in stranger.get("/areas/sheffield/query").text
    assert "Nothing is asked." in post(stranger, "/areas/sheffield/query")
    assert "Query 1 is asked." in post(stranger, "/areas/sheffield/query", question="Youth service missing")
    assert "Due by 28 September 2009" in stranger.get(PROFILE).text
    assert stranger.get("/queries/1/answer").status_code == 403
    clock.day = date(2009, 9, 29)
    as_role(stranger, engine, clock, "planner")
    assert "Late: was due by 28 September 2009" in console.get(PROFILE).text
    assert "There is no answer." in post(console, "/queries/1/answer")
    assert "Query 1 is answered." in post(console, "/queries/1/answer", answer="It is there now.")
    assert "It is there now." in as_role(stranger, engine, clock, "authority").get(PROFILE).text
    as_role(stranger, engine, clock, "planner")
    assert console.get("/queries/7/answer").status_code == 404


def test_profiles_are_sent_on_the_page_of_ratings(
    console: TestClient, engine: Engine, tmp_path: Path
) -> None:
    assert "There are no profiles and no ratings yet." in console.get("/ratings").text
    folder = files_of(tmp_path / "files")

    def sent() -> str:
        files = [("files", (path.name, path.read_bytes())) for path in sorted(folder.iterdir())]
        return console.post("/ratings/profiles", data=form(console.cookies["jarcycle"]), files=files).text

    assert "1 profile added, 0 changed, 0 as before." in sent()
    assert "Performs excellently" in console.get("/ratings").text
    groups = folder / "profile_groups.csv"
    groups.write_text(groups.read_text().replace("adoption,1,1", "adoption,1,2"))
    assert "2 of 1 is more than all." in sent()
