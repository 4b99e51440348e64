"""Who gets in: nobody without a sign-in, each role to its own routes, no form without its token, nothing too long."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from console.access import rule_name
from console.access_table import ACCESS, OF_A_STEP, OF_AN_AREA
from console.visitors import form_token, is_form_token
from models import AuditEntry, session
from services.accounts.roles import OF_AREA, OF_INSPECTORATE, Role
from services.naming.steps import find_step_of
from tests.signing_in import cookies_of, form, sign_in_as
from tests.unit.console.conftest import Clock
from tests.unit.console.named_routes import routes

PARTS = {
    "{code:path}": "sheffield",
    "{number}": "1",
    "{need}": "1",
    "{activity}": "1",
    "{action}": "receive",
    "{version}": "1",
    "{kind}": "ics",
    "{secret}": "x" * 43,
    "{occasion}": "notice",
    "{side}": "authority",
    "{evaluation}": "assessment-2009",
    "{summary}": "2004-discussion",
    "{development}": "2005-reviews",
    "{task}": "principles",
    "{part}": "start",
    "inspector-sheffield": "inspector-sheffield-1",
    "leader-sheffield": "leader-sheffield-0",
    "body-sheffield": "body-csci",
}
ENDS_VISIT = (
    "POST /sign-out",
    "POST /account/sign-out-everywhere",
    "POST /accounts/{number}/password",
)
GUARDED = [name for name, rule in ACCESS.items() if not rule.is_open]


def address(name: str, area: str = "sheffield") -> str:
    path = name.partition(" ")[2]
    for part, value in PARTS.items():
        path = path.replace(part, value)
    return path.replace("/areas/sheffield", f"/areas/{area}").replace("area-sheffield", f"area-{area}")


def browser(stranger: TestClient, engine: Engine, clock: Clock, *roles: str, **account: str) -> str:
    """Sign in in this browser, and give its secret."""
    secret = sign_in_as(engine, *roles, at=clock.at, **account)
    stranger.cookies.clear()
    stranger.cookies.update(cookies_of(secret))
    return secret


def ask(client: TestClient, name: str, secret: str = "", area: str = "sheffield") -> int:
    """The answer's number; a redirection is not followed."""
    method, path = name.split()[0], address(name, area)
    data = form(secret) if method == "POST" and secret else None
    return client.request(method, path, data=data, follow_redirects=False).status_code


def test_every_route_is_in_the_table_and_the_table_names_no_other(console: TestClient) -> None:
    found = {rule_name(method, route.path) for route in routes(console) for method in route.methods}
    assert len(found) > 25
    assert found == set(ACCESS)


def test_no_route_lets_the_framework_read_what_was_sent_before_it_is_admitted(console: TestClient) -> None:
    assert [route.path for route in routes(console) if route.body_field is not None] == []


@pytest.mark.parametrize("name", GUARDED)
def test_without_a_sign_in_every_page_leads_there(
    published_console: TestClient, stranger: TestClient, name: str
) -> None:
    stranger.cookies.clear()
    answer = stranger.request(name.split()[0], address(name), follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/sign-in")
    assert answer.text == ""


@pytest.mark.parametrize("role", Role)
def test_each_role_gets_to_its_routes_and_to_no_other(
    published_console: TestClient, stranger: TestClient, engine: Engine, clock: Clock, role: Role
) -> None:
    """What a role may not ask for is 403; what is not of one's area is 404."""
    links = {"area_code": "sheffield"} if role in OF_AREA else {}
    links |= {"body_code": "csci"} if role is Role.BODY else {}
    secret = browser(stranger, engine, clock, role, **links)
    refused, let_in = set(), set()
    for name in GUARDED:
        if name in ENDS_VISIT and role in ACCESS[name].roles:
            continue
        (refused if ask(stranger, name, secret) == 403 else let_in).add(name)
    assert refused == {
        name for name in GUARDED if role not in ACCESS[name].roles and not ACCESS[name].is_hidden
    }
    assert let_in


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PREPARATION])
def test_of_a_hidden_page_nobody_else_learns_that_it_is_there(
    published_console: TestClient, stranger: TestClient, engine: Engine, clock: Clock, role: Role
) -> None:
    """C17: an inspectorate user opens the page: 404, the same as of an address that is none."""
    links = {"area_code": "sheffield"} if role in OF_AREA else {}
    secret = browser(stranger, engine, clock, role, **links)
    hidden = [name for name in GUARDED if ACCESS[name].is_hidden]
    assert {ask(stranger, name, secret) for name in hidden} == {404}
    there, nowhere = stranger.get("/preparation").text, stranger.get("/nowhere-at-all").text
    assert without_tokens(there) == without_tokens(nowhere).replace("/nowhere-at-all", "/preparation")
    assert "preparation" not in stranger.get("/", follow_redirects=True).text.casefold()


def without_tokens(page: str) -> str:
    """A page without what differs each time."""
    return re.sub(r'value="[0-9a-f]{64,}"', "", page)


@pytest.mark.parametrize("role", OF_AREA)
@pytest.mark.parametrize("name", [name for name in GUARDED if ACCESS[name] == OF_AN_AREA])
def test_an_authority_sees_its_own_area_and_no_other(
    published_console: TestClient, stranger: TestClient, engine: Engine, clock: Clock, role: Role, name: str
) -> None:
    browser(stranger, engine, clock, role, area_code="sheffield")
    assert ask(stranger, name) == 200
    assert ask(stranger, name, area="cheshire") == 404
    assert ask(stranger, name, area="atlantis") == 404


@pytest.mark.parametrize("name", [name for name in GUARDED if ACCESS[name] == OF_A_STEP])
def test_an_authority_asks_of_no_step_of_another_area_nor_of_one_that_is_not_announced(
    published_console: TestClient,
    stranger: TestClient,
    engine: Engine,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    """R068."""
    secret = browser(stranger, engine, clock, "authority", area_code="sheffield")
    method, path = name.split()

    def status(number: int | None) -> int:
        data = form(secret) if method == "POST" else None
        return stranger.request(method, path.replace("{number}", str(number)), data=data).status_code

    with session(engine, read_only=True) as opened:
        theirs, others = (
            find_step_of(opened, f"{area}-jar", "set_up").id for area in ("sheffield", "cheshire")
        )
    assert status(theirs) in (200, 422)
    assert (status(others), status(10**12)) == (404, 404)
    monkeypatch.setattr("config.framework.Framework.is_announced", lambda _self, _done: False)
    assert status(theirs) == 404


@pytest.mark.parametrize(
    "name", [name for name in ACCESS if name.startswith("POST /") and "hooks" not in name]
)
@pytest.mark.parametrize("token", [None, "", "0" * 64])
def test_no_form_is_taken_without_the_token_of_our_own_page(
    published_console: TestClient,
    stranger: TestClient,
    engine: Engine,
    clock: Clock,
    name: str,
    token: str | None,
) -> None:
    everything = ("planner", "operator", "publisher", "authority")
    roles = ("preparation",) if ACCESS[name].is_hidden else everything
    browser(stranger, engine, clock, *roles, area_code="sheffield")
    before = entries(engine)
    data = {} if token is None else {"form_token": token}
    answer = stranger.post(address(name), data={"x": "1", **data}, follow_redirects=False)
    assert answer.status_code == 403
    assert "not from our page" in answer.text
    assert entries(engine) == before
    assert stranger.get("/account").status_code == 200


def test_the_token_of_another_browser_is_none(
    published_console: TestClient, stranger: TestClient, engine: Engine, clock: Clock
) -> None:
    other = sign_in_as(engine, "planner", at=clock.at)
    browser(stranger, engine, clock, "planner")
    assert stranger.post("/sign-out", data=form(other)).status_code == 403


def entries(engine: Engine) -> int:
    with session(engine, read_only=True) as opened:
        return len(opened.exec(select(AuditEntry)).all())


def test_what_is_too_long_is_refused_before_it_is_read(
    published_console: TestClient, stranger: TestClient, engine: Engine, clock: Clock
) -> None:
    secret = browser(stranger, engine, clock, "planner")
    told = {"Content-Length": str(300_000_000), "Content-Type": "application/x-www-form-urlencoded"}
    assert stranger.post("/sign-in", content=b"x", headers=told).status_code == 413
    endless = (b"x" * 10_000 for _ in range(10))
    untold = {"Content-Type": "application/x-www-form-urlencoded"}
    assert stranger.post("/sign-in", content=endless, headers=untold).status_code == 413
    many = form(secret, **{f"field-{number}": "x" for number in range(400)})
    assert stranger.post("/sign-in", data=many).status_code == 413


def test_a_form_of_another_kind_is_refused(
    published_console: TestClient, stranger: TestClient, engine: Engine, clock: Clock
) -> None:
    browser(stranger, engine, clock, "planner")
    assert stranger.post("/sign-out", json={"form_token": "x"}).status_code == 415


@pytest.mark.parametrize("name", [name for name in ACCESS if name.startswith("GET ")])
def test_head_is_answered_like_get_without_content(console: TestClient, name: str) -> None:
    whole = console.get(address(name), follow_redirects=False)
    head = console.head(address(name), follow_redirects=False)
    assert head.status_code == whole.status_code
    assert head.content == b""
    assert head.headers["Content-Type"] == whole.headers["Content-Type"] if whole.content else True


def test_a_visit_ends_after_an_hour_without_a_word_and_after_half_a_day(
    console: TestClient, clock: Clock
) -> None:
    started = clock.at
    for _ in range(15):
        clock.at += timedelta(minutes=50)
        expected = 200 if clock.at - started <= timedelta(hours=12) else 303
        assert console.get("/due", follow_redirects=False).status_code == expected
    clock.at = started + timedelta(minutes=10)
    assert console.get("/due", follow_redirects=False).status_code == 200


def test_an_hour_without_a_word_ends_a_visit(console: TestClient, clock: Clock) -> None:
    clock.at += timedelta(minutes=61)
    assert console.get("/due", follow_redirects=False).status_code == 303


def test_an_authority_is_led_to_its_area_and_sees_nothing_that_is_not_announced(
    published_console: TestClient, stranger: TestClient, engine: Engine, clock: Clock
) -> None:
    """R068: nor other areas, nor who of the inspectorate is where."""
    browser(stranger, engine, clock, "authority", area_code="sheffield")
    answer = stranger.get("/")
    assert answer.url.path == "/areas/sheffield"
    assert "Cheshire" not in answer.text
    assert "Inspector 0" not in answer.text
    assert 'href="/plans"' not in answer.text
    assert "Prefect" not in answer.text


def test_for_an_authority_steps_of_unannounced_activities_are_not_there(
    published_console: TestClient,
    stranger: TestClient,
    engine: Engine,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """R068: neither on the page nor in files nor in the checklist of evidence."""
    monkeypatch.setattr("config.framework.Framework.is_announced", lambda _self, _done: False)
    browser(stranger, engine, clock, "authority", area_code="sheffield")
    page = stranger.get("/areas/sheffield").text
    assert "Nothing is announced for your area yet" in page
    assert "sheffield-jar" not in page + stranger.get("/areas/sheffield/evidence").text
    for kind in ("csv", "svg", "html", "ics"):
        assert "sheffield-jar" not in stranger.get(f"/exports/area-sheffield.{kind}").text
        assert "analysis" not in stranger.get(f"/exports/area-sheffield.{kind}").text.lower()


@pytest.mark.parametrize("path", ["/?weeks=abc", "/?weeks=1", "/map?colour=blue"])
def test_what_cannot_be_understood_in_an_address_is_a_page_with_advice(
    console: TestClient, path: str
) -> None:
    answer = console.get(path)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "cannot be understood" in answer.text


@pytest.mark.parametrize("path", ["/%ED%A0%80", "/areas/%ED%A0%80", "/actions?role=%ED%A0%80", "/areas/%00"])
def test_half_a_letter_in_an_address_is_no_fault_of_ours(console: TestClient, path: str) -> None:
    assert console.get(path).status_code == 404


def test_what_may_not_be_sent_is_a_page(console: TestClient) -> None:
    answer = console.post("/due")
    assert answer.status_code == 405
    assert answer.headers["Content-Type"].startswith("text/html")


def test_every_role_is_on_one_side() -> None:
    assert set(Role) == OF_AREA | OF_INSPECTORATE
    assert not OF_AREA & OF_INSPECTORATE


def test_a_form_s_token_looks_different_each_time_and_holds_for_its_browser_alone() -> None:
    """The length of a compressed page tells nothing of a token that is never there twice."""
    mine, other = "a" * 43, "b" * 43
    tokens = {form_token(mine) for _ in range(20)}
    assert len(tokens) == 20
    assert all(is_form_token(mine, token) and not is_form_token(other, token) for token in tokens)
    token = tokens.pop()
    for text in ("", "zz", token[:-2], token + "00", token.replace(token[0], "0")[::-1]):
        assert not is_form_token(mine, text)
