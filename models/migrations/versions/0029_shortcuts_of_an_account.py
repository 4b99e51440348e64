"""Whether somebody wants keyboard shortcuts, in whichever browser they sign in"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "account", sa.Column("has_shortcuts", sa.Boolean(), nullable=False, server_default=sa.true())
    )


def downgrade() -> None:
    with op.batch_alter_table("account") as batch:
        batch.drop_column("has_shortcuts")
