"""Adding rows that may be there already, in the words of either database."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert_new(session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert the rows that break no unique constraint, leave the others alone; returns how many were new.

    So two processes that plan the same thing at the same moment make it once, and neither fails.
    """
    if not rows:
        return 0
    session.flush()
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(SQLModel.metadata.tables[str(table.__tablename__)]).on_conflict_do_nothing()
    connection = session.connection()
    return sum(connection.execute(statement, dict(row)).rowcount for row in rows)
