"""The page of an area says whom to ask, and which partners have the draft."""

from datetime import date

from sqlalchemy import Engine
from starlette.testclient import TestClient

from models import Partner, session
from services.casework.circulation import circulate
from tests.york import step_of, word


def test_the_page_names_whom_to_ask_and_who_has_the_draft(console: TestClient, engine: Engine) -> None:
    """R004, R066, R138."""
    day = date(2006, 4, 7)
    with session(engine) as opened:
        for name in ("Connexions", "Police"):
            opened.add(
                Partner(
                    area_code="sheffield", name=name, kind="p", chief_officer="Amy Wye", email="a@p.example"
                )
            )
        step = step_of(opened, "sheffield-jar", "draft_report")
        step.state, step.actual_on = "done", day
        opened.flush()
        circulate(opened, "sheffield-jar", ["Police"], day, word(day))
    page = console.get("/areas/sheffield").text
    assert "Questions: Lead Office" in page
    assert "1 of 2 have it" in page
    assert "7 April 2006" in page
