"""What frameworks said when activities were published under them"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "keptframework",
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("framework_id", sa.String(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_keptframework"),
    )
    op.create_index("ix_keptframework_framework_id", "keptframework", ["framework_id"])
    op.add_column("activity", sa.Column("kept_framework", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("activity", "kept_framework")
    op.drop_table("keptframework")
