"""Critical events on the page of all and on that of an area: by kind and number, with decisions and terms (R095)."""

from datetime import date
from pathlib import Path

from sqlalchemy import Engine
from starlette.testclient import TestClient

from models import Programme, session
from services.events.deciding import Verdict, decide
from services.events.event_log import NewEvent, add_event
from tests.special import REQUEST_ON, SPECIAL, on, requested, terms


def test_the_pages_say_what_happened_and_what_was_decided(console: TestClient, engine: Engine) -> None:
    """School into special measures on 3 May 2006: on the agenda of the APA 2006."""
    assert "No events are recorded." in console.get("/events").text
    day = date(2006, 5, 3)
    with session(engine) as opened:
        new = NewEvent("sheffield", "special_measures", day, "Ofsted's letter", "serious", "SM/12")
        number = add_event(opened, new, on(day)).id or 0
    assert "1 event to decide about" in console.get("/events").text
    with session(engine) as opened:
        decide(opened, number, Verdict("watch", "Ofsted"), on(day, "the plan of the school is good"))
    for address in ("/events", "/areas/sheffield"):
        page = console.get(address).text
        assert "School in special measures, number SM/12" in page
        assert "On the APA 2006 agenda" in page
        assert "the plan of the school is good" in page
    assert "Critical events" not in console.get("/areas/wigan").text


def test_the_page_of_an_area_has_the_terms_of_a_special_review_with_each_waiver(
    console: TestClient, engine: Engine, tmp_path: Path
) -> None:
    """R094."""
    with session(engine) as opened:
        opened.get_one(Programme, 1).last_start_on = date(2008, 12, 31)
        verdict = Verdict("special-review", "Ofsted", terms=terms(tmp_path))
        decide(opened, requested(opened), verdict, on(REQUEST_ON, "requested"))
    page = console.get("/areas/sheffield").text
    assert f"Special review {SPECIAL}: Staying safe" in page
    assert "4 rules of the long form set aside (Critical event: requested after the trial)" in page
    assert "no clear weeks lie before it" in page
    assert "Terms approved by The Secretary of State" in page
