"""Steps without the number of a run in Prefect: the keys of runs are made from activity, stage and revision"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in batch mode: that makes the table anew, and sign-offs and reminders refer to it.
    op.drop_column("step", "flow_run_id")


def downgrade() -> None:
    op.add_column("step", sa.Column("flow_run_id", sa.String(), nullable=True))
