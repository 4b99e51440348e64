"""Alembic's entry: works on the connection handed over by `models.engine.upgrade`."""

from alembic import context
from sqlmodel import SQLModel

import models  # noqa: F401

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
