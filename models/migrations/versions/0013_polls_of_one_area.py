"""Polls that are held in one area alone"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("election") as batch:
        batch.add_column(sa.Column("area_code", sa.String(), nullable=True))
        batch.create_foreign_key(op.f("fk_election_area_code_area"), "area", ["area_code"], ["code"])
        batch.create_index(op.f("ix_election_area_code"), ["area_code"])


def downgrade() -> None:
    op.execute("DELETE FROM election WHERE area_code IS NOT NULL")  # it would count for every area of the type
    with op.batch_alter_table("election") as batch:
        batch.drop_index(op.f("ix_election_area_code"))
        batch.drop_constraint(op.f("fk_election_area_code_area"), type_="foreignkey")
        batch.drop_column("area_code")
