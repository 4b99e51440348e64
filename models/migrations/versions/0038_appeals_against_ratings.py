"""Appeals against annual ratings, and what happened in each"""

import sqlalchemy as sa
from alembic import op

from models.base import UtcInstant

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ratingappeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("rating_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("new_rating_id", sa.Integer(), nullable=True),
        sa.Column("waiver_code", sa.String(), nullable=False),
        sa.Column("waiver_reason", sa.String(), nullable=False),
        sa.Column("complaint", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_ratingappeal_area_code_area")),
        sa.ForeignKeyConstraint(
            ["rating_id"], ["annualrating.id"], name=op.f("fk_ratingappeal_rating_id_annualrating")
        ),
        sa.ForeignKeyConstraint(
            ["new_rating_id"], ["annualrating.id"], name=op.f("fk_ratingappeal_new_rating_id_annualrating")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ratingappeal")),
    )
    op.create_index(op.f("ix_ratingappeal_area_code"), "ratingappeal", ["area_code"])
    op.create_index(op.f("ix_ratingappeal_rating_id"), "ratingappeal", ["rating_id"])
    op.create_table(
        "appealstep",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appeal_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", UtcInstant(), nullable=False),
        sa.ForeignKeyConstraint(["appeal_id"], ["ratingappeal.id"], name=op.f("fk_appealstep_appeal_id_ratingappeal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appealstep")),
    )
    op.create_index(op.f("ix_appealstep_appeal_id"), "appealstep", ["appeal_id"])


def downgrade() -> None:
    op.drop_table("appealstep")
    op.drop_table("ratingappeal")
