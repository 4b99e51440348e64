"""Every link of every page, followed as each role: none leads to an error, and none to what the role may not see."""

import re
from collections import deque
from html import unescape

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from services.accounts.roles import OF_AREA, Role
from tests.signing_in import cookies_of, sign_in_as
from tests.unit.console.conftest import Clock

LINK = re.compile(r'(?:href|src)="(/[^"#]*)')
MANY_ALIKE = ("/exports/", "/plans/1/move?", "/plans/1/assign?", "/plans/1/place?", "/steps/")
"""Beginnings of links of which there are many of the same page: the first few stand for all."""
FEW = 6
ENOUGH = 250


def crawl(browser: TestClient) -> tuple[dict[str, int], dict[str, str]]:
    """The answer's number by address, and for what is no success from where it was linked."""
    seen: dict[str, int] = {}
    wrong: dict[str, str] = {}
    counted: dict[str, int] = {}
    todo = deque([("/", "")])
    while todo and len(seen) < ENOUGH:
        address, source = todo.popleft()
        alike = next((start for start in MANY_ALIKE if address.startswith(start)), "")
        if address in seen or (alike and counted.get(alike, 0) >= FEW):
            continue
        counted[alike] = counted.get(alike, 0) + 1
        answer = browser.get(address)
        seen[address] = answer.status_code
        if answer.status_code != 200:
            wrong[address] = source
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            todo.extend((unescape(link), address) for link in LINK.findall(answer.text))
    return seen, wrong


@pytest.mark.parametrize("role", Role)
def test_no_link_leads_to_an_error(
    stranger: TestClient, engine: Engine, clock: Clock, role: Role, published_console: TestClient
) -> None:
    """Nobody is shown a link to a page that their role may not open."""
    links = {"area_code": "sheffield"} if role in OF_AREA else {}
    stranger.cookies.update(cookies_of(sign_in_as(engine, role, at=clock.at, **links)))
    seen, wrong = crawl(stranger)
    assert wrong == {}
    assert len(seen) > (5 if role in OF_AREA else 30)
    if role in OF_AREA:
        assert not [address for address in seen if "wigan" in address or "cheshire" in address]
