"""Which rules the dates of a step break, as facts beside their words; and for which home a solve runs"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("step", sa.Column("broken_rules", sa.String(), nullable=True))
    # Which rules the others break is known when they are dated next; until then nothing is said.
    op.execute("UPDATE step SET broken_rules = '' WHERE waiver_needed = ''")
    op.add_column("solverun", sa.Column("home", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    # Not in batch mode: that makes the table anew, and others refer to it.
    op.drop_column("solverun", "home")
    op.drop_column("step", "broken_rules")
