"""Who may sign in to the console, who is signed in, and failed tries."""

from datetime import datetime

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from models.base import UtcInstant


class Account(SQLModel, table=True):
    """A person who signs in by `login`; `name` is how the audit log calls them.

    `roles` are those of `services.accounts.roles`, separated by spaces; `inspector_code`, `area_code` and `body_code`
    say who or whose they are in the programme, where a role needs it. They are no foreign keys: an account outlives
    what an import takes away, and then sees nothing of it. `one_time_at` is when a one-time password was given, empty
    once its owner has chosen one of their own. `has_shortcuts` is whether single keys lead to pages for its owner.
    """

    id: int | None = Field(default=None, primary_key=True)
    login: str = Field(unique=True)
    name: str
    email: str = ""
    password_hash: str
    one_time_at: datetime | None = Field(default=None, sa_column=Column(UtcInstant))
    roles: str
    inspector_code: str | None = None
    area_code: str | None = None
    body_code: str | None = None
    is_locked: bool = False
    has_shortcuts: bool = True
    created_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    last_sign_in_at: datetime | None = Field(default=None, sa_column=Column(UtcInstant))


class Visit(SQLModel, table=True):
    """One browser that is signed in; `secret_hash` is made from what its cookie holds, which is kept nowhere."""

    secret_hash: str = Field(primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    began_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    seen_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))


class FailedSignIn(SQLModel, table=True):
    """A try to sign in that failed: under which name, whether or not there is such an account, and from where."""

    id: int | None = Field(default=None, primary_key=True)
    login_hash: str = Field(index=True)
    address: str = Field(index=True)
    at: datetime = Field(sa_column=Column(UtcInstant, nullable=False, index=True))


class Feed(SQLModel, table=True):
    """A calendar feed that needs no sign-in: whoever knows its address reads it, until it is revoked.

    `whose` is area, inspector, leader, body or preparation, and `code` which one; it shows what its account may see.
    """

    id: int | None = Field(default=None, primary_key=True)
    secret_hash: str = Field(unique=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    whose: str
    code: str
    made_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
