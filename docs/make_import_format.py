"""Writes the pages of the import's columns, docs/import-format/*.md, from the models that the import itself uses.

Run it after changing a column: `python docs/make_import_format.py`; a test fails while a page is out of date.
"""

import sys
from pathlib import Path
from textwrap import wrap

sys.path.insert(0, str(Path(__file__).parent.parent))

from pydantic.fields import FieldInfo

from services.imports.tables import TABLES, Table

WIDTH = 128
FOLDER = Path(__file__).parent / "import-format"
PAGES = {
    "areas-and-people": (
        "areas, bodies and people",
        "programme areas bodies skills inspectors absences leave conflicts contacts partners",
    ),
    "ratings": ("ratings and comparators", "ratings comparators"),
    "calendars-and-work": (
        "calendars, partners and work",
        "school_holidays one_off_days closures elections partner_groups partner_members pools pins scopes "
        "inspections_due last_inspections past_reviews past_teams",
    ),
}
"""What each page is about, and its files in the order of the page."""

NOTES = {
    "programme.csv": "Exactly one row.",
    "areas.csv": "Needs rows. A blank `urgency` is [counted](../commands/years.md#why-early) from the ratings of "
    "the area; one that is given needs its reason.",
    "ratings.csv": "Only ratings published before the planning day count, and none may be later. A measure is one of "
    "the policy's `[concern.measures]` or a skill. Skills graded 1 or 2 take the local place in "
    "the area's team, the weakest first (R060, R081).",
    "comparators.csv": "May be left out: what is known stays then. Ten statistical neighbours at most (R181).",
    "bodies.csv": "Needs rows.",
    "skills.csv": "Needs rows where teams have named people.",
    "inspectors.csv": "Needs rows where teams have named people. "
    "Somebody of a body without the duty to take part must be voluntary (R005). The "
    "yearly maximum is pro rata for part-time, rounded down, at least one. Who works less than the policy's "
    "`min_percent` of a week fills no place.",
    "absences.csv": "A week is available at the share of its working days; a place in a review takes the policy's "
    "`min_percent` (80) of it. Work for the own body belongs here too.",
    "leave.csv": "May be left out: leave that was entered with [`leave`](../commands/places.md) stays then. "
    "[`export facts`](../commands/compare.md) writes it.",
    "contacts.csv": "Every area needs a director or a nominated officer (R064). Whoever leads a team or is in it is "
    "known from the published plan.",
    "partners.csv": "May be left out as long as no partners are known. The draft report goes to them (R066).",
    "school_holidays.csv": "Needs rows. Fieldwork and assessments avoid every week of which a working day is a "
    "holiday.",
    "one_off_days.csv": "May be left out: what is known stays then. Bank holidays of England are known; these are "
    "others, or bank holidays of the calendar that are none. Deadlines of published reviews move with them.",
    "closures.csv": "No stage of any kind takes place in a week that a closure touches.",
    "elections.csv": "Holds publication back in areas of that type; fieldwork goes on.",
    "pins.csv": "May be left out: pins stay as they are then. A row pins one thing: the week of an activity "
    "(`kind`, `week_of`), a person to a place of its team (`kind`, `place`, `person`), or a person off an area. "
    "[`pin`](../commands/pins.md) does the same; a pinned team has a row for each place.",
    "scopes.csv": "May be left out: scopes stay as they are then. Every activity that it does not name looks at all "
    "outcomes of its framework; what has begun keeps its scope.",
    "pools.csv": "Every pool that a framework draws on needs a row (corporate assessments have `ca_teams`).",
    "inspections_due.csv": "One row for each inspection; a Monday of the programme must lie in the window. Several of "
    "a kind in an area are numbered by `round`. Of a kind whose framework says when it comes again no row is needed: "
    "one takes the place of the window that would follow.",
    "last_inspections.csv": "May be left out where no framework counts from the last one.",
    "past_reviews.csv": "May be left out. Taken once. `planned_on` is today: what is done lies before it, "
    "what is published after it. A stage is planned in weeks: any day of its first week names it.",
    "past_teams.csv": "May be left out. A team that is at work must be there; without it nobody rests after a review "
    "that is done, and nothing counts for a yearly maximum.",
}


def page(name: str) -> str:
    """A whole page as Markdown."""
    about, files = PAGES[name]
    table_by_file = {table.file: table for table in TABLES}
    head = (
        f"# Columns of the import: {about}\n\n"
        "Made by `docs/make_import_format.py`; the [import format](../import-format.md) has the rules for all files.\n"
    )
    return head + "".join(f"\n{_section(table_by_file[f'{file}.csv'])}" for file in files.split())


def _section(table: Table) -> str:
    what = (table.model.__doc__ or "").strip().splitlines()[0]
    note = f" {NOTES[table.file]}" if table.file in NOTES else ""
    head = [
        f"## {table.file}",
        "",
        *wrap(what + note, WIDTH),
        "",
        "| column | default | meaning |",
        "|---|---|---|",
    ]
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
    FOLDER.mkdir(exist_ok=True)
    for name in PAGES:
        (FOLDER / f"{name}.md").write_text(page(name), encoding="utf-8")
