"""What people were told of activities, and what messages are about"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE reminder SET state = 'superseded' WHERE rule = 'moved' AND state = 'planned'")
    op.create_table(
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("recipient", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("role", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("occasion", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=True),
        sa.Column("days", sa.Text(), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_announcement_activity_id_activity")),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name=op.f("fk_announcement_delivery_id_delivery")),
        sa.ForeignKeyConstraint(["plan_version"], ["planversion.version"], name=op.f("fk_announcement_plan_version_planversion")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
        sa.UniqueConstraint("activity_id", "recipient", "occasion", "delivery_id", name=op.f("uq_announcement_activity_id")),
    )
    op.create_index(op.f("ix_announcement_activity_id"), "announcement", ["activity_id"])
    op.create_index(op.f("ix_announcement_delivery_id"), "announcement", ["delivery_id"])
    op.add_column("delivery", sa.Column("occasions", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=""))
    op.add_column("delivery", sa.Column("calendar", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("delivery", "calendar")
    op.drop_column("delivery", "occasions")
    op.drop_index(op.f("ix_announcement_delivery_id"), "announcement")
    op.drop_index(op.f("ix_announcement_activity_id"), "announcement")
    op.drop_table("announcement")
