"""Signing in through a provider of OpenID Connect: only whom it vouches for, in this browser, and only known people."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc.jwk import RSAKey
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from config.settings import InvalidSettings
from console.app import create_app
from console.context import Context
from console.visitors import COOKIE
from models import Account, Visit, session
from services.accounts.keeping import add_account, lock
from services.accounts.open_id import Provider
from services.accounts.owners import Owner
from services.audit import Word
from services.bootstrap import open_id_provider
from tests.fakes import FakeTransport
from tests.open_id import CLIENT, SECRET, FakeProvider, running
from tests.unit.console.conftest import TOKEN, Clock


@pytest.fixture(scope="module")
def server() -> Iterator[FakeProvider]:
    with running() as provider:
        yield provider


@pytest.fixture
def provider(server: FakeProvider, clock: Clock) -> FakeProvider:
    """It says what is right."""
    server.changes, server.metadata, server.signing_key = {}, {}, None
    server.email, server.algorithm, server.at = "ann@ofsted.example", "RS256", clock.at.timestamp()
    return server


@pytest.fixture
def browser(engine: Engine, clock: Clock, transport: FakeTransport, provider: FakeProvider) -> TestClient:
    """A console that knows the provider, and ann, who has never signed in."""
    context = Context(
        engine,
        lambda: clock.day,
        lambda: clock.at,
        "",
        TOKEN,
        transport,
        provider=Provider(provider.issuer, CLIENT, SECRET, "the office"),
    )
    with session(engine) as opened:
        word = Word("Olga", clock.at, clock.day)
        add_account(opened, Owner("ann", "Ann", "Ann@ofsted.example"), ["planner", "operator"], word)
    return TestClient(create_app(context), base_url="http://localhost", follow_redirects=False)


def there_and_back(browser: TestClient, **changes: str) -> httpx.Response:
    """As a browser goes: to the provider, and with its answer back."""
    answer = browser.get("/sign-in/openid")
    assert answer.status_code == 303, answer.text
    sent = httpx.get(answer.headers["Location"], trust_env=False).headers["Location"]
    return browser.get(str(httpx.URL(sent).copy_merge_params(changes)))


def visits(engine: Engine) -> int:
    with session(engine, read_only=True) as opened:
        return len(opened.exec(select(Visit)).all())


def test_whom_the_provider_vouches_for_is_signed_in_and_needs_no_password(
    browser: TestClient, engine: Engine
) -> None:
    assert "Sign in with the office" in browser.get("/sign-in").text
    before = browser.cookies[COOKIE]
    answer = there_and_back(browser)
    assert answer.headers["Location"] == "/", answer.text
    assert browser.cookies[COOKIE] != before
    assert "You are signed in as ann" in browser.get("/account").text
    with session(engine, read_only=True) as opened:
        account = opened.exec(select(Account)).one()
    assert (account.password_hash, account.one_time_at) == ("", None)


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"aud": [CLIENT, "another"]},
        {"nonce": "of another try"},
        {"nonce": None},
        {"exp": 0},
        {"exp": None},
        {"sub": None},
        {"email": None},
        {"email": 7},
        {"email_verified": False},
        {"email_verified": None},
        {"email_verified": "true"},
        {"email": "nobody@ofsted.example"},
        {"email": ""},
    ],
)
def test_what_is_not_as_it_must_be_signs_nobody_in(
    browser: TestClient, engine: Engine, provider: FakeProvider, changes: dict[str, Any]
) -> None:
    provider.changes = changes
    answer = there_and_back(browser)
    assert answer.status_code == 422
    assert "The other sign-in did not work" in answer.text
    assert visits(engine) == 0


@pytest.mark.parametrize("way", ["state", "code", "another browser", "twice", "another key"])
def test_an_answer_is_good_once_for_the_browser_that_asked(
    browser: TestClient, engine: Engine, provider: FakeProvider, way: str
) -> None:
    if way in ("state", "code"):
        answer = there_and_back(browser, **{way: "forged"})
    elif way == "another key":
        provider.signing_key = RSAKey.generate_key(2048, {"kid": "1"})
        answer = there_and_back(browser)
    else:
        asked = browser.get("/sign-in/openid").headers["Location"]
        back = httpx.get(asked, trust_env=False).headers["Location"]
        if way == "twice":
            assert browser.get(back).status_code == 303
            browser.cookies.clear()
        else:
            browser.cookies.clear()
            browser.get("/sign-in")
        answer = browser.get(back)
    assert answer.status_code == 422
    assert visits(engine) == (way == "twice")


def test_a_locked_account_is_not_let_in(browser: TestClient, engine: Engine, clock: Clock) -> None:
    with session(engine) as opened:
        word = Word("Olga", clock.at, clock.day)
        add_account(opened, Owner("bob", "Bob"), ["operator"], word)
        opened.flush()
        lock(opened, "ann", word)
    assert "no account with your mail address may sign in" in there_and_back(browser).text


@pytest.mark.parametrize("metadata", [{"issuer": "https://evil.example"}, {"jwks_uri": None}])
def test_a_provider_that_speaks_for_another_is_not_asked(
    browser: TestClient, provider: FakeProvider, metadata: dict[str, Any]
) -> None:
    provider.metadata = metadata
    answer = browser.get("/sign-in/openid")
    assert answer.status_code == 422
    assert "it does not say where to ask" in answer.text


def test_without_a_provider_there_is_no_other_sign_in(stranger: TestClient) -> None:
    assert "Sign in with" not in stranger.get("/sign-in").text
    assert stranger.get("/sign-in/openid").status_code == 404
    assert stranger.get("/sign-in/openid/back?state=x&code=y").status_code == 404


def test_a_provider_out_of_reach_is_told(engine: Engine, clock: Clock, transport: FakeTransport) -> None:
    nobody = Provider("http://127.0.0.1:9", CLIENT, SECRET, "the office")
    context = Context(engine, lambda: clock.day, lambda: clock.at, "", TOKEN, transport, provider=nobody)
    answer = TestClient(create_app(context), base_url="http://localhost").get("/sign-in/openid")
    assert answer.status_code == 422
    assert "it cannot be asked now" in answer.text


def test_the_provider_is_one_of_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert open_id_provider() is None
    file = tmp_path / "secret"
    given = {"ISSUER": "https://login.example/tenant/", "CLIENT_ID": CLIENT, "CLIENT_SECRET_FILE": str(file)}
    for name, value in given.items():
        monkeypatch.setenv(f"JARCYCLE_OPENID_{name}", value)
    with pytest.raises(InvalidSettings, match="cannot be read"):
        open_id_provider()
    file.write_text("\n")
    with pytest.raises(InvalidSettings, match="is empty"):
        open_id_provider()
    file.write_text(f"{SECRET}\n")
    found = Provider("https://login.example/tenant", CLIENT, SECRET, "your organisation")
    assert open_id_provider() == found


@pytest.mark.parametrize(
    ("name", "value"),
    [("ISSUER", "http://login.example"), ("ISSUER", "login.example"), ("CLIENT_ID", "")],
)
def test_settings_of_a_provider_that_make_no_sense_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    given = {"ISSUER": "https://login.example", "CLIENT_ID": CLIENT, "CLIENT_SECRET_FILE": str(tmp_path)}
    for variable, text in {**given, name: value}.items():
        monkeypatch.setenv(f"JARCYCLE_OPENID_{variable}", text)
    with pytest.raises(InvalidSettings, match="JARCYCLE_OPENID"):
        open_id_provider()
