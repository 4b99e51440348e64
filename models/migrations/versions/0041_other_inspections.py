"""Inspections besides the review that are due, and results of inspections of settings"""

import sqlalchemy as sa
from alembic import op

from models.base import UtcInstant

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "otherinspection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.Column("due_by", sa.Date(), nullable=False),
        sa.Column("window_first_on", sa.Date(), nullable=True),
        sa.Column("window_last_on", sa.Date(), nullable=True),
        sa.Column("planned_first_on", sa.Date(), nullable=True),
        sa.Column("planned_last_on", sa.Date(), nullable=True),
        sa.Column("reason_code", sa.String(), nullable=False),
        sa.Column("overlaps", sa.String(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("imported_by", sa.String(), nullable=False),
        sa.Column("imported_at", UtcInstant(), nullable=False),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_otherinspection_area_code_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_otherinspection")),
        sa.UniqueConstraint("area_code", "type", "place", "due_by", name=op.f("uq_otherinspection_area_code")),
    )
    op.create_index(op.f("ix_otherinspection_area_code"), "otherinspection", ["area_code"])
    op.create_table(
        "settingresult",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("commissioner", sa.String(), nullable=False),
        sa.Column("imported_by", sa.String(), nullable=False),
        sa.Column("imported_at", UtcInstant(), nullable=False),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_settingresult_area_code_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settingresult")),
        sa.UniqueConstraint(
            "area_code", "type", "place", "found_on", "outcome", name=op.f("uq_settingresult_area_code")
        ),
    )
    op.create_index(op.f("ix_settingresult_area_code"), "settingresult", ["area_code"])


def downgrade() -> None:
    for table in ("settingresult", "otherinspection"):
        op.drop_table(table)
