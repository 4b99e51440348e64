"""Performance profiles by quarter, queries about their data, and annual ratings with their letters"""

import sqlalchemy as sa
from alembic import op

from models.base import UtcInstant

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "performanceprofile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("quarter", sa.String(), nullable=False),
        sa.Column("imported_by", sa.String(), nullable=False),
        sa.Column("imported_at", UtcInstant(), nullable=False),
        sa.Column("imported_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_performanceprofile_area_code_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_performanceprofile")),
        sa.UniqueConstraint("area_code", "quarter", name=op.f("uq_performanceprofile_area_code")),
    )
    op.create_index(op.f("ix_performanceprofile_area_code"), "performanceprofile", ["area_code"])
    _blocks()
    op.create_table(
        "dataquery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("quarter", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_at", UtcInstant(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_dataquery_area_code_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dataquery")),
    )
    op.create_index(op.f("ix_dataquery_area_code"), "dataquery", ["area_code"])
    op.create_table(
        "annualrating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("regime", sa.String(), nullable=False),
        sa.Column("quarter", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("rated_by", sa.String(), nullable=False),
        sa.Column("rated_on", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("plan_review", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", UtcInstant(), nullable=False),
        sa.Column("strengths", sa.Text(), nullable=False),
        sa.Column("improvements", sa.Text(), nullable=False),
        sa.Column("draft_on", sa.Date(), nullable=True),
        sa.Column("final_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_annualrating_area_code_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annualrating")),
    )
    op.create_index(op.f("ix_annualrating_area_code"), "annualrating", ["area_code"])


def downgrade() -> None:
    for table in (
        "annualrating",
        "dataquery",
        "profileindicator",
        "profilefinding",
        "profilegroup",
        "performanceprofile",
    ):
        op.drop_table(table)


def _blocks() -> None:
    op.create_table(
        "profilegroup",
        *_of_profile("profilegroup", "group_code"),
        sa.Column("inspected", sa.Integer(), nullable=False),
        sa.Column("good_or_better", sa.Integer(), nullable=False),
        sa.Column("oldest_on", sa.Date(), nullable=True),
    )
    op.create_table(
        "profilefinding",
        *_of_profile("profilefinding", "kind", "found_on"),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("outcomes", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
    )
    op.create_table(
        "profileindicator",
        *_of_profile("profileindicator", "code"),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("national", sa.Float(), nullable=True),
        sa.Column("comparators", sa.Float(), nullable=True),
        sa.Column("lower_is_better", sa.Boolean(), nullable=False),
    )


def _of_profile(table: str, *key: str) -> list[sa.schema.SchemaItem]:
    """The profile that a row belongs to, and its code there; `key` are the columns that tell rows of one apart."""
    return [
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column(key[0], sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["performanceprofile.id"], name=op.f(f"fk_{table}_profile_id_performanceprofile")
        ),
        sa.PrimaryKeyConstraint("profile_id", *key, name=op.f(f"pk_{table}")),
    ]
