"""Signing in and out: a new secret each time, the same words for whoever is unknown, and an end to guessing."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from console.app import create_app
from console.context import Context
from console.visitors import COOKIE
from models import Account, FailedSignIn, Visit, session
from services.accounts.keeping import add_account, lock, renew_password
from services.accounts.owners import Owner
from services.accounts.signing_in import MOST_BY_ADDRESS, MOST_BY_NAME
from services.audit import Word
from tests.fakes import FakeTransport
from tests.signing_in import cookies_of, form, sign_in_as
from tests.unit.console.conftest import TOKEN, Clock

CHOSEN = "three random words"


@pytest.fixture
def word(clock: Clock) -> Word:
    return Word("Olga", clock.at, clock.day)


@pytest.fixture
def one_time(engine: Engine, word: Word) -> str:
    """The one-time password of ann, who is a planner and an operator."""
    with session(engine) as opened:
        return add_account(opened, Owner("ann", "Ann Lee"), ["planner", "operator"], word).password


def try_in(client: TestClient, login: str, password: str, following: str = ""):
    client.get("/sign-in")
    data = form(client.cookies[COOKIE], login=login, password=password, next=following)
    return client.post("/sign-in", data=data, follow_redirects=False)


def choose(client: TestClient, old: str, new: str = CHOSEN, again: str | None = None):
    data = form(client.cookies[COOKIE], old=old, new=new, again=new if again is None else again)
    return client.post("/account/password", data=data, follow_redirects=False)


def test_a_one_time_password_is_replaced_before_anything_else(
    stranger: TestClient, engine: Engine, one_time: str, clock: Clock
) -> None:
    assert try_in(stranger, "Ann ", one_time).headers["Location"] == "/"
    assert stranger.get("/due", follow_redirects=False).headers["Location"] == "/account/password"
    assert stranger.get("/exports/plan-1.csv", follow_redirects=False).status_code == 303
    page = stranger.get("/account/password").text
    assert "Choose your own before you go on" in page
    assert 'href="/due"' not in page
    assert choose(stranger, one_time).headers["Location"] == "/"
    assert "Your password is changed" in stranger.get("/").text
    assert "Your password is changed" not in stranger.get("/").text
    assert stranger.get("/due").status_code == 200
    stranger.cookies.clear()
    assert try_in(stranger, "ann", one_time).status_code == 422
    assert try_in(stranger, "ann", CHOSEN).status_code == 303
    with session(engine, read_only=True) as opened:
        account = opened.exec(select(Account)).one()
        assert CHOSEN not in account.password_hash
        assert account.password_hash.startswith("$argon2id$")
        assert account.last_sign_in_at == clock.at


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("wrong", CHOSEN, CHOSEN, "This is not your password."),
        ("", "short", "short", "It has 5 characters; from 12 to 128 are allowed."),
        ("", "x" * 129, "x" * 129, "It has 129 characters"),
        ("", "abababababababab", "abababababababab", "It repeats a few characters only."),
        ("", "ANN LEE is my name", "ANN LEE is my name", "It holds your name"),
        ("", CHOSEN, "three random worms", "The two are different."),
    ],
)
def test_a_weak_or_mistyped_password_is_refused(
    stranger: TestClient, one_time: str, old: str, new: str, again: str, said: str
) -> None:
    try_in(stranger, "ann", one_time)
    answer = choose(stranger, old or one_time, new, again)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert said in answer.text
    for typed in (new, again, old):
        assert not typed or f'value="{typed}"' not in answer.text


def test_every_problem_of_a_new_password_is_told_at_once_and_leads_to_its_field(
    stranger: TestClient, one_time: str
) -> None:
    try_in(stranger, "ann", one_time)
    text = choose(stranger, "wrong", "short", "other").text
    assert all(f'<a href="#{name}">' in text for name in ("old", "new", "again"))
    assert 'aria-describedby="new-hint new-error"' in text


def test_each_sign_in_has_a_secret_of_its_own(stranger: TestClient, engine: Engine, one_time: str) -> None:
    """A secret that somebody else put into the browser is worth nothing after the sign-in."""
    stranger.get("/sign-in")
    before = stranger.cookies[COOKIE]
    answer = try_in(stranger, "ann", one_time)
    after = stranger.cookies[COOKIE]
    assert after != before
    said = answer.headers["Set-Cookie"]
    assert "HttpOnly" in said
    assert "samesite=lax" in said.lower()
    with session(engine, read_only=True) as opened:
        [visit] = opened.exec(select(Visit)).all()
    assert after not in visit.secret_hash


def test_over_https_the_cookie_never_goes_in_clear(
    engine: Engine, clock: Clock, transport: FakeTransport
) -> None:
    context = Context(
        engine,
        lambda: clock.day,
        lambda: clock.at,
        "",
        TOKEN,
        transport,
        public_address="https://jar.example",
    )
    client = TestClient(create_app(context, ("https://jar.example",)), base_url="http://jar.example")
    assert "secure" in client.get("/sign-in").headers["Set-Cookie"].lower()


def test_over_plain_http_on_this_machine_the_cookie_is_kept(stranger: TestClient) -> None:
    assert "secure" not in stranger.get("/sign-in").headers["Set-Cookie"].lower()


def test_unknown_names_wrong_passwords_locked_accounts_and_old_one_time_passwords_get_the_same_answer(
    stranger: TestClient, engine: Engine, one_time: str, word: Word, clock: Clock
) -> None:
    with session(engine) as opened:
        bob = add_account(opened, Owner("bob", "Bob"), ["viewer"], word).password
        lock(opened, "bob", word)
    answers = [
        try_in(stranger, "nobody", "whatever it is"),
        try_in(stranger, "ann", "whatever it is"),
        try_in(stranger, "bob", bob),
    ]
    clock.at += timedelta(days=8)
    answers.append(try_in(stranger, "ann", one_time))
    assert {answer.status_code for answer in answers} == {422}
    texts = {
        answer.text.replace(answer.text.split('name="login"')[1].split(">")[0], "") for answer in answers
    }
    assert len({re.sub(r'name="form_token" value="\w+"', "", text) for text in texts}) == 1


def test_guessing_ends_after_ten_tries_known_or_not_and_goes_on_a_quarter_of_an_hour_later(
    stranger: TestClient, engine: Engine, one_time: str, clock: Clock
) -> None:
    for name in ("ann", "nobody"):
        for _ in range(MOST_BY_NAME):
            assert try_in(stranger, name, "whatever it is").status_code == 422
        answer = try_in(stranger, name, one_time)
        assert answer.status_code == 429
        assert "Wait 15 minutes" in answer.text
    clock.at += timedelta(minutes=15, seconds=1)
    assert try_in(stranger, "ann", one_time).status_code == 303
    with session(engine, read_only=True) as opened:
        assert opened.exec(select(FailedSignIn)).all() == []


def test_tries_of_long_ago_are_not_kept(stranger: TestClient, engine: Engine, clock: Clock) -> None:
    try_in(stranger, "nobody", "x")
    clock.at += timedelta(minutes=16)
    try_in(stranger, "nobody else", "x")
    with session(engine, read_only=True) as opened:
        assert len(opened.exec(select(FailedSignIn)).all()) == 1


def test_one_address_does_not_try_all_names(
    stranger: TestClient, engine: Engine, one_time: str, clock: Clock
) -> None:
    with session(engine) as opened:
        for number in range(MOST_BY_ADDRESS):
            opened.add(FailedSignIn(login_hash=f"{number}", address="testclient", at=clock.at))
    assert try_in(stranger, "ann", one_time).status_code == 429


def test_a_right_password_forgets_what_was_mistyped(
    stranger: TestClient, engine: Engine, one_time: str
) -> None:
    try_in(stranger, "ann", "mistyped")
    try_in(stranger, "ann", one_time)
    with session(engine, read_only=True) as opened:
        assert opened.exec(select(FailedSignIn)).all() == []


def test_what_somebody_typed_as_a_name_is_kept_nowhere(stranger: TestClient, engine: Engine) -> None:
    try_in(stranger, "my secret password", "x")
    with session(engine, read_only=True) as opened:
        [failed] = opened.exec(select(FailedSignIn)).all()
    assert "secret" not in failed.login_hash


@pytest.mark.parametrize(
    ("following", "where"),
    [
        ("/due", "/due"),
        ("/plans/1?x=%20y", "/plans/1?x=%20y"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("/due\r\nSet-Cookie: x=1", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_after_the_sign_in_one_is_where_one_wanted_to_be_and_never_elsewhere(
    stranger: TestClient, one_time: str, following: str, where: str
) -> None:
    assert try_in(stranger, "ann", one_time, following).headers["Location"] == where


def test_a_page_that_was_asked_for_comes_after_the_sign_in(stranger: TestClient) -> None:
    answer = stranger.get("/actions?role=director", follow_redirects=False)
    assert answer.headers["Location"] == "/sign-in?next=%2Factions%3Frole%3Ddirector"
    assert 'name="next" value="/actions?role=director"' in stranger.get(answer.headers["Location"]).text


def test_signing_out_ends_this_visit_only(
    console: TestClient, stranger: TestClient, engine: Engine, clock: Clock
) -> None:
    other = sign_in_as(engine, "planner", at=clock.at)
    secret = console.cookies[COOKIE]
    assert (
        console.post("/sign-out", data=form(secret), follow_redirects=False).headers["Location"] == "/sign-in"
    )
    for kept, status in ((secret, 303), (other, 200)):
        stranger.cookies.clear()
        stranger.cookies.update(cookies_of(kept))
        assert stranger.get("/due", follow_redirects=False).status_code == status


@pytest.mark.parametrize("way", ["everywhere", "locked", "new password"])
def test_all_visits_of_an_account_end_together(
    stranger: TestClient, engine: Engine, clock: Clock, word: Word, way: str
) -> None:
    sign_in_as(engine, "operator", at=clock.at, login="olga", name="Olga")
    secrets = [sign_in_as(engine, "planner", at=clock.at, login="ann") for _ in range(2)]
    stranger.cookies.update(cookies_of(secrets[0]))
    if way == "everywhere":
        stranger.post("/account/sign-out-everywhere", data=form(secrets[0]))
    else:
        with session(engine) as opened:
            lock(opened, "ann", word) if way == "locked" else renew_password(opened, "ann", word)
    for secret in secrets:
        stranger.cookies.clear()
        stranger.cookies.update(cookies_of(secret))
        assert stranger.get("/due", follow_redirects=False).status_code == 303


def test_the_own_page_says_who_one_is(console: TestClient) -> None:
    text = console.get("/account").text
    assert "Your roles: planner." in text
    assert "Change your password" in text


def test_a_notice_that_is_not_ours_is_not_told(console: TestClient) -> None:
    console.cookies.set("jarcycle-notice", "0.Give%20us%20your%20password")
    assert "Give us your password" not in console.get("/").text
