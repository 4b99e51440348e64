"""A report as a file: a page for any web site, a document, or a printed file; who may have which version."""

from datetime import date
from enum import StrEnum

from sqlmodel import Session

from config.codes import in_name
from models import Activity
from reports.report_as_document import report_docx
from reports.report_as_page import report_html
from reports.report_as_print import report_pdf
from reports.reported import Reported
from services.casework.reporting.report_versions import published_report, versions_of, written_now
from services.errors import NotFound
from services.programme import rules_of
from services.shown.exports import Export
from services.shown.shown_plan import Audience


class ReportFormat(StrEnum):
    """What a report can be written as."""

    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


class Excerpt(StrEnum):
    """How much of a report is written: all of it, or a summary alone (R087)."""

    WHOLE = "whole"
    SUMMARY = "summary"
    CHILDREN = "children"


MEDIA_TYPES = {
    ReportFormat.HTML: "text/html; charset=utf-8",
    ReportFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ReportFormat.PDF: "application/pdf",
}
WRITERS = {ReportFormat.HTML: report_html, ReportFormat.DOCX: report_docx, ReportFormat.PDF: report_pdf}


def report_for(session: Session, activity: Activity, audience: Audience, as_of: date) -> Reported:
    """The report that somebody may read: the authority's side has the newest version that was sent out (R066).

    The inspectorate has the published one, and before that the one that is being written.

    Raises
    ------
    NotFound
        If there is none, or none for this audience yet.
    """
    if rules_of(session).of(activity).report is None:
        raise NotFound(activity.code, "it has no report.", "Name a review that has one.")
    sent = list(versions_of(session, activity).values())
    if audience is Audience.AUTHORITY and not sent:
        raise NotFound(
            activity.code, "its draft report is not out yet.", "Come back on the day of the draft."
        )
    if audience is Audience.AUTHORITY:
        return sent[-1]
    return published_report(session, activity) or written_now(session, activity, as_of)


def export_report(report: Reported, format: ReportFormat, excerpt: Excerpt = Excerpt.WHOLE) -> Export:
    """The report, or one of its summaries, as a file; the same report gives the same bytes."""
    kinds = {
        Excerpt.WHOLE: ("report", report),
        Excerpt.SUMMARY: ("summary", report.only(report.summary)),
        Excerpt.CHILDREN: ("summary-for-children", report.only(report.children)),
    }
    name, chosen = kinds[excerpt]
    return Export(f"{name}-{in_name(report.code)}.{format}", MEDIA_TYPES[format], WRITERS[format](chosen))
