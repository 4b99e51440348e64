"""What people typed is text on every page, and odd codes have pages."""

from html.parser import HTMLParser

import pytest
from sqlalchemy import Engine, text
from sqlmodel import select
from starlette.testclient import TestClient

from config.codes import in_name
from models import Area, Contact, session
from services.accounts.roles import OF_AREA
from services.casework.advancing import advance
from services.naming.steps import find_step_of
from tests.signing_in import cookies_of, form, sign_in_as
from tests.typed_texts import type_everywhere
from tests.unit.console.conftest import FIELDWORK_IN_SHEFFIELD, Clock
from tests.unit.console.crawling import crawl
from tests.unit.console.test_pages import OUR_SCRIPT

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'"
ADDRESSES = (("contact", "email"), ("inspector", "email"), ("activity", "contact_email"))
"""Where mail goes: pages show it, too."""


class Scripts(HTMLParser):
    """What in a page would be a script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script" and dict(attrs) == OUR_SCRIPT:
            return
        if tag in ("script", "img") or any(name.startswith("on") for name, _value in attrs):
            self.found.append(tag)


def signed_in(stranger: TestClient, engine: Engine, clock: Clock, role: str) -> TestClient:
    links = {"area_code": "sheffield"} if role in OF_AREA else {}
    links |= {"inspector_code": "sheffield-1"} if role in ("inspector", "team_leader") else {}
    stranger.cookies.clear()
    stranger.cookies.update(cookies_of(sign_in_as(engine, role, at=clock.at, **links)))
    return stranger


@pytest.mark.parametrize("role", ["planner", "authority"])
def test_whatever_people_typed_is_text_on_every_page(
    published_console: TestClient, stranger: TestClient, engine: Engine, clock: Clock, role: str
) -> None:
    signed_in(stranger, engine, clock, role)
    with session(engine) as opened:
        advance(opened, FIELDWORK_IN_SHEFFIELD)
        type_everywhere(opened, behind=SCRIPT)
        for table, column in ADDRESSES:
            opened.execute(text(f"UPDATE {table} SET {column} = {column} || :script"), {"script": SCRIPT})
    pages = crawl(stranger, most_alike=4).pages
    assert {address: Scripts(page).found for address, page in pages.items() if Scripts(page).found} == {}
    assert sum("&lt;script&gt;" in page for page in pages.values()) > 3


def test_what_somebody_types_into_a_form_comes_back_as_text(console: TestClient, engine: Engine) -> None:
    with session(engine, read_only=True) as opened:
        number = find_step_of(opened, "sheffield-jar", "notification").id
    fields = dict.fromkeys(("day", "on_behalf_of", "why", "note", "waiver", "waiver_why"), SCRIPT)
    answer = console.post(f"/steps/{number}/sign-off", data=form(console.cookies["jarcycle"], **fields))
    assert answer.status_code == 422
    assert Scripts(answer.text).found == []


@pytest.mark.parametrize("code", ["α/β", "a#1", "50%", "a b?c=d", "x.ics"])
def test_an_area_of_any_code_has_its_pages_and_files(console: TestClient, engine: Engine, code: str) -> None:
    """Databases of earlier versions hold codes that an import would refuse today."""
    with session(engine) as opened:
        row = opened.exec(select(Area).where(Area.code == "wigan")).one()
        opened.add(Area(**{**row.model_dump(), "code": code, "gss_code": "E1", "name": "Odd"}))
        opened.add(Contact(area_code=code, role="director", name="Dee", email="d@odd.example"))
    for path in ("/areas/{}", "/areas/{}/evidence", "/exports/area-{}.ics", "/exports/area-{}.csv"):
        answer = console.get(path.format(in_name(code)))
        assert answer.status_code == 200, path
        assert "Odd" in answer.text or "csv" in path
