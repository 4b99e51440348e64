"""The development of an inspection: tasks that are done, trials and their lessons"""

import sqlalchemy as sa
from alembic import op

from models.base import UtcInstant

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "developmentdone",
        sa.Column("development", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("said_at", UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("development", "task", name=op.f("pk_developmentdone")),
    )
    op.create_table(
        "developmenttrial",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("development", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_developmenttrial")),
    )
    op.create_index(op.f("ix_developmenttrial_development"), "developmenttrial", ["development"])
    op.create_table(
        "triallesson",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trial_id", sa.Integer(), nullable=False),
        sa.Column("lesson", sa.Text(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["trial_id"], ["developmenttrial.id"], name=op.f("fk_triallesson_trial_id_developmenttrial")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_triallesson")),
    )
    op.create_index(op.f("ix_triallesson_trial_id"), "triallesson", ["trial_id"])


def downgrade() -> None:
    for table in ("triallesson", "developmenttrial", "developmentdone"):
        op.drop_table(table)
