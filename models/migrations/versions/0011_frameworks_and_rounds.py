"""The frameworks that a programme names, and the round or year of each activity"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("programme", sa.Column("frameworks", sa.String(), nullable=False, server_default=""))
    op.add_column("activity", sa.Column("round", sa.Integer(), nullable=False, server_default="1"))
    _number_later_rounds()


def downgrade() -> None:
    # Not in batch mode: that makes the tables anew, and others refer to them.
    op.drop_column("activity", "round")
    op.drop_column("programme", "frameworks")


def _number_later_rounds() -> None:
    """Codes of a later round end in its number: '820-visit-2'."""
    activity = sa.table("activity", sa.column("code"), sa.column("area_code"), sa.column("kind"), sa.column("round"))
    found = op.get_bind().execute(sa.select(activity.c.code, activity.c.area_code, activity.c.kind)).all()
    for code, area, kind in found:
        number = code.removeprefix(f"{area}-{kind}-")
        if number.isdigit():
            op.execute(sa.update(activity).where(activity.c.code == code).values(round=int(number)))
