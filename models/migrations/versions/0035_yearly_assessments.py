"""The assessment of every area each year, its grades, inputs and conversations"""

import sqlalchemy as sa
from alembic import op

from models.base import UtcInstant

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "yearlyassessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("field_on", sa.Date(), nullable=True),
        sa.Column("judged_on", sa.Date(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("late_because", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_yearlyassessment_area_code_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_yearlyassessment")),
        sa.UniqueConstraint("area_code", "year", name=op.f("uq_yearlyassessment_area_code")),
    )
    op.create_index(op.f("ix_yearlyassessment_area_code"), "yearlyassessment", ["area_code"])
    op.create_index(op.f("ix_yearlyassessment_year"), "yearlyassessment", ["year"])
    op.create_table(
        "assessmentgrade",
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("judgement", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("said_at", UtcInstant(), nullable=False),
        sa.Column("from_review", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["yearlyassessment.id"], name=op.f("fk_assessmentgrade_assessment_id_yearlyassessment")
        ),
        sa.PrimaryKeyConstraint("assessment_id", "judgement", name=op.f("pk_assessmentgrade")),
    )
    op.create_table(
        "yearlyinput",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["yearlyassessment.id"], name=op.f("fk_yearlyinput_assessment_id_yearlyassessment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_yearlyinput")),
        sa.UniqueConstraint("assessment_id", "kind", name=op.f("uq_yearlyinput_assessment_id")),
    )
    op.create_index(op.f("ix_yearlyinput_assessment_id"), "yearlyinput", ["assessment_id"])
    op.create_table(
        "conversation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("people", sa.String(), nullable=False),
        sa.Column("points", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["yearlyassessment.id"], name=op.f("fk_conversation_assessment_id_yearlyassessment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
    )
    op.create_index(op.f("ix_conversation_assessment_id"), "conversation", ["assessment_id"])


def downgrade() -> None:
    for table in ("conversation", "yearlyinput", "assessmentgrade", "yearlyassessment"):
        op.drop_table(table)
