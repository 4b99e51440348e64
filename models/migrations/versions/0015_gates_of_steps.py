"""Who signs steps off on behalf of whom, what they were signed off without, outputs, final teams, editions of steps"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

SIGN_OFF = (
    "on_behalf_of",
    "on_behalf_why",
    "waived_outputs",
    "waived_inputs",
    "waived_themes",
    "waiver_code",
    "waiver_reason",
)


def upgrade() -> None:
    op.add_column("step", sa.Column("waiver_code", sa.String(), nullable=False, server_default=""))
    op.add_column("step", sa.Column("edition", sa.Integer(), nullable=False, server_default="0"))
    for name in SIGN_OFF:
        op.add_column("signoff", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.create_table(
        "recordedoutput",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("output", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name="fk_recordedoutput_step_id_step"),
        sa.PrimaryKeyConstraint("id", name="pk_recordedoutput"),
    )
    op.create_index("ix_recordedoutput_step_id", "recordedoutput", ["step_id"])
    op.create_table(
        "teamconfirmation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("members", sa.String(), nullable=False),
        sa.Column("confirmed_by", sa.String(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name="fk_teamconfirmation_activity_id_activity"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_teamconfirmation"),
    )
    op.create_index("ix_teamconfirmation_activity_id", "teamconfirmation", ["activity_id"])
    op.create_table(
        "fieldworkdecision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("has_fieldwork", sa.Boolean(), nullable=False),
        sa.Column("reason_code", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name="fk_fieldworkdecision_activity_id_activity"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_fieldworkdecision"),
    )
    op.create_index("ix_fieldworkdecision_activity_id", "fieldworkdecision", ["activity_id"])


def downgrade() -> None:
    op.drop_index("ix_fieldworkdecision_activity_id", "fieldworkdecision")
    op.drop_table("fieldworkdecision")
    op.drop_index("ix_teamconfirmation_activity_id", "teamconfirmation")
    op.drop_table("teamconfirmation")
    op.drop_index("ix_recordedoutput_step_id", "recordedoutput")
    op.drop_table("recordedoutput")
    for name in reversed(SIGN_OFF):
        op.drop_column("signoff", name)
    op.drop_column("step", "edition")
    op.drop_column("step", "waiver_code")
