"""Every entry of the audit log is sealed with the one before it"""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("auditentry", sa.Column("position", sa.Integer(), nullable=True))
    op.add_column("auditentry", sa.Column("seal", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_auditentry_position", "auditentry", ["position"], unique=True)
    _seal_all(op.get_bind())


def downgrade() -> None:
    op.drop_index("ix_auditentry_position", "auditentry")
    op.drop_column("auditentry", "seal")
    op.drop_column("auditentry", "position")


def _seal_all(connection: sa.Connection) -> None:
    """What is there is taken as it is; from now on no change of it stays hidden."""
    said = ("at", "who", "action", "subject", "before", "after", "why")
    entries = sa.table(
        "auditentry", sa.column("id"), sa.column("position"), sa.column("seal"),
        sa.column("at", sa.DateTime()), *(sa.column(name) for name in said[1:]),
    )
    seal = ""
    rows = connection.execute(sa.select(entries).order_by(entries.c.id)).mappings().all()
    for position, row in enumerate(rows, start=1):
        at = f"{row['at'].isoformat(timespec='microseconds')}+00:00"
        content = json.dumps([seal, position, at, *(row[name] for name in said[1:])], ensure_ascii=False)
        seal = hashlib.sha256(content.encode()).hexdigest()
        connection.execute(
            entries.update().where(entries.c.id == row["id"]).values(position=position, seal=seal)
        )
