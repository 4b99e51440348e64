"""Files of other inspections, written row by row, and their import."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from models import Activity, Step, session
from services.imports.inspection_files import ImportedInspections, import_inspections, read_inspections
from services.imports.inspection_rows import INSPECTION_TABLES
from tests.york import AREA, word

YOT = "sheffield-yot"
AS_OF = date(2006, 4, 3)

Rows = Sequence[dict[str, str]]

ADOPTION = {"area": AREA, "type": "adoption", "due_by": "2006-06-30"}
CHILDREN = {"area": AREA, "type": "csci_children", "due_by": "2006-11-30"}
WELFARE = {
    "area": AREA,
    "type": "home_welfare",
    "place": "Elm House",
    "sector": "independent",
    "window_first_day": "2006-08-21",
    "window_last_day": "2006-09-15",
    "due_by": "2006-09-30",
}
EDUCATION = {
    **WELFARE,
    "type": "school_education",
    "window_first_day": "2006-09-04",
    "window_last_day": "2006-09-29",
}
RESULT = {
    "area": AREA,
    "type": "home_welfare",
    "place": "Elm House",
    "sector": "independent",
    "day": "2006-03-10",
    "outcome": "stay_safe",
    "grade": "3",
    "commissioner": "Placements are reviewed late",
}


def files_of(folder: Path, inspections: Rows, results: Rows = ()) -> Path:
    """A folder with both files."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in zip(INSPECTION_TABLES, (inspections, results), strict=True):
        lines = [",".join(table.columns), *(",".join(row.get(c, "") for c in table.columns) for row in rows)]
        (folder / table.file).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def imported(engine: Engine, folder: Path, as_of: date = AS_OF) -> ImportedInspections:
    """Import a folder on a day."""
    with session(engine) as opened:
        return import_inspections(opened, read_inspections(folder), word(as_of))


def with_youth_offending(engine: Engine) -> None:
    """Give York's area an inspection of its youth offending team, on site from 22 to 26 May 2006."""
    with session(engine) as opened:
        row = Activity(
            code=YOT,
            area_code=AREA,
            kind="yot",
            framework_id="yot-inspection-2003",
            window_start_on=date(2006, 5, 22),
            window_end_on=date(2006, 8, 15),
        )
        opened.add(row)
        opened.flush()
        opened.add(
            Step(
                activity_id=row.id or 0,
                step_id="on_site",
                position=1,
                kind="stage",
                name="On site",
                start_on=date(2006, 5, 22),
                end_on=date(2006, 5, 27),
            )
        )
