"""Consultation: local groups, how often groups are consulted, surveys, studies, concerns and feedback"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.create_table(
        "consultedgroup",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("group_code", TEXT(), nullable=False),
        sa.Column("grounds", TEXT(), nullable=False),
        *_recorded(),
        _of_activity("consultedgroup"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultedgroup")),
        sa.UniqueConstraint("activity_id", "group_code", name=op.f("uq_consultedgroup_activity_id")),
    )
    op.create_index(op.f("ix_consultedgroup_activity_id"), "consultedgroup", ["activity_id"])
    op.create_table(
        "groupconsultation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", TEXT(), nullable=False),
        sa.Column("group_code", TEXT(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("consultation", TEXT(), nullable=False),
        sa.Column("is_statutory", sa.Boolean(), nullable=False),
        *_recorded(),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_groupconsultation_area_code_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groupconsultation")),
        sa.UniqueConstraint(
            "area_code", "group_code", "held_on", "consultation", name=op.f("uq_groupconsultation_area_code")
        ),
    )
    op.create_index(op.f("ix_groupconsultation_area_code"), "groupconsultation", ["area_code"])
    op.create_table(
        "schoolsurvey",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("num_chosen", sa.Integer(), nullable=False),
        sa.Column("why_chosen", TEXT(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("num_returned", sa.Integer(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("why_fewer", TEXT(), nullable=False),
        *_recorded(),
        _of_activity("schoolsurvey"),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_schoolsurvey")),
    )
    op.create_table(
        "neighbourhoodstudy",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("place", TEXT(), nullable=False),
        sa.Column("grounds", TEXT(), nullable=False),
        sa.Column("context_on", sa.Date(), nullable=True),
        sa.Column("visits_on", sa.Date(), nullable=True),
        sa.Column("discussions_on", sa.Date(), nullable=True),
        *_recorded(),
        _of_activity("neighbourhoodstudy"),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_neighbourhoodstudy")),
    )
    op.create_table(
        "raisedconcern",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("referred_to", TEXT(), nullable=False),
        *_recorded(),
        _of_activity("raisedconcern"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_raisedconcern")),
    )
    op.create_index(op.f("ix_raisedconcern_activity_id"), "raisedconcern", ["activity_id"])
    op.create_table(
        "consultationfeedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("whom", TEXT(), nullable=False),
        sa.Column("how", TEXT(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        *_recorded(),
        _of_activity("consultationfeedback"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultationfeedback")),
    )
    op.create_index(op.f("ix_consultationfeedback_activity_id"), "consultationfeedback", ["activity_id"])


def downgrade() -> None:
    for table in (
        "consultationfeedback",
        "raisedconcern",
        "neighbourhoodstudy",
        "schoolsurvey",
        "groupconsultation",
        "consultedgroup",
    ):
        op.drop_table(table)


def _recorded() -> tuple[sa.Column[str], sa.Column[object]]:
    return (
        sa.Column("recorded_by", TEXT(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
    )


def _of_activity(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f(f"fk_{table}_activity_id_activity"))
