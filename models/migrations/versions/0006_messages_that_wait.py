"""Messages that a mail server put off: how often, and from when on they are tried again"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("delivery", sa.Column("deferrals", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("delivery", sa.Column("next_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("delivery", "next_at")
    op.drop_column("delivery", "deferrals")
