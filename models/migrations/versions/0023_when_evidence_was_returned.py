"""When an item of evidence was returned for completion last"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("evidence", sa.Column("returned_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("evidence", "returned_on")
