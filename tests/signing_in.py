"""Browsers that are signed in, as tests need them: a visit is put into the database, no password is asked."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import select

from console.visitors import COOKIE, form_token, new_secret
from models import Account, session
from services.accounts.visits import begin_visit

TOKEN_FIELD = "form_token"
LINKS = ("inspector_code", "area_code", "body_code")


def sign_in_as(engine: Engine, *roles: str, at: datetime | None = None, **account: Any) -> str:
    """The secret for the cookie of a browser that is signed in with these roles."""
    secret, now = new_secret(), at or datetime.now(UTC)
    login = account.get("login", "-".join(roles) or "nobody")
    with session(engine) as opened:
        row = opened.exec(select(Account).where(Account.login == login)).first()
        if row is None:
            values = {"login": login, "name": f"Pat {login}", "password_hash": "", "created_at": now}
            row = Account(**{**values, "roles": " ".join(roles), **account})
            opened.add(row)
            opened.flush()
        begin_visit(opened, row.id or 0, secret, now)
    return secret


def cookies_of(secret: str) -> dict[str, str]:
    """What the browser sends along."""
    return {COOKIE: secret}


def form(secret: str, **fields: str) -> dict[str, str]:
    """A form of our own page, as this browser sends it."""
    return {TOKEN_FIELD: form_token(secret), **fields}
