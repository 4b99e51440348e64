"""The outcome of the last one of a kind in an area, on which the length of the next may depend"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("activity", sa.Column("last_outcome", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("activity", "last_outcome")
