"""Remarks on due inspections and pins that leave no notice: they stay possible, and need a waiver (R094)."""

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session, select

from models import Activity
from services.imports.problems import ImportProblem
from services.imports.reading import Batch
from services.problem.short_notice import ShortNotice, short_windows


def remarks_on_notice(opened: Session, batch: Batch, as_of: date | None) -> Iterator[ImportProblem]:
    """Everything of an import that can only begin at short notice, each with the row that says so."""
    areas = {row.code: (row.area_code, row.kind) for row in opened.exec(select(Activity))}
    for short in short_windows(opened, as_of):
        yield _remark(short, batch, *areas[short.activity])


def _remark(short: ShortNotice, batch: Batch, area: str, kind: str) -> ImportProblem:
    message = f"there is no week with enough notice. {short}"
    for pin in batch.pins:
        if (pin.area, pin.kind) == (area, kind) and pin.week_of is not None:
            return ImportProblem("pins.csv", pin.row, "week_of", pin.week_of.isoformat(), message)
    for due in batch.inspections_due:
        if (due.area, due.kind) == (area, kind):
            last = due.window_last_day.isoformat()
            return ImportProblem("inspections_due.csv", due.row, "window_last_day", last, message)
    return ImportProblem("areas.csv", None, "", "", message)
