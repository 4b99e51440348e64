"""Replans that somebody asked for in the console, and what they answered"""

import sqlalchemy as sa
from alembic import op

from models.base import UtcInstant

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "replanrequest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", UtcInstant(), nullable=False),
        sa.Column("ended_at", UtcInstant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_version"], ["planversion.version"], name=op.f("fk_replanrequest_plan_version_planversion")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["criticalevent.id"], name=op.f("fk_replanrequest_event_id_criticalevent")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replanrequest")),
    )
    op.create_index(op.f("ix_replanrequest_plan_version"), "replanrequest", ["plan_version"])
    op.create_index(op.f("ix_replanrequest_event_id"), "replanrequest", ["event_id"])


def downgrade() -> None:
    op.drop_table("replanrequest")
