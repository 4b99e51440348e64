"""People pinned to a place of a team, and the rules that a plan was made under"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "placepin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_code", sa.String(), nullable=False),
        sa.Column("skill", sa.String(), nullable=False),
        sa.Column("inspector_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["activity_code"], ["activity.code"], name=op.f("fk_placepin_activity_code_activity")),
        sa.ForeignKeyConstraint(["inspector_code"], ["inspector.code"], name=op.f("fk_placepin_inspector_code_inspector")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placepin")),
        sa.UniqueConstraint("activity_code", "inspector_code", name=op.f("uq_placepin_activity_code")),
    )
    for column in ("activity_code", "inspector_code"):
        op.create_index(op.f(f"ix_placepin_{column}"), "placepin", [column], unique=False)
    op.add_column("planversion", sa.Column("rules", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("planversion", "rules")
    op.drop_table("placepin")
