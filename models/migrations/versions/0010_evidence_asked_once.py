"""Evidence with its states, asked once and needed by several activities, and the file in which it came"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    evidence, need = _new_tables()
    _carry_over(op.get_bind(), evidence, need)
    op.drop_table("evidencerequest")


def downgrade() -> None:
    old = _old_table()
    _carry_back(op.get_bind(), old)
    op.drop_table("evidencefile")
    op.drop_table("evidenceneed")
    op.drop_table("evidence")


def _new_tables() -> tuple[sa.Table, sa.Table]:
    evidence = op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", TEXT(), nullable=False),
        sa.Column("content", TEXT(), nullable=False),
        sa.Column("name", TEXT(), nullable=False),
        sa.Column("asked_of", TEXT(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", TEXT(), nullable=False),
        sa.Column("met", TEXT(), nullable=False),
        sa.Column("held_by", TEXT(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("why", TEXT(), nullable=False),
        sa.Column("note", TEXT(), nullable=False),
        sa.Column("link", TEXT(), nullable=False),
        sa.Column("num_pieces", sa.Integer(), nullable=True),
        sa.Column("publisher", TEXT(), nullable=False),
        sa.Column("period", TEXT(), nullable=False),
        sa.Column("is_update", sa.Boolean(), nullable=False),
        sa.Column("is_confidential", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_evidence_area_code_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index(op.f("ix_evidence_area_code"), "evidence", ["area_code"], unique=False)
    op.create_index(op.f("ix_evidence_state"), "evidence", ["state"], unique=False)
    need = op.create_table(
        "evidenceneed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("item", TEXT(), nullable=False),
        sa.Column("needed_for", TEXT(), nullable=False),
        sa.Column("due_step", TEXT(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("was_asked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_evidenceneed_activity_id_activity")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_evidenceneed_evidence_id_evidence")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidenceneed")),
        sa.UniqueConstraint("activity_id", "item", name=op.f("uq_evidenceneed_activity_id")),
    )
    op.create_index(op.f("ix_evidenceneed_activity_id"), "evidenceneed", ["activity_id"], unique=False)
    op.create_index(op.f("ix_evidenceneed_evidence_id"), "evidenceneed", ["evidence_id"], unique=False)
    op.create_table(
        "evidencefile",
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("name", TEXT(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", TEXT(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_evidencefile_evidence_id_evidence")
        ),
        sa.PrimaryKeyConstraint("evidence_id", name=op.f("pk_evidencefile")),
    )
    return evidence, need


SHARED = {"self_assessment_material": "self_assessment"}
"""Content keys that are not called like the item."""

NOT_SHARED = (
    *("consultation_findings", "case_files", "user_meetings", "focus_groups", "impact", "tracking"),
    *("neighbourhood_studies", "setting_visits"),
)
"""Items of the framework of 2005 that serve nobody else."""


def _carry_over(bind: sa.Connection, evidence: sa.Table, need: sa.Table) -> None:
    """Each request becomes an item with the need of its activity, and of every other that shared it."""
    activities = {code: number for number, code in bind.execute(sa.text("SELECT id, code FROM activity"))}
    columns = "activity_id, area_code, step_id, item, name, asked_of, requested_on, due_on, received_on, shared_with"
    old = sa.text(f"SELECT {columns} FROM evidencerequest ORDER BY id").columns(
        requested_on=sa.Date, due_on=sa.Date, received_on=sa.Date
    )
    for row in bind.execute(old).mappings().all():
        content = "" if row["item"] in NOT_SHARED else SHARED.get(row["item"], row["item"])
        came = row["received_on"] is not None
        kept = {name: row[name] for name in ("area_code", "name", "asked_of", "due_on", "received_on")}
        blank = dict.fromkeys(("held_by", "why", "note", "link", "publisher", "period"), "")
        values = {
            **kept,
            **blank,
            "content": content,
            "asked_on": row["requested_on"],
            "state": "received" if came else "asked",
            "met": "handed_in" if came else "",
            "is_update": False,
            "is_confidential": row["item"] in ("case_files", "tracking"),
        }
        number = bind.execute(evidence.insert().values(**values).returning(evidence.c.id)).scalar_one()
        others = [activities[code] for code in row["shared_with"].split() if code in activities]
        for position, activity in enumerate([row["activity_id"], *others]):
            bind.execute(
                need.insert().values(
                    evidence_id=number,
                    activity_id=activity,
                    item=row["item"],
                    needed_for=row["step_id"],
                    due_step="self_assessment" if row["item"] in SHARED else "",
                    due_on=row["due_on"],
                    was_asked=position == 0,
                )
            )


def _old_table() -> sa.Table:
    old = op.create_table(
        "evidencerequest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("area_code", TEXT(), nullable=False),
        sa.Column("step_id", TEXT(), nullable=False),
        sa.Column("item", TEXT(), nullable=False),
        sa.Column("name", TEXT(), nullable=False),
        sa.Column("asked_of", TEXT(), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("shared_with", TEXT(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_evidencerequest_activity_id_activity")
        ),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_evidencerequest_area_code_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidencerequest")),
        sa.UniqueConstraint("area_code", "item", "activity_id", name=op.f("uq_evidencerequest_area_code")),
    )
    for column in ("activity_id", "area_code"):
        op.create_index(op.f(f"ix_evidencerequest_{column}"), "evidencerequest", [column], unique=False)
    return old


def _carry_back(bind: sa.Connection, old: sa.Table) -> None:
    """Each item that was asked for becomes the request of its first activity, shared with the others."""
    codes = {number: code for number, code in bind.execute(sa.text("SELECT id, code FROM activity"))}
    query = sa.text(
        "SELECT e.id AS number, area_code, name, asked_of, asked_on, e.due_on AS due_on, received_on, activity_id,"
        " item, needed_for FROM evidence e JOIN evidenceneed n ON n.evidence_id = e.id"
        " WHERE asked_on IS NOT NULL ORDER BY n.id"
    ).columns(asked_on=sa.Date, due_on=sa.Date, received_on=sa.Date)
    found: dict[int, dict[str, object]] = {}
    for row in bind.execute(query).mappings().all():
        if row["number"] in found:
            shared = found[row["number"]]
            shared["shared_with"] = f"{shared['shared_with']} {codes[row['activity_id']]}".strip()
            continue
        found[row["number"]] = {
            "activity_id": row["activity_id"],
            "area_code": row["area_code"],
            "step_id": row["needed_for"],
            "item": row["item"],
            "name": row["name"],
            "asked_of": row["asked_of"],
            "requested_on": row["asked_on"],
            "due_on": row["due_on"],
            "received_on": row["received_on"],
            "shared_with": "",
        }
    for values in found.values():
        bind.execute(old.insert().values(**values))
