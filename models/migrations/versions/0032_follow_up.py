"""Recommendations, statements of proposed action, actions, checks of progress and interventions"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0032"
down_revision = "0030"
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.create_table(
        "recommendation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_priority", sa.Boolean(), nullable=False),
        sa.Column("cause", TEXT(), nullable=False),
        sa.Column("owner", TEXT(), nullable=False),
        sa.Column("owner_kind", TEXT(), nullable=False),
        sa.Column("others", TEXT(), nullable=False),
        sa.Column("monitor", TEXT(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", TEXT(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("confirmed_by", TEXT(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_why", TEXT(), nullable=False),
        *_recorded(),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        _reference("recommendation", "activity_id", "activity.id"),
        _reference("recommendation", "closed_by_id", "activity.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
        sa.UniqueConstraint("activity_id", "number", name=op.f("uq_recommendation_activity_id")),
    )
    op.create_index(op.f("ix_recommendation_activity_id"), "recommendation", ["activity_id"])
    op.create_index(op.f("ix_recommendation_monitor"), "recommendation", ["monitor"])
    op.create_table(
        "actionstatement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("state", TEXT(), nullable=False),
        sa.Column("decided_by", TEXT(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("why", TEXT(), nullable=False),
        *_recorded(),
        _reference("actionstatement", "activity_id", "activity.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actionstatement")),
    )
    op.create_index(op.f("ix_actionstatement_activity_id"), "actionstatement", ["activity_id"])
    op.create_table(
        "proposedaction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner", TEXT(), nullable=False),
        sa.Column("owner_kind", TEXT(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by", TEXT(), nullable=False),
        sa.Column("evidence", TEXT(), nullable=False),
        *_recorded(),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        _reference("proposedaction", "recommendation_id", "recommendation.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposedaction")),
    )
    op.create_index(op.f("ix_proposedaction_recommendation_id"), "proposedaction", ["recommendation_id"])
    op.create_table(
        "progresscheck",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("checked_by", TEXT(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        *_recorded(),
        _reference("progresscheck", "activity_id", "activity.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progresscheck")),
    )
    op.create_index(op.f("ix_progresscheck_activity_id"), "progresscheck", ["activity_id"])
    op.create_table(
        "intervention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", TEXT(), nullable=False),
        sa.Column("ground", TEXT(), nullable=False),
        sa.Column("power", TEXT(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("source", TEXT(), nullable=False),
        *_recorded(),
        _reference("intervention", "area_code", "area.code"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intervention")),
    )
    op.create_index(op.f("ix_intervention_area_code"), "intervention", ["area_code"])


def downgrade() -> None:
    for table in ("intervention", "progresscheck", "proposedaction", "actionstatement", "recommendation"):
        op.drop_table(table)


def _recorded() -> tuple[sa.Column[str], sa.Column[object]]:
    return (
        sa.Column("recorded_by", TEXT(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
    )


def _reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to.partition('.')[0]}")
    return sa.ForeignKeyConstraint([column], [to], name=name)
