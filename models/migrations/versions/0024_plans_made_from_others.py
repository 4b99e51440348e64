"""From which version a plan was made by hand, or after an event"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("planversion", sa.Column("made_from", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("planversion", "made_from")
