"""The space in which an authority prepares for an inspection"""

import sqlalchemy as sa
from alembic import op

from models.base import UtcInstant

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "preparationgroup",
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("framework_id", sa.String(), nullable=False),
        sa.Column("reports_to", sa.String(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("area_code", name=op.f("pk_preparationgroup")),
    )
    op.create_table(
        "preparationmember",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("nominated_by", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("is_chair", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preparationmember")),
    )
    op.create_index(op.f("ix_preparationmember_area_code"), "preparationmember", ["area_code"])
    op.create_table(
        "preparationlead",
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        _member("preparationlead", "member_id"),
        sa.PrimaryKeyConstraint("area_code", "role", name=op.f("pk_preparationlead")),
    )
    op.create_index(op.f("ix_preparationlead_member_id"), "preparationlead", ["member_id"])
    op.create_table(
        "preparationmeeting",
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("decided", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("area_code", "held_on", name=op.f("pk_preparationmeeting")),
    )
    op.create_table(
        "mockinspection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mockinspection")),
    )
    op.create_index(op.f("ix_mockinspection_area_code"), "mockinspection", ["area_code"])
    op.create_table(
        "preparationtask",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("mock_id", sa.Integer(), nullable=True),
        _member("preparationtask", "owner_id"),
        sa.ForeignKeyConstraint(
            ["mock_id"], ["mockinspection.id"], name=op.f("fk_preparationtask_mock_id_mockinspection")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preparationtask")),
    )
    for column in ("area_code", "owner_id", "mock_id"):
        op.create_index(op.f(f"ix_preparationtask_{column}"), "preparationtask", [column])
    op.create_table(
        "selfevaluation",
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("judgement", sa.String(), nullable=False),
        sa.Column("descriptor", sa.Text(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("evidence_held", sa.Text(), nullable=False),
        sa.Column("action_needed", sa.Text(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("area_code", "judgement", name=op.f("pk_selfevaluation")),
    )
    op.create_table(
        "preparationentry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preparationentry")),
    )
    op.create_index(op.f("ix_preparationentry_area_code"), "preparationentry", ["area_code"])


def _member(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_preparationmember")
    return sa.ForeignKeyConstraint([column], ["preparationmember.id"], name=name)


def downgrade() -> None:
    for table in (
        "preparationentry",
        "selfevaluation",
        "preparationtask",
        "mockinspection",
        "preparationmeeting",
        "preparationlead",
        "preparationmember",
        "preparationgroup",
    ):
        op.drop_table(table)
