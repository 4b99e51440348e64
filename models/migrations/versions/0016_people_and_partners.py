"""Partners and what is sent to them, contact points, answers to places, leave; who takes part voluntarily"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString
CONTACT_POINT = ("contact_name", "contact_email", "contact_telephone")


def upgrade() -> None:
    op.add_column("contact", sa.Column("telephone", TEXT(), nullable=False, server_default=""))
    op.add_column(
        "inspector", sa.Column("is_voluntary", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    for name in CONTACT_POINT:
        op.add_column("activity", sa.Column(name, TEXT(), nullable=False, server_default=""))
    _partners()
    _answers()


def downgrade() -> None:
    for table in ("leave", "placeanswer", "circulation", "partner"):
        op.drop_table(table)
    for name in CONTACT_POINT:
        op.drop_column("activity", name)
    op.drop_column("inspector", "is_voluntary")
    op.drop_column("contact", "telephone")


def _partners() -> None:
    op.create_table(
        "partner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", TEXT(), nullable=False),
        sa.Column("name", TEXT(), nullable=False),
        sa.Column("kind", TEXT(), nullable=False),
        sa.Column("chief_officer", TEXT(), nullable=False),
        sa.Column("email", TEXT(), nullable=False),
        sa.Column("telephone", TEXT(), nullable=False),
        sa.Column("monitor_code", TEXT(), nullable=True),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_partner_area_code_area")),
        sa.ForeignKeyConstraint(["monitor_code"], ["body.code"], name=op.f("fk_partner_monitor_code_body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
    )
    op.create_index(op.f("ix_partner_area_code"), "partner", ["area_code"], unique=False)
    op.create_table(
        "circulation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("step_id", TEXT(), nullable=False),
        sa.Column("organisation", TEXT(), nullable=False),
        sa.Column("chief_officer", TEXT(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sent_by", TEXT(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_circulation_activity_id_activity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circulation")),
        sa.UniqueConstraint(
            "activity_id", "step_id", "organisation", name=op.f("uq_circulation_activity_id")
        ),
    )
    op.create_index(op.f("ix_circulation_activity_id"), "circulation", ["activity_id"], unique=False)


def _answers() -> None:
    op.create_table(
        "placeanswer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_code", TEXT(), nullable=False),
        sa.Column("inspector_code", TEXT(), nullable=False),
        sa.Column("skill", TEXT(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("state", TEXT(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("said_by", TEXT(), nullable=False),
        sa.Column("why", TEXT(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_code"], ["activity.code"], name=op.f("fk_placeanswer_activity_code_activity")
        ),
        sa.ForeignKeyConstraint(
            ["inspector_code"], ["inspector.code"], name=op.f("fk_placeanswer_inspector_code_inspector")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placeanswer")),
        sa.UniqueConstraint("activity_code", "inspector_code", name=op.f("uq_placeanswer_activity_code")),
    )
    for column in ("activity_code", "inspector_code"):
        op.create_index(op.f(f"ix_placeanswer_{column}"), "placeanswer", [column], unique=False)
    op.create_table(
        "leave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspector_code", TEXT(), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("end_on", sa.Date(), nullable=False),
        sa.Column("percent_available", sa.Integer(), nullable=False),
        sa.Column("said_by", TEXT(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspector_code"], ["inspector.code"], name=op.f("fk_leave_inspector_code_inspector")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave")),
    )
    op.create_index(op.f("ix_leave_inspector_code"), "leave", ["inspector_code"], unique=False)
