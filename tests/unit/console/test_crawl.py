"""Every kind of link of every page, followed as each role: none leads to an error, or to what the role may not see."""

import re

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from models import session
from services.accounts.roles import OF_AREA, Role
from services.casework.advancing import advance
from tests.signing_in import cookies_of, sign_in_as
from tests.unit.console.conftest import FIELDWORK_IN_SHEFFIELD, Clock
from tests.unit.console.crawling import crawl


@pytest.mark.parametrize("role", Role)
def test_no_link_leads_to_an_error_or_to_what_a_role_may_not_see(
    published_console: TestClient,
    stranger: TestClient,
    engine: Engine,
    clock: Clock,
    is_long: bool,
    role: Role,
) -> None:
    """R068: an authority finds nothing of other areas by following links."""
    with session(engine) as opened:
        advance(opened, FIELDWORK_IN_SHEFFIELD)
    links = {"area_code": "sheffield"} if role in OF_AREA else {}
    links |= {"inspector_code": "sheffield-1"} if role in (Role.INSPECTOR, Role.TEAM_LEADER) else {}
    links |= {"body_code": "csci"} if role is Role.BODY else {}
    stranger.cookies.update(cookies_of(sign_in_as(engine, role, at=clock.at, **links)))
    found = crawl(stranger, 4 if is_long else 2)
    assert found.wrong == {}
    assert len(found.pages) > (5 if role in OF_AREA else 20 if role is Role.BODY else 30)
    if role in OF_AREA:
        assert not re.search("cheshire|wigan|barnet", "".join(found.pages.values()), re.IGNORECASE)
        assert not any(address.startswith(("/plans", "/due", "/messages")) for address in found.pages)
