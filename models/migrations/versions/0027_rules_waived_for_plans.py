"""Rules that are waived for a plan when it is published"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

TEXTS = ("rule", "place", "message", "requirement", "activity_code", "code", "why", "waived_by")


def upgrade() -> None:
    op.create_table(
        "planwaiver",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in TEXTS),
        sa.Column("waived_at", models.base.UtcInstant(), nullable=False),
        sa.ForeignKeyConstraint(["plan_version"], ["planversion.version"], name=op.f("fk_planwaiver_plan_version_planversion")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planwaiver")),
        sa.UniqueConstraint("plan_version", "rule", "place", "message", name=op.f("uq_planwaiver_plan_version")),
    )
    op.create_index(op.f("ix_planwaiver_plan_version"), "planwaiver", ["plan_version"], unique=False)


def downgrade() -> None:
    op.drop_table("planwaiver")
