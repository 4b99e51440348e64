"""An authority adds colleagues of its own area itself: at least three, of its side only, and locks them again."""

import re

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from models import Account, AuditEntry, Visit, session
from services.accounts.same_area import MOST_OF_AN_AREA
from tests.signing_in import cookies_of, form, sign_in_as
from tests.unit.console.conftest import Clock

PATH = "/account/colleagues"


@pytest.fixture
def secret(published_console: TestClient, engine: Engine, clock: Clock) -> str:
    """The director of Sheffield is signed in; there are an operator and an authority elsewhere, too."""
    sign_in_as(engine, "operator", at=clock.at)
    sign_in_as(engine, "authority", at=clock.at, area_code="cheshire", login="other", name="Other")
    director = {"area_code": "sheffield", "login": "dee", "name": "Dee Rector"}
    found = sign_in_as(engine, "authority", at=clock.at, **director)
    published_console.cookies.update(cookies_of(found))
    return found


def add(browser: TestClient, secret: str, login: str = "ann", **fields: str):
    given = {"name": login.title(), "new_login": login, "email": "", "role": "authority", **fields}
    return browser.post(PATH, data=form(secret, **given))


def account(engine: Engine, login: str) -> Account:
    with session(engine, read_only=True) as opened:
        return opened.exec(select(Account).where(Account.login == login)).one()


def test_three_colleagues_are_added_each_with_a_one_time_password(
    published_console: TestClient, engine: Engine, secret: str
) -> None:
    passwords = set()
    for login, role in (("ann", "authority"), ("bob", "preparation"), ("cat", "preparation")):
        text = add(published_console, secret, login, role=role).text
        passwords |= set(re.findall(r"<code>([a-z2-9-]{23})</code>", text))
        assert (account(engine, login).roles, account(engine, login).area_code) == (role, "sheffield")
    assert len(passwords) == 3
    page = published_console.get(PATH).text
    assert not any(password in page for password in passwords)
    assert "Other" not in page
    with session(engine, read_only=True) as opened:
        added = opened.exec(select(AuditEntry).where(AuditEntry.action == "add account")).all()
    assert {entry.who for entry in added} == {"Dee Rector"}


@pytest.mark.parametrize("role", ["planner", "operator", "viewer", "", "authority planner"])
def test_nobody_is_given_a_role_of_the_other_side(
    published_console: TestClient, engine: Engine, secret: str, role: str
) -> None:
    answer = add(published_console, secret, role=role, area="cheshire", inspector="sheffield-1")
    assert answer.status_code == 422
    assert '<a href="#role">' in answer.text
    with session(engine, read_only=True) as opened:
        assert len(opened.exec(select(Account)).all()) == 3


def test_whatever_is_wrong_is_told_at_its_field_and_names_no_other_account(
    published_console: TestClient, secret: str
) -> None:
    text = add(published_console, secret, "other", name="Pat Operator", email="no address").text
    assert all(f'<a href="#{name}">' in text for name in ("new_login", "name", "email"))
    assert "--name" not in text
    assert "another account has that name" in text.lower()


def test_a_colleague_is_locked_and_signed_out_and_nobody_else_is(
    published_console: TestClient, engine: Engine, clock: Clock, secret: str
) -> None:
    sign_in_as(engine, "preparation", at=clock.at, area_code="sheffield", login="ann", name="Ann")
    for login, status in (("ann", 200), ("dee", 422), ("other", 422), ("operator", 422)):
        number = account(engine, login).id
        assert published_console.post(f"{PATH}/{number}/lock", data=form(secret)).status_code == status
    with session(engine, read_only=True) as opened:
        locked = opened.exec(select(Account).where(Account.is_locked)).all()
        visits = opened.exec(select(Visit)).all()
    assert [row.login for row in locked] == ["ann"]
    assert len(visits) == 3


def test_an_area_has_so_many_accounts_and_no_more(
    published_console: TestClient, engine: Engine, clock: Clock, secret: str
) -> None:
    for number in range(MOST_OF_AN_AREA - 1):
        who = {"login": f"ann{number}", "name": f"Ann {number}", "area_code": "sheffield"}
        sign_in_as(engine, "preparation", at=clock.at, **who)
    assert "20 accounts already" in add(published_console, secret, "one-more").text
