"""The number of the data's edition: it rises with every transaction that changes what pages show, in any process."""

import re
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlmodel import Field, SQLModel

import models.base  # noqa: F401

UNCOUNTED = frozenset(
    {"edition", "solverun", "solvebeat", "visit", "failedsignin", "account", "feed", "replanrequest"}
)
"""Tables that change while nothing does that is kept between readers: whoever shows them reads them each time."""

MIGRATIONS = "alembic_version"
CHANGES = re.compile(r'\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)', re.IGNORECASE)
HAS_CHANGED, MIGRATES = "jarcycle_has_changed", "jarcycle_migrates"
"""What is noted of a connection while a transaction lasts."""


class Edition(SQLModel, table=True):
    """The one row that holds the number."""

    id: int = Field(default=1, primary_key=True)
    number: int = 0


def count_changes(engine: Engine) -> None:
    """Let every transaction of an engine that changes a counted table end with the next number."""
    event.listen(engine, "begin", _begin)
    event.listen(engine, "before_cursor_execute", _note)
    event.listen(engine, "commit", _count)


def _begin(connection: Connection) -> None:
    connection.info.pop(HAS_CHANGED, None)
    connection.info.pop(MIGRATES, None)


def _note(connection: Connection, _cursor: Any, statement: str, *_more: Any) -> None:
    found = CHANGES.match(statement)
    if found is None:
        return
    table = found[1].lower()
    if table == MIGRATIONS:
        connection.info[MIGRATES] = True
    elif table not in UNCOUNTED:
        connection.info[HAS_CHANGED] = True


def _count(connection: Connection) -> None:
    # Whoever changes tables may do so before or after this one is there; nobody reads pages meanwhile.
    if not connection.info.pop(HAS_CHANGED, False) or connection.info.pop(MIGRATES, False):
        return
    counted = connection.exec_driver_sql("UPDATE edition SET number = number + 1")
    if not counted.rowcount:
        connection.exec_driver_sql("INSERT INTO edition (id, number) VALUES (1, 1)")
