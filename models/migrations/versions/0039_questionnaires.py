"""Questionnaires that were sent and answered, conferences, and what followed"""

import sqlalchemy as sa
from alembic import op

from models.base import UtcInstant

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "questionnaireround",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("questionnaire", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("evaluation", sa.String(), nullable=False),
        sa.Column("is_standing", sa.Boolean(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaireround")),
    )
    op.create_index(op.f("ix_questionnaireround_questionnaire"), "questionnaireround", ["questionnaire"])
    op.create_index(op.f("ix_questionnaireround_evaluation"), "questionnaireround", ["evaluation"])
    op.create_table(
        "questionnaireinvitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("area_name", sa.String(), nullable=False),
        sa.Column("invited", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=False),
        sa.Column("remind_on", sa.Date(), nullable=False),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["questionnaireround.id"],
            name=op.f("fk_questionnaireinvitation_round_id_questionnaireround"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaireinvitation")),
        sa.UniqueConstraint("round_id", "area_code", name=op.f("uq_questionnaireinvitation_round_id")),
    )
    op.create_index(op.f("ix_questionnaireinvitation_round_id"), "questionnaireinvitation", ["round_id"])
    op.create_index(op.f("ix_questionnaireinvitation_area_code"), "questionnaireinvitation", ["area_code"])
    op.create_table(
        "questionnairelink",
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["questionnaireinvitation.id"],
            name=op.f("fk_questionnairelink_invitation_id_questionnaireinvitation"),
        ),
        sa.PrimaryKeyConstraint("secret_hash", name=op.f("pk_questionnairelink")),
    )
    op.create_index(op.f("ix_questionnairelink_invitation_id"), "questionnairelink", ["invitation_id"])
    op.create_table(
        "questionnaireanswer",
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("answered_at", UtcInstant(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("contributors", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("num_replaced", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["questionnaireinvitation.id"],
            name=op.f("fk_questionnaireanswer_invitation_id_questionnaireinvitation"),
        ),
        sa.PrimaryKeyConstraint("invitation_id", name=op.f("pk_questionnaireanswer")),
    )
    op.create_table(
        "evaluationconference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evaluation", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("num_delegates", sa.Integer(), nullable=False),
        sa.Column("authorities", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluationconference")),
        sa.UniqueConstraint(
            "evaluation", "held_on", "name", name=op.f("uq_evaluationconference_evaluation")
        ),
    )
    op.create_index(op.f("ix_evaluationconference_evaluation"), "evaluationconference", ["evaluation"])
    op.create_table(
        "evaluationsuggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evaluation", sa.String(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("suggestion", sa.Text(), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("progress", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluationsuggestion")),
    )
    op.create_index(op.f("ix_evaluationsuggestion_evaluation"), "evaluationsuggestion", ["evaluation"])


def downgrade() -> None:
    for table in (
        "evaluationsuggestion",
        "evaluationconference",
        "questionnaireanswer",
        "questionnairelink",
        "questionnaireinvitation",
        "questionnaireround",
    ):
        op.drop_table(table)
