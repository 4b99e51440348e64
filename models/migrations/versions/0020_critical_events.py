"""Critical events, what was decided about them, and special reviews"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.create_table(
        "criticalevent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", TEXT(), nullable=False),
        sa.Column("kind", TEXT(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("reference", TEXT(), nullable=False),
        sa.Column("source", TEXT(), nullable=False),
        sa.Column("seriousness", TEXT(), nullable=False),
        sa.Column("recorded_by", TEXT(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_criticalevent_area_code_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criticalevent")),
        sa.UniqueConstraint("area_code", "kind", "happened_on", "reference", name=op.f("uq_criticalevent_area_code")),
    )
    op.create_index(op.f("ix_criticalevent_area_code"), "criticalevent", ["area_code"])
    op.create_table(
        "eventdecision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("decision", TEXT(), nullable=False),
        sa.Column("decided_by", TEXT(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("why", TEXT(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("within_weeks", sa.Integer(), nullable=True),
        sa.Column("recorded_by", TEXT(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["criticalevent.id"], name=op.f("fk_eventdecision_event_id_criticalevent")),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_eventdecision_activity_id_activity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eventdecision")),
    )
    op.create_index(op.f("ix_eventdecision_event_id"), "eventdecision", ["event_id"])
    _special_reviews()
    op.create_table(
        "eventplan",
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["criticalevent.id"], name=op.f("fk_eventplan_event_id_criticalevent")),
        sa.ForeignKeyConstraint(["plan_version"], ["planversion.version"], name=op.f("fk_eventplan_plan_version_planversion")),
        sa.PrimaryKeyConstraint("plan_version", name=op.f("pk_eventplan")),
    )
    op.create_index(op.f("ix_eventplan_event_id"), "eventplan", ["event_id"])


def downgrade() -> None:
    for table in ("rulesetaside", "specialreview", "eventplan", "eventdecision", "criticalevent"):
        op.drop_table(table)


def _special_reviews() -> None:
    op.create_table(
        "specialreview",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("approved_by", TEXT(), nullable=False),
        sa.Column("waiver_code", TEXT(), nullable=False),
        sa.Column("waiver_reason", TEXT(), nullable=False),
        sa.Column("left_out", TEXT(), nullable=False),
        sa.Column("takes_place", sa.Boolean(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_specialreview_activity_id_activity")),
        sa.ForeignKeyConstraint(["event_id"], ["criticalevent.id"], name=op.f("fk_specialreview_event_id_criticalevent")),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_specialreview")),
    )
    op.create_index(op.f("ix_specialreview_event_id"), "specialreview", ["event_id"])
    op.create_table(
        "rulesetaside",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("step_id", TEXT(), nullable=False),
        sa.Column("rule", TEXT(), nullable=False),
        sa.Column("found", TEXT(), nullable=False),
        sa.Column("words", TEXT(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_rulesetaside_activity_id_activity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rulesetaside")),
        sa.UniqueConstraint("activity_id", "step_id", "rule", "found", name=op.f("uq_rulesetaside_activity_id")),
    )
    op.create_index(op.f("ix_rulesetaside_activity_id"), "rulesetaside", ["activity_id"])
