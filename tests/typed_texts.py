"""What people write into the tables: every column of text but those that code of ours compares with something.

A new column of text counts as written by people until it is named here, so nothing is forgotten.
"""

from collections.abc import Iterator

from sqlalchemy import String, text
from sqlmodel import AutoString, Session, SQLModel

COMPARED = frozenset(
    {
        # codes and keys
        "code", "gss_code", "area_code", "body_code", "inspector_code", "activity_code", "skill_code", "group_code",
        "monitor_code", "waiver_code", "reason_code", "step_id", "framework_id", "theme", "stage", "skill", "judgement",
        "owner_kind", "monitor", "cause", "ground", "power",
        "holiday_calendar", "measure", "content", "item", "needed_for", "due_step", "output", "fingerprint",
        # one of a few words
        "type", "extent", "kind", "state", "status", "option", "origin", "precision", "scope", "role", "roles",
        "channel", "occasion", "occasions", "decision", "seriousness", "whose", "grade", "met", "asked_of", "phase",
        "profile", "policy", "frameworks", "area_type", "urgency_source", "value", "organisation", "owner", "others",
        "quarter", "regime", "sector", "overlaps", "outcomes", "outcome", "step",
        "questionnaire", "evaluation", "progress", "development", "task", "verdict",
        "last_outcome",
        # lists and documents that are read again
        "who", "told", "copied", "sign_off", "counted_from", "broken_rules", "waived_outputs", "waived_inputs",
        "waived_themes", "waived_report", "part", "contribution", "evidence", "members", "left_out", "terms", "days",
        "rules", "document", "kept_framework", "calendar",
        "problem_json", "plan_json", "result_json", "before", "after", "event", "report", "action", "subject",
        "answers", "authorities",
        # secrets, marks of processes, and where mail goes
        "login", "password_hash", "login_hash", "secret_hash", "problem_hash", "sha256", "seal", "message_id", "home",
        "claimed_by", "address", "recipient", "email", "contact_email",
        # one name means several things
        "reminder.rule", "planwaiver.rule", "rulesetaside.rule", "heartbeat.name", "skill.name", "planwaiver.place",
    }
)  # fmt: skip
"""Names of columns, of any table or of one."""


def typed_columns() -> Iterator[tuple[str, str]]:
    """Table and column of whatever people write."""
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            if (
                isinstance(column.type, String | AutoString)
                and not {column.name, f"{table.name}.{column.name}"} & COMPARED
            ):
                yield table.name, column.name


def type_everywhere(opened: Session, before: str = "", behind: str = "") -> None:
    """Put something before and behind every text that people wrote, as if they had."""
    for table, column in typed_columns():
        opened.execute(
            text(f"UPDATE {table} SET {column} = :before || {column} || :behind"),
            {"before": before, "behind": behind},
        )
