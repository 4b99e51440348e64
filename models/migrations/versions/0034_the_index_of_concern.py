"""The index of concern by area and planning day, whether it is set by hand, and whom areas are compared with"""

import sqlalchemy as sa
from alembic import op

from models.base import UtcInstant

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "area", sa.Column("is_urgency_given", sa.Boolean(), nullable=False, server_default=sa.true())
    )
    op.execute("UPDATE area SET urgency_source = 'given before reasons were asked for' WHERE urgency_source = ''")
    op.create_table(
        "concernindex",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("counted_at", UtcInstant(), nullable=False),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_concernindex_area_code_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concernindex")),
    )
    op.create_index(op.f("ix_concernindex_area_code"), "concernindex", ["area_code"])

    op.create_table(
        "comparator",
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("comparator_code", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_comparator_area_code_area")),
        sa.ForeignKeyConstraint(["comparator_code"], ["area.code"], name=op.f("fk_comparator_comparator_code_area")),
        sa.PrimaryKeyConstraint("area_code", "comparator_code", name=op.f("pk_comparator")),
    )


def downgrade() -> None:
    op.drop_table("comparator")
    op.drop_table("concernindex")
    op.drop_column("area", "is_urgency_given")
