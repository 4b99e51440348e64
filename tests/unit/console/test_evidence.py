"""The page of an area's evidence, and where it is linked."""

from datetime import date
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from models import EvidenceNeed, session
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


def test_the_file_of_an_item_is_saved_under_its_name_and_never_opened(
    console: TestClient, engine: Engine, clock: Clock, tmp_path: Path
) -> None:
    """What an authority hands in may be anything: a browser saves it."""
    path = tmp_path / 'plän "1".html'
    path.write_text("<script>alert(1)</script>")
    with session(engine) as opened:
        sign(opened, "sheffield-jar", "notification", NOTICE)
        answers.receive(opened, "sheffield-jar", "plans", Receipt(NOTICE, file=path), word(NOTICE))
        numbers = list(opened.exec(select(EvidenceNeed.id)))
    clock.day = date(2006, 1, 10)
    page = console.get("/areas/sheffield/evidence").text
    [number] = [number for number in numbers if f'href="/evidence/{number}/file"' in page]
    answer = console.get(f"/evidence/{number}/file")
    assert answer.content == path.read_bytes()
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''pl%C3%A4n%20%221%22.html"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    [other, *_rest] = [other for other in numbers if other != number]
    assert console.get(f"/evidence/{other}/file").status_code == 404
    assert "no file of it is kept" in console.get(f"/evidence/{other}/file").text
