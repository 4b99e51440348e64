"""Accounts: what one must be like, what an operator changes, and that the log knows each change and no password."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Account, AuditEntry, Feed, Visit, session
from services.accounts import keeping, passwords
from services.accounts.owners import Owner
from services.accounts.visits import Lasting, SignedIn, begin_visit, visitor
from services.audit import Word
from services.errors import AlreadySo, Refused
from tests.known import known
from tests.tables import AT, PLANNED_ON, fill

OLGA = Word("Olga", AT, PLANNED_ON, "because")
BOB = Word("Bob", AT, PLANNED_ON, "because")
LASTING = Lasting(timedelta(hours=12), timedelta(hours=1))


@pytest.fixture
def opened(engine: Engine):
    with session(engine) as opened:
        fill(opened)
        opened.flush()
        yield opened


def add(opened: Session, login: str = "olga", *roles: str, **links: str) -> str:
    made = keeping.add_account(
        opened, Owner(login, links.pop("name", login.title()), **links), roles or ["operator"], OLGA
    )
    opened.flush()
    return made.password


def refused(opened: Session, owner: Owner, *roles: str) -> str:
    with pytest.raises(Refused) as error:
        keeping.add_account(opened, owner, roles, OLGA)
    return str(error.value)


def test_a_new_account_has_a_one_time_password_that_is_kept_as_a_hash_only(opened: Session) -> None:
    password = add(opened, "olga")
    account = keeping.find_account(opened, "Olga")
    assert passwords.is_right(password, account.password_hash)
    assert account.one_time_at == AT
    assert len(password) == 23
    rows = opened.exec(select(AuditEntry)).all()
    assert [row for row in rows if password in f"{row.before}{row.after}{row.why}{row.subject}"] == []
    assert [(row.who, row.subject) for row in rows if row.action == "add account"] == [
        ("Olga", "account olga")
    ]


def test_everything_that_is_wrong_with_an_account_is_told_at_once(opened: Session) -> None:
    add(opened, "olga", name="Olga Ox")
    said = refused(opened, Owner("Ol ga", "olga ox", "no address"), "boss", "planner")
    assert "a login has 2 to 60 small letters" in said
    assert "another account has that name" in said
    assert "there is no role boss" in said
    assert "account ol ga" in said
    assert said.count("\n") >= 3
    assert len(keeping.list_accounts(opened)) == 1


@pytest.mark.parametrize(
    ("roles", "links", "said"),
    [
        (["inspector"], {}, "needs an inspector"),
        (["team_leader"], {"inspector": "nobody"}, "there is no such inspector"),
        (["authority"], {}, "needs an area"),
        (["preparation"], {"area": "atlantis"}, "there is no such area"),
        (["body"], {}, "needs a body"),
        (["authority", "planner"], {"area": "sheffield"}, "nobody is on the authority's side and"),
        ([], {}, "it has no role"),
    ],
)
def test_a_role_needs_its_person_area_or_body(
    opened: Session, roles: list[str], links: dict[str, str], said: str
) -> None:
    assert said in refused(opened, Owner("ann", "Ann", **links), *roles)


@pytest.mark.parametrize(
    ("role", "links"),
    [
        ("inspector", {"inspector": "sheffield-1"}),
        ("team_leader", {"inspector": "sheffield-0"}),
        ("authority", {"area": "sheffield"}),
        ("preparation", {"area": "sheffield"}),
        ("body", {"body": "csci"}),
        ("viewer", {}),
    ],
)
def test_with_it_the_account_is_made(opened: Session, role: str, links: dict[str, str]) -> None:
    add(opened, "ann", role, **links)
    assert keeping.find_account(opened, "ann").roles == role


def test_the_first_administrator_is_made_once(opened: Session) -> None:
    first = keeping.first_administrator(opened, OLGA)
    opened.flush()
    assert known(first).login == "administrator"
    assert keeping.first_administrator(opened, OLGA) is None


def test_an_operator_is_always_left(opened: Session) -> None:
    add(opened, "olga")
    for change in (
        keeping.lock,
        lambda *given: keeping.change_roles(given[0], given[1], ["viewer"], Owner("", ""), OLGA),
    ):
        with pytest.raises(Refused, match="nobody who is an operator would be left"):
            change(opened, "olga", BOB)
        opened.rollback()
        fill_again(opened)
    add(opened, "bob")
    assert keeping.lock(opened, "olga", BOB).is_locked


@pytest.mark.parametrize("change", [keeping.lock, keeping.remove])
def test_nobody_locks_or_removes_the_account_in_whose_name_they_speak(opened: Session, change) -> None:
    add(opened, "olga")
    add(opened, "bob")
    with pytest.raises(Refused, match="it is your own"):
        change(opened, "olga", OLGA)
    assert change(opened, "bob", OLGA).login == "bob"


def fill_again(opened: Session) -> None:
    fill(opened)
    add(opened, "olga")


def test_roles_that_change_end_the_feeds_that_showed_what_the_old_ones_saw(opened: Session) -> None:
    add(opened, "olga")
    add(opened, "ann", "planner")
    ann = keeping.find_account(opened, "ann")
    opened.add(Feed(secret_hash="x", account_id=ann.id or 0, whose="area", code="sheffield", made_at=AT))
    keeping.change_roles(opened, "ann", ["authority"], Owner("", "", area="sheffield"), OLGA)
    assert (ann.roles, ann.area_code) == ("authority", "sheffield")
    assert opened.exec(select(Feed)).all() == []
    with pytest.raises(AlreadySo):
        keeping.change_roles(opened, "ann", ["authority"], Owner("", ""), OLGA)


@pytest.mark.parametrize("change", [keeping.lock, keeping.renew_password, keeping.remove])
def test_whoever_is_locked_removed_or_given_a_new_password_is_signed_out(opened: Session, change) -> None:
    add(opened, "olga")
    add(opened, "ann", "viewer")
    ann = keeping.find_account(opened, "ann")
    begin_visit(opened, ann.id or 0, "secret", AT)
    assert known(visitor(opened, "secret", AT, LASTING)).login == "ann"
    change(opened, "ann", OLGA)
    assert opened.exec(select(Visit)).all() == []


def test_locking_twice_and_unlocking_what_is_not_locked_change_nothing(opened: Session) -> None:
    add(opened, "olga")
    add(opened, "ann", "viewer")
    with pytest.raises(AlreadySo):
        keeping.unlock(opened, "ann", OLGA)
    keeping.lock(opened, "ann", OLGA)
    with pytest.raises(AlreadySo):
        keeping.lock(opened, "ann", OLGA)
    assert not keeping.unlock(opened, "ann", OLGA).is_locked


def test_a_visit_lasts_as_long_as_it_may_in_all_and_without_a_word(opened: Session) -> None:
    add(opened, "olga")
    account = opened.exec(select(Account)).one()
    begin_visit(opened, account.id or 0, "secret", AT)

    def is_there(after: timedelta, lasting: Lasting = LASTING) -> bool:
        return isinstance(visitor(opened, "secret", AT + after, lasting), SignedIn)

    assert is_there(timedelta(hours=1))
    assert not is_there(timedelta(hours=1, seconds=1))
    assert not is_there(timedelta(minutes=31), Lasting(timedelta(minutes=30), timedelta(hours=1)))
    assert visitor(opened, "another", AT, LASTING) is None


def test_for_nobody_no_password_is_right() -> None:
    assert not passwords.is_right("nobody's", None)
    assert not passwords.is_right("nobody's", "")


def test_a_one_time_password_is_good_for_seven_days() -> None:
    assert not passwords.has_ended(AT, AT + timedelta(days=7))
    assert passwords.has_ended(AT, AT + timedelta(days=7, seconds=1))
    assert not passwords.has_ended(None, AT)
