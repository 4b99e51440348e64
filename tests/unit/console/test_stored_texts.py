"""What people typed is text on every page; odd codes have pages; and no link leads a role to an error."""

import re
from html.parser import HTMLParser

import pytest
from sqlalchemy import Engine, text
from sqlmodel import SQLModel, select
from starlette.testclient import TestClient

from config.codes import in_name
from models import Area, Contact, session
from services.accounts.roles import OF_AREA, Role
from services.casework.advancing import advance
from services.naming.steps import find_step_of
from tests.signing_in import cookies_of, form, sign_in_as
from tests.unit.console.conftest import FIELDWORK_IN_SHEFFIELD, Clock

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'"
SHOWN = {
    "area": ("name", "region"),
    "contact": ("name", "email", "telephone"),
    "inspector": ("name", "email"),
    "step": ("name", "notes", "rule"),
    "body": ("name",),
    "account": ("name",),
    "planversion": ("created_by",),
    "activity": ("contact_name", "contact_email"),
}
"""Columns that people write into, and that no code of ours compares with anything."""


class Links(HTMLParser):
    """Where a page leads within the console, and what a script in it would be."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.scripts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "a" and str(values.get("href")).startswith("/"):
            self.found.add(str(values["href"]))
        if tag in ("script", "img") or any(name.startswith("on") for name in values):
            self.scripts.append(tag)


def crawled(client: TestClient) -> dict[str, str]:
    """Every page that can be reached by links from the first one, with its text; an error page fails."""
    todo, seen = ["/"], dict[str, str]()
    while todo:
        address = todo.pop()
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        is_page = answer.headers["Content-Type"].startswith("text/html") and "/exports/" not in address
        seen[address] = answer.text if is_page else ""
        todo += [link for link in Links(seen[address]).found if link not in seen and link not in todo]
    return seen


def signed_in(stranger: TestClient, engine: Engine, clock: Clock, role: str) -> TestClient:
    links = {"area_code": "sheffield"} if role in OF_AREA else {}
    links |= {"inspector_code": "sheffield-1"} if role in ("inspector", "team_leader") else {}
    stranger.cookies.clear()
    stranger.cookies.update(cookies_of(sign_in_as(engine, role, at=clock.at, **links)))
    return stranger


@pytest.mark.parametrize("role", Role)
def test_every_link_leads_each_role_to_a_page_that_it_may_see(
    published_console: TestClient, stranger: TestClient, engine: Engine, clock: Clock, role: Role
) -> None:
    """R068: an authority finds nothing of other areas by following links."""
    with session(engine) as opened:
        advance(opened, FIELDWORK_IN_SHEFFIELD)
    pages = crawled(signed_in(stranger, engine, clock, role))
    assert len(pages) > 5
    if role in OF_AREA:
        whole = "".join(pages.values())
        assert not re.search("cheshire|wigan|barnet", whole, re.IGNORECASE)
        assert not any(address.startswith(("/plans", "/due", "/messages")) for address in pages)


@pytest.mark.parametrize("role", ["planner", "authority"])
def test_whatever_people_typed_is_text_on_every_page(
    published_console: TestClient, stranger: TestClient, engine: Engine, clock: Clock, role: str
) -> None:
    signed_in(stranger, engine, clock, role)
    with session(engine) as opened:
        advance(opened, FIELDWORK_IN_SHEFFIELD)
        for table, columns in SHOWN.items():
            assert set(columns) <= set(SQLModel.metadata.tables[table].columns.keys())
            for column in columns:
                opened.execute(text(f"UPDATE {table} SET {column} = {column} || :script"), {"script": SCRIPT})
    pages = crawled(stranger)
    assert {address: Links(page).scripts for address, page in pages.items() if Links(page).scripts} == {}
    assert sum("&lt;script&gt;" in page for page in pages.values()) > 3


def test_what_somebody_types_into_a_form_comes_back_as_text(console: TestClient, engine: Engine) -> None:
    with session(engine, read_only=True) as opened:
        number = find_step_of(opened, "sheffield-jar", "notification").id
    fields = dict.fromkeys(("day", "on_behalf_of", "why", "note", "waiver", "waiver_why"), SCRIPT)
    answer = console.post(f"/steps/{number}/sign-off", data=form(console.cookies["jarcycle"], **fields))
    assert answer.status_code == 422
    assert Links(answer.text).scripts == []


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
