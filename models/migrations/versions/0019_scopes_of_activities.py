"""Scopes of activities (none is all outcomes of the framework), and for whom somebody judged"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE activity RENAME COLUMN scope TO scope_before")
    op.add_column("activity", sa.Column("scope", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    op.execute("UPDATE activity SET scope = scope_before WHERE scope_before <> 'full'")
    op.drop_column("activity", "scope_before")
    for name in ("on_behalf_of", "on_behalf_why"):
        column = sa.Column(name, sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        op.add_column("activitygrade", column)


def downgrade() -> None:
    for name in ("on_behalf_of", "on_behalf_why"):
        op.drop_column("activitygrade", name)
    op.execute("ALTER TABLE activity RENAME COLUMN scope TO scope_before")
    op.add_column("activity", sa.Column("scope", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="full"))
    op.execute("UPDATE activity SET scope = scope_before WHERE scope_before IS NOT NULL")
    op.drop_column("activity", "scope_before")
