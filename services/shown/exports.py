"""Use case: a stored plan as a file, for screens, spreadsheets, calendars and programs."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import Session

from config.codes import in_name
from models import Body, Inspector
from reports.csv_export import csv_bytes
from reports.gantt import gantt_html, gantt_svg
from reports.plan_tables import programme_table
from services.errors import Refused
from services.plans.plan_store import load_plan
from services.shown.export_tables import all_programme_rows, plan_book
from services.shown.gantt import plan_chart
from services.shown.shown_plan import EVERYTHING, Audience, PlanView, Selection, read_plan


class Format(StrEnum):
    """What a plan can be written as; `json` is the plan's document, `problem` that of the problem it solves."""

    SVG = "svg"
    HTML = "html"
    XLSX = "xlsx"
    ICS = "ics"
    CSV = "csv"
    JSON = "json"
    PROBLEM = "problem"


DOCUMENTS = (Format.JSON, Format.PROBLEM)
"""Formats that hold a whole plan or none."""

MEDIA_TYPES = {
    Format.SVG: "image/svg+xml",
    Format.HTML: "text/html; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.ICS: "text/calendar; charset=utf-8",
    Format.CSV: "text/csv; charset=utf-8",
    Format.JSON: "application/json",
    Format.PROBLEM: "application/json",
}


@dataclass(frozen=True)
class Export:
    """A file: a name to suggest, its media type, and what is in it."""

    name: str
    media_type: str
    content: bytes


def export_plan(
    session: Session,
    version: int,
    format: Format,
    *,
    as_of: date,
    selection: Selection = EVERYTHING,
    audience: Audience = Audience.INSPECTORATE,
) -> Export:
    """A version as a file; the same facts and the same day give the same bytes.

    Absences are in the problem's document only. A calendar, and whatever is made
    for an authority, holds no inspection that is not announced (R068).

    Parameters
    ----------
    as_of
        The day the file speaks of: today's line, what is late.
    selection
        Which part of the plan; the documents `json` and `problem` are whole.

    Raises
    ------
    NotFound
        If there is no such version, or nobody of the selected inspector's code.
    Refused
        If a part of a document is asked for, or a document for an authority.
    """
    if format in DOCUMENTS:
        _must_be_whole(format, selection, audience)
        content = _document(session, version, format)
    elif format in (Format.SVG, Format.HTML):
        chart = plan_chart(session, version, today=as_of, selection=selection, audience=audience)
        content = (gantt_svg if format is Format.SVG else gantt_html)(chart).encode()
    else:
        content = _data(session, read_plan(session, version, selection, audience), format, as_of, selection)
    return Export(_name(version, format, selection), MEDIA_TYPES[format], content)


def _data(session: Session, view: PlanView, format: Format, as_of: date, selection: Selection) -> bytes:
    if format is Format.XLSX:
        from reports.xlsx import plan_workbook  # openpyxl and icalendar take long to import

        return plan_workbook(plan_book(session, view, as_of), as_of)
    if format is Format.CSV:
        return csv_bytes(programme_table(all_programme_rows(session, view)))
    from reports.ics import calendar_bytes
    from services.shown.export_calendar import calendar_events

    return calendar_bytes(
        _calendar_name(session, view, selection), calendar_events(session, view, selection), as_of
    )


def _document(session: Session, version: int, format: Format) -> bytes:
    stored = load_plan(session, version)
    value = stored.plan if format is Format.JSON else stored.problem
    return f"{value.model_dump_json(indent=1)}\n".encode()


def _must_be_whole(format: Format, selection: Selection, audience: Audience) -> None:
    if selection != EVERYTHING:
        message = f"a {format.value} document holds the whole plan."
        raise Refused.because("export", message, "Choose another format, or leave out the filter.")
    if audience is Audience.AUTHORITY:
        message = f"a {format.value} document shows what an authority may not see."
        raise Refused.because("export", message, "Choose another format.", "R068")


def _calendar_name(session: Session, view: PlanView, selection: Selection) -> str:
    """What a calendar calls itself: 'Bedfordshire: inspections'."""
    names = [area.name for area in view.areas.values()]
    person = selection.who or selection.leader
    if person is not None:
        name = session.get_one(Inspector, person).name
    elif selection.body is not None:
        name = session.get_one(Body, selection.body).name
    else:
        name = names[0] if len(names) == 1 else "Programme"
    what = "reviews led" if selection.leader else "inspections"
    return f"{name}: {what}" if view.is_published else f"{name}: plan {view.number}, {view.version.status}"


def _name(version: int, format: Format, selection: Selection) -> str:
    parts = [
        f"plan-{version}",
        *sorted(selection.areas or ()),
        *filter(None, (selection.who, selection.leader, selection.body)),
    ]
    if format in DOCUMENTS:
        return f"{format.value if format is Format.PROBLEM else 'plan'}-{version}.json"
    named = [in_name(part) for part in parts]  # any code may stand in a file's name
    return f"{'-'.join(named if len(named) < 4 else named[:1])}.{format.value}"
