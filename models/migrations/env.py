"""Alembic's entry: works on the connection handed over by `models.engine.upgrade`."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import SQLModel

import models  # noqa: F401
from models.base import UtcInstant


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Migrations write an instant as the plain column it is, so that they do not depend on our code."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, UtcInstant) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    render_item=render_item,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
