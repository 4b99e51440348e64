"""Operators look after accounts: passwords shown once, roles, locks; an operator is always left."""

import re

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from models import Account, AuditEntry, Visit, session
from services.accounts import passwords
from tests.known import known
from tests.signing_in import cookies_of, form, sign_in_as
from tests.unit.console.conftest import Clock

PASSWORD = re.compile(r"<code>([a-z2-9-]{23})</code>")


@pytest.fixture
def secret(published_console: TestClient, engine: Engine, clock: Clock) -> str:
    """Olga is an operator and signed in."""
    found = sign_in_as(engine, "operator", at=clock.at, login="olga", name="Olga Ox")
    published_console.cookies.update(cookies_of(found))
    return found


@pytest.fixture
def viewer(engine: Engine, clock: Clock, secret: str) -> int:
    """Vic is a viewer, and signed in elsewhere."""
    sign_in_as(engine, "viewer", at=clock.at, login="vic", name="Vic View")
    return account(engine, "vic").id or 0


def account(engine: Engine, login: str) -> Account:
    with session(engine, read_only=True) as opened:
        return opened.exec(select(Account).where(Account.login == login)).one()


def logged(engine: Engine, action: str) -> list[tuple[str, str]]:
    with session(engine, read_only=True) as opened:
        rows = opened.exec(select(AuditEntry).where(AuditEntry.action == action)).all()
    return [(row.who, row.subject) for row in rows]


def add(browser: TestClient, secret: str, *roles: str, **fields: str):
    given = {"name": "Ann Lee", "new_login": "ann", "email": "", **{f"roles-{role}": "yes" for role in roles}}
    return browser.post("/accounts/new", data=form(secret, **{**given, **fields}))


def test_the_list_is_searched_and_filtered_and_holds_no_hash(
    published_console: TestClient, engine: Engine, viewer: int
) -> None:
    with session(engine) as opened:
        opened.get_one(Account, viewer).password_hash = passwords.hashed("three random words")
    text = published_console.get("/accounts").text
    assert "2 accounts" in text
    assert "argon2" not in text
    assert "Olga Ox" not in published_console.get("/accounts?role=viewer").text.partition("<tbody")[2]
    assert "Vic View" in published_console.get("/accounts?q=vic").text
    saved = published_console.get("/accounts.csv").text
    assert "Vic View" in saved
    assert "argon2" not in saved


def test_a_one_time_password_is_shown_once_and_links_are_found_by_name(
    published_console: TestClient, engine: Engine, secret: str
) -> None:
    answer = add(published_console, secret, "inspector", "planner", of_inspector="Inspector 0.1")
    password = known(PASSWORD.search(answer.text))
    made = account(engine, "ann")
    assert passwords.is_right(password.group(1), made.password_hash)
    assert (made.roles, made.inspector_code) == ("planner inspector", "sheffield-1")
    assert PASSWORD.search(published_console.get(f"/accounts/{made.id}").text) is None
    assert logged(engine, "add account") == [("Olga Ox", "account ann")]


def test_everything_that_is_wrong_is_told_at_its_field_and_nothing_is_added(
    published_console: TestClient, engine: Engine, secret: str
) -> None:
    answer = add(
        published_console,
        secret,
        "inspector",
        "authority",
        name="olga ox",
        new_login="A b",
        email="no address",
        of_inspector="Nobody at all",
    )
    assert answer.status_code == 422
    named = ("name", "new_login", "email", "roles", "of_inspector", "of_area")
    assert [name for name in named if f'<a href="#{name}">' not in answer.text] == []
    summary = answer.text.partition('role="alert"')[2].partition("<form")[0]
    assert "--name" not in summary
    assert 'value="Nobody at all"' in answer.text
    with session(engine, read_only=True) as opened:
        assert len(opened.exec(select(Account)).all()) == 1


def test_other_roles_take_the_place_of_the_ones_so_far(
    published_console: TestClient, engine: Engine, secret: str, viewer: int
) -> None:
    page = published_console.get(f"/accounts/{viewer}/roles").text
    assert re.search(r'id="roles-viewer"[^>]* checked', page)
    fields = {"roles-body": "yes", "of_body": "Csci"}
    answer = published_console.post(f"/accounts/{viewer}/roles", data=form(secret, **fields))
    assert "Vic View is now: body." in answer.text
    assert (account(engine, "vic").roles, account(engine, "vic").body_code) == ("body", "csci")
    again = published_console.post(f"/accounts/{viewer}/roles", data=form(secret, **fields))
    assert "Nothing is changed." in again.text
    assert logged(engine, "change roles") == [("Olga Ox", "account vic")]


def test_the_roles_of_the_last_operator_stay(
    published_console: TestClient, engine: Engine, secret: str
) -> None:
    number = account(engine, "olga").id
    answer = published_console.post(f"/accounts/{number}/roles", data=form(secret, **{"roles-viewer": "yes"}))
    assert answer.status_code == 422
    assert "obody who is an operator would be left" in answer.text
    assert account(engine, "olga").roles == "operator"


def test_an_account_is_locked_signed_out_and_unlocked(
    published_console: TestClient, engine: Engine, secret: str, viewer: int
) -> None:
    answer = published_console.post(f"/accounts/{viewer}/lock", data=form(secret))
    assert "Vic View can no longer sign in." in answer.text
    assert f'action="/accounts/{viewer}/unlock"' in answer.text
    with session(engine, read_only=True) as opened:
        assert {visit.account_id for visit in opened.exec(select(Visit))} == {account(engine, "olga").id}
    published_console.post(f"/accounts/{viewer}/unlock", data=form(secret))
    assert not account(engine, "vic").is_locked


def test_a_new_password_is_shown_once_and_signs_out(
    published_console: TestClient, engine: Engine, secret: str, viewer: int
) -> None:
    answer = published_console.post(f"/accounts/{viewer}/password", data=form(secret))
    password = known(PASSWORD.search(answer.text))
    assert passwords.is_right(password.group(1), account(engine, "vic").password_hash)
    with session(engine, read_only=True) as opened:
        assert viewer not in {visit.account_id for visit in opened.exec(select(Visit))}


def test_an_account_is_removed_and_the_history_says_by_whom_and_why(
    published_console: TestClient, engine: Engine, secret: str, viewer: int
) -> None:
    answer = published_console.post(f"/accounts/{viewer}/remove", data=form(secret, why="has left"))
    assert "The account of Vic View is removed." in answer.text
    assert logged(engine, "remove account") == [("Olga Ox", "account vic")]
    assert published_console.get(f"/accounts/{viewer}").status_code == 404


@pytest.mark.parametrize("action", ["lock", "remove"])
def test_nobody_locks_or_removes_themselves(
    published_console: TestClient, engine: Engine, clock: Clock, secret: str, action: str
) -> None:
    sign_in_as(engine, "operator", at=clock.at, login="bob", name="Bob")
    number = account(engine, "olga").id
    page = published_console.get(f"/accounts/{number}").text
    assert f"/accounts/{number}/{action}" not in page
    answer = published_console.post(f"/accounts/{number}/{action}", data=form(secret))
    assert answer.status_code == 422
    assert "It is your own." in answer.text
    assert not account(engine, "olga").is_locked
