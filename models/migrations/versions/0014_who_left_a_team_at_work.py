"""Who worked in a review under way until they left its team"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.create_table(
        "pastseat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("activity_code", TEXT(), nullable=False),
        sa.Column("skill", TEXT(), nullable=False),
        sa.Column("inspector_code", TEXT(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_version"], ["planversion.version"], name="fk_pastseat_plan_version_planversion"
        ),
        sa.ForeignKeyConstraint(
            ["inspector_code"], ["inspector.code"], name="fk_pastseat_inspector_code_inspector"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_pastseat"),
    )
    for column in ("plan_version", "activity_code", "inspector_code"):
        op.create_index(f"ix_pastseat_{column}", "pastseat", [column])


def downgrade() -> None:
    op.drop_table("pastseat")
