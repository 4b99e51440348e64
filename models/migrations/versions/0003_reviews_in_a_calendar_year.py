"""A maximum of reviews in a calendar year, beside that of the financial year"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("inspector", sa.Column("max_reviews_per_calendar_year", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("inspector", "max_reviews_per_calendar_year")
