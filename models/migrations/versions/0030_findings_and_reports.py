"""Findings and hypotheses of reviews; their reports with texts, versions, comments and reports on single services"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from models.base import UtcInstant

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

TABLES = ("linkedreport", "reportcomment", "reportversion", "reporttext", "hypothesis", "reviewfinding")


def upgrade() -> None:
    op.create_table(
        "reviewfinding",
        *_of_activity("reviewfinding"),
        _words("contribution"),
        _words("kind"),
        sa.Column("text", sa.Text(), nullable=False),
        _words("cause"),
        _words("managed"),
        _words("services"),
        _words("evidence"),
        _words("step_id"),
        *_said("said"),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        _words("withdrawn_why"),
    )
    op.create_table(
        "hypothesis",
        *_of_activity("hypothesis"),
        _words("contribution"),
        sa.Column("text", sa.Text(), nullable=False),
        _words("reason_code"),
        _words("state"),
        *_said("said"),
        sa.Column("said_on", sa.Date(), nullable=False),
        _words("ended_by"),
        sa.Column("ended_on", sa.Date(), nullable=True),
        _words("why"),
    )
    op.create_table(
        "reporttext",
        *_of_activity("reporttext"),
        _words("part"),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        *_said("written"),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.UniqueConstraint("activity_id", "part", "edition", name=op.f("uq_reporttext_activity_id")),
    )
    op.create_table(
        "reportversion",
        *_of_activity("reportversion"),
        _words("step_id"),
        sa.Column("document", sa.Text(), nullable=False),
        *_said("kept"),
        sa.Column("kept_on", sa.Date(), nullable=False),
    )
    op.create_table(
        "reportcomment",
        *_of_activity("reportcomment"),
        sa.Column("number", sa.Integer(), nullable=False),
        _words("organisation"),
        _words("part"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        *_said("recorded"),
        _words("state"),
        _words("why"),
        _words("answered_by"),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.UniqueConstraint("activity_id", "number", name=op.f("uq_reportcomment_activity_id")),
    )
    op.create_table(
        "linkedreport",
        *_of_activity("linkedreport"),
        _words("service"),
        _words("title"),
        _words("link"),
        sa.Column("summary", sa.Text(), nullable=False),
        *_said("linked"),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
    )
    for table in reversed(TABLES):
        op.create_index(op.f(f"ix_{table}_activity_id"), table, ["activity_id"])
    waived = sa.Column("waived_report", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
    op.add_column("signoff", waived)


def downgrade() -> None:
    op.drop_column("signoff", "waived_report")
    for table in TABLES:
        op.drop_table(table)


def _of_activity(table: str) -> list[sa.schema.SchemaItem]:
    key = sa.ForeignKeyConstraint(
        ["activity_id"], ["activity.id"], name=op.f(f"fk_{table}_activity_id_activity")
    )
    number, activity = (sa.Column(name, sa.Integer(), nullable=False) for name in ("id", "activity_id"))
    return [number, activity, key, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))]


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(), nullable=False)


def _said(what: str) -> list[sa.Column]:
    return [_words(f"{what}_by"), sa.Column(f"{what}_at", UtcInstant(), nullable=False)]
