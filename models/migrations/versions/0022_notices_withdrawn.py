"""Words taken back are counted, and what was told before that was kept counts as told"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

TOLD_OF = """
    SELECT reminder.activity_id, reminder.recipient, reminder.role, delivery.id, delivery.as_of, activity.plan_version
    FROM reminder
    JOIN delivery ON delivery.id = reminder.delivery_id
    JOIN activity ON activity.id = reminder.activity_id
    WHERE reminder.state = 'included' AND delivery.state IN ('sent', 'unresolved', 'claimed')
      AND activity.state IN ('planned', 'under_way') AND activity.precision IS NOT NULL
      AND reminder.activity_id NOT IN (SELECT activity_id FROM announcement)
    ORDER BY delivery.id, reminder.id
"""
"""Words about activities of which no message ever told the dates as such: those that it sent before it kept them."""

STEPS_OF = """
    SELECT step_id, start_on, end_on, due_on FROM step WHERE activity_id = :activity AND state <> 'superseded'
    ORDER BY position
"""


def upgrade() -> None:
    op.add_column("step", sa.Column("times_withdrawn", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("announcement", sa.Column("notice", sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE step SET times_withdrawn = (SELECT COUNT(DISTINCT occurrence) FROM reminder"
        " WHERE reminder.step_id = step.id AND reminder.rule = 'undone')"
    )
    rows = list(_taken_as_told(op.get_bind()))
    if rows:
        op.bulk_insert(_announcement(), rows)


def downgrade() -> None:
    op.drop_column("announcement", "notice")
    op.drop_column("step", "times_withdrawn")


def _taken_as_told(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    """For whoever had any message about an activity: its dates as they are, with the latest of these messages."""
    roles: dict[tuple[int, str], Counter[str]] = {}
    latest: dict[tuple[int, str], tuple[int, Any, int | None]] = {}
    typed = sa.text(TOLD_OF).columns(
        activity_id=sa.Integer, recipient=sa.String, role=sa.String, id=sa.Integer, as_of=sa.Date, plan_version=sa.Integer
    )
    for activity, recipient, role, delivery, as_of, version in connection.execute(typed):
        key = activity, recipient.lower()
        roles.setdefault(key, Counter())[role] += 1
        latest[key] = delivery, as_of, version
    for (activity, mailbox), (delivery, as_of, version) in latest.items():
        yield {
            "activity_id": activity,
            "recipient": mailbox,
            "role": roles[activity, mailbox].most_common(1)[0][0],
            "occasion": "dates",
            "told_on": as_of,
            "plan_version": version,
            "days": json.dumps(_days(connection, activity)),
            "notice": 0,
            "delivery_id": delivery,
        }


def _days(connection: sa.Connection, activity: int) -> dict[str, list[str]]:
    """First and last day, both included, of each step."""
    typed = sa.text(STEPS_OF).columns(step_id=sa.String, start_on=sa.Date, end_on=sa.Date, due_on=sa.Date)
    found = {}
    for step, start_on, end_on, due_on in connection.execute(typed, {"activity": activity}):
        last = due_on if end_on is None else end_on.fromordinal(end_on.toordinal() - 1)
        found[step] = [str(start_on or due_on), str(last)]
    return found


def _announcement() -> sa.TableClause:
    columns = {
        "activity_id": sa.Integer,
        "recipient": sa.String,
        "role": sa.String,
        "occasion": sa.String,
        "told_on": sa.Date,
        "plan_version": sa.Integer,
        "days": sa.Text,
        "notice": sa.Integer,
        "delivery_id": sa.Integer,
    }
    return sa.table("announcement", *(sa.column(name, kind()) for name, kind in columns.items()))
