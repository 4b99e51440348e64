"""Signs of life of solves under way, with the best plan so far"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "solvebeat",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("problem_json", sa.Text(), nullable=True),
        sa.Column("result_json", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["solverun.id"], name=op.f("fk_solvebeat_run_id_solverun")),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_solvebeat")),
    )


def downgrade() -> None:
    op.drop_table("solvebeat")
