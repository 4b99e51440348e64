"""Adding rows that may be there already, in the words of either database."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table
from sqlmodel import Session, SQLModel


def insert_new(session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert the rows that break no unique constraint, leave the others alone; returns how many were new.

    So two processes that plan the same thing at the same moment make it once, and neither fails.
    """
    if not rows:
        return 0
    session.flush()
    inner = SQLModel.metadata.tables[str(table.__tablename__)]
    statement = _insert(inner, session.get_bind().dialect.name).returning(*inner.primary_key.columns)
    connection = session.connection()
    # What comes back is counted: the number of rows that drivers report for an insert means nothing on some.
    return sum(len(connection.execute(statement, dict(row)).all()) for row in rows)


def _insert(table: Table, dialect: str) -> Any:
    # Either takes a while to import: only the one in use.
    if dialect == "postgresql":
        from sqlalchemy.dialects.postgresql import insert

        return insert(table).on_conflict_do_nothing()
    from sqlalchemy.dialects.sqlite import insert as insert_in_sqlite

    return insert_in_sqlite(table).on_conflict_do_nothing()
