"""Why somebody is away is not kept; addresses are in small letters, so that a person in two spellings is one"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("absence", "reason")
    op.execute("UPDATE contact SET email = lower(email)")
    op.execute("UPDATE inspector SET email = lower(email)")


def downgrade() -> None:
    # What was dropped stays dropped, and small letters stay small: the address means the same mailbox.
    op.add_column("absence", sa.Column("reason", sa.String(), nullable=False, server_default=""))
