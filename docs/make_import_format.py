"""Writes the tables of docs/import-format.md from the models that the import itself uses.

Run it after changing a column: `.venv/bin/python docs/make_import_format.py`; a test fails while the page
is out of date. What stands above the mark is written by hand and kept.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from pydantic.fields import FieldInfo

from services.imports.tables import TABLES, Table

PAGE = Path(__file__).parent / "import-format.md"
MARK = "<!-- From here on written by docs/make_import_format.py -->\n"

NOTES = {
    "programme.csv": "Exactly one row.",
    "areas.csv": "Needs rows.",
    "ratings.csv": "Only ratings published before `planned_on` count. Skills graded 1 or 2 take the local place in "
    "the area's team, the weakest first (R060, R081).",
    "bodies.csv": "Needs rows.",
    "skills.csv": "Needs rows.",
    "inspectors.csv": "Needs rows. The yearly maximum is pro rata for part-time, rounded down, at least one. Who works "
    "less than the policy's `min_percent` of a week fills no place.",
    "absences.csv": "A week is available at the share of its working days; a place in a review takes the policy's "
    "`min_percent` (80) of it. Work for the own body belongs here too.",
    "contacts.csv": "Every area needs a director or a nominated officer (R064).",
    "school_holidays.csv": "Needs rows. Fieldwork and assessments avoid every week of which a working day is a "
    "holiday.",
    "closures.csv": "No stage of any kind takes place in a week that a closure touches.",
    "elections.csv": "Holds publication back in areas of that type; fieldwork goes on.",
    "pools.csv": "Every pool that a framework draws on needs a row (`ca_teams` for corporate assessments).",
    "inspections_due.csv": "One row for an area and kind; a Monday of the programme must lie in the window.",
    "past_reviews.csv": "May be left out. Taken once, see above. `planned_on` is today: what is done lies before it, "
    "what is published after it. A stage is named by its Monday even if that was a bank holiday.",
    "past_teams.csv": "May be left out. A team that is at work must be there; without it nobody rests after a review "
    "that is done, and nothing counts for a yearly maximum.",
}


def page() -> str:
    """The whole page as Markdown."""
    by_hand = PAGE.read_text(encoding="utf-8").split(MARK)[0]
    return by_hand + MARK + "".join(f"\n{_section(table)}" for table in TABLES)


def _section(table: Table) -> str:
    what = (table.model.__doc__ or "").strip().splitlines()[0]
    note = f" {NOTES[table.file]}" if table.file in NOTES else ""
    head = [f"## {table.file}", "", what + note, "", "| column | default | meaning |", "|---|---|---|"]
    rows = [_row(name, table.model.model_fields[name]) for name in table.columns]
    unique = "; ".join(" with ".join(f"`{column}`" for column in columns) for columns in table.unique)
    return "\n".join([*head, *rows, *(["", f"Only once in the file: {unique}."] if unique else []), ""])


def _row(name: str, field: FieldInfo) -> str:
    return f"| `{name}` | {_default(field)} | {field.description} |"


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "needed"
    if isinstance(field.default, bool):
        return "yes" if field.default else "no"
    return "blank" if field.default in (None, ()) else f"`{field.default}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
