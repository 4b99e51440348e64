"""What was judged of activities"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "activitygrade",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("judgement", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name="fk_activitygrade_activity_id_activity"
        ),
        sa.PrimaryKeyConstraint("activity_id", "judgement", name="pk_activitygrade"),
    )


def downgrade() -> None:
    op.drop_table("activitygrade")
