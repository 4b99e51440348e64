"""Which rules the dates of a step break, as facts beside their words; and for which home a solve runs"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("step") as table:
        table.add_column(sa.Column("broken_rules", sa.String(), nullable=True))
    # Which rules the others break is known when they are dated next; until then nothing is said.
    op.execute("UPDATE step SET broken_rules = '' WHERE waiver_needed = ''")
    with op.batch_alter_table("solverun") as table:
        table.add_column(sa.Column("home", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("solverun") as table:
        table.drop_column("home")
    with op.batch_alter_table("step") as table:
        table.drop_column("broken_rules")
