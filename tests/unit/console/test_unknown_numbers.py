"""Whatever stands in an address where a code or a number belongs: the answer says so, and is no failure of ours.

The addresses and their questions are those of the application, so a new page is asked as well.
"""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from services.accounts.roles import OF_AREA, Role
from tests.signing_in import cookies_of, form, sign_in_as
from tests.unit.console.conftest import Clock
from tests.unit.console.named_routes import routes

PART = re.compile(r"\{[^}]+\}")
ASKED = re.compile(r'(?:[?&;]|name=")([a-z_]+)[="]')
UNKNOWN = ("999999", "no-such-thing", "-1", "9" * 30, "0", "\u00b2", "' OR 1=1", "\0", "a/b")
"""A number that nothing has, a word, and what is no number, none that a table takes, or none of ours."""

BOUND = (*OF_AREA, Role.BODY)
STAFF = tuple(role for role in Role if role not in BOUND)


def sign_in(stranger: TestClient, engine: Engine, clock: Clock, *roles: str) -> str:
    """A browser of somebody with these roles, with the links that theirs ask for."""
    links = {"area_code": "sheffield"} if {*roles} & {*OF_AREA} else {}
    links |= {"body_code": "csci"} if Role.BODY in roles else {}
    secret = sign_in_as(engine, *roles, at=clock.at, **links)
    stranger.cookies.update(cookies_of(secret))
    return secret


def quoted(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def addresses(console: TestClient, unknown: str) -> Iterator[tuple[str, str]]:
    """Method and path of every route that has a part, each of them unknown."""
    for route in routes(console):
        if PART.search(route.path):
            yield from ((method, PART.sub(quoted(unknown), route.path)) for method in route.methods)


def answers(console: TestClient, secret: str, unknown: str) -> dict[str, int]:
    """How each of them is answered; a redirection is not followed."""
    found = {}
    for method, path in addresses(console, unknown):
        data = form(secret) if method == "POST" else None
        asked = console.request(method, path, data=data, follow_redirects=False)
        found[f"{method} {path}"] = asked.status_code
    return found


@pytest.mark.parametrize("unknown", UNKNOWN)
def test_an_address_of_nothing_says_so_to_the_inspectorate(
    published_console: TestClient, stranger: TestClient, engine: Engine, clock: Clock, unknown: str
) -> None:
    """A form may be told to be incomplete first; a page is not there."""
    found = answers(stranger, sign_in(stranger, engine, clock, *STAFF), unknown)
    assert len(found) > 150
    assert {name: number for name, number in found.items() if number not in (403, 404, 422)} == {}
    pages = {name: number for name, number in found.items() if name.startswith("GET ")}
    assert {name: number for name, number in pages.items() if number != 404} == {}


@pytest.mark.parametrize("role", BOUND)
def test_an_address_of_nothing_is_no_failure_for_who_is_of_an_area_or_a_body(
    published_console: TestClient, stranger: TestClient, engine: Engine, clock: Clock, role: Role
) -> None:
    found = answers(stranger, sign_in(stranger, engine, clock, role), "999999")
    assert {name: number for name, number in found.items() if number not in (403, 404, 422)} == {}


def questions(console: TestClient) -> Iterator[tuple[str, str]]:
    """Every page that is found without a part, with each name by which it or a link of it asks something."""
    for route in routes(console):
        if "GET" in route.methods and not PART.search(route.path):
            page = console.get(route.path, follow_redirects=False).text
            yield from ((route.path, name) for name in sorted({*ASKED.findall(page)}))


def test_a_question_about_nothing_is_no_failure_on_any_page(
    published_console: TestClient, stranger: TestClient, engine: Engine, clock: Clock
) -> None:
    """Filters, choices and comparisons, one at a time."""
    sign_in(stranger, engine, clock, *STAFF)
    asked = list(questions(stranger))
    assert len(asked) > 50
    failed = [
        f"{path}?{name}={unknown}"
        for path, name in asked
        for unknown in UNKNOWN[:4]
        if stranger.get(path, params={name: unknown}, follow_redirects=False).status_code >= 500
    ]
    assert failed == []


def test_an_address_of_something_is_answered(
    published_console: TestClient, stranger: TestClient, engine: Engine, clock: Clock
) -> None:
    """The acceptance twin, or every 404 above would be one of an address that is misspelt."""
    sign_in(stranger, engine, clock, *STAFF)
    there = ("/areas/sheffield", "/plans/1", "/steps/1", "/people/sheffield-1", "/activities/1/judge")
    assert {path: stranger.get(path).status_code for path in there} == dict.fromkeys(there, 200)
