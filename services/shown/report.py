"""A report for whoever works on it: its parts, comments, linked reports, versions, and who gets its grades."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models import Activity, LinkedReport, ReportComment
from reports.reported import paragraphs_of
from reports.words import date_in_words, plural
from services.casework.reporting.comments import OPEN, comments_of
from services.casework.reporting.feeds import Fed, feeds_of, inputs_of
from services.casework.reporting.linked_reports import linked_reports_of
from services.casework.reporting.report_versions import versions_of
from services.casework.reporting.texts import newest_texts
from services.programme import rules_of


@dataclass(frozen=True)
class PartLine:
    """A part of the report: its text, its edition (0: never written), by whom and when, and who may write it."""

    id: str
    name: str
    text: str
    edition: int
    written: str
    writers: tuple[str, ...]
    due_at: str
    may_be_empty: bool

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Its text, paragraph by paragraph."""
        return paragraphs_of(self.text)

    @property
    def state(self) -> str:
        """'Written by Ann, 7 April 2006', 'To be written for: Draft report to the director'."""
        if self.text:
            return f"Written by {self.written}"
        return "May stay empty" if self.may_be_empty else f"To be written for: {self.due_at}"


@dataclass(frozen=True)
class CommentLine:
    """A comment on the draft, and what was said to it."""

    number: int
    organisation: str
    about: str
    text: str
    received_on: date
    is_open: bool
    answer: str


@dataclass(frozen=True)
class VersionLine:
    """A version that others have: with which step it was kept, its name, and of which day it is."""

    step: str
    name: str
    on: date


@dataclass(frozen=True)
class ReportView:
    """Everything that is known of a report; `inputs` are what other reports bring to the activity."""

    parts: tuple[PartLine, ...]
    comments: tuple[CommentLine, ...]
    linked: tuple[LinkedReport, ...]
    versions: tuple[VersionLine, ...]
    feeds: tuple[Fed, ...]
    inputs: tuple[Fed, ...]

    @property
    def in_words(self) -> str:
        """'13 of 14 parts written; 1 of 11 comments open; Draft of 7 April 2006.'"""
        written = sum(bool(part.text) for part in self.parts)
        said = [f"{written} of {plural(len(self.parts), 'part')} written"]
        if self.comments:
            waiting = sum(comment.is_open for comment in self.comments)
            said.append(f"{waiting} of {plural(len(self.comments), 'comment')} open")
        said += [f"{version.name} of {date_in_words(version.on)}" for version in self.versions[-1:]]
        return "; ".join(said) + "."


def report_view(session: Session, activity: Activity) -> ReportView:
    """The report of an activity; without parts if its framework knows none."""
    framework = rules_of(session).of(activity)
    parts = {} if framework.report is None else {part.id: part for part in framework.report.parts()}
    texts = newest_texts(session, activity) if parts else {}
    lines = []
    for part in parts.values():
        row = texts.get(part.id)
        lines.append(
            PartLine(
                id=part.id,
                name=part.name,
                text="" if row is None else row.text,
                edition=0 if row is None else row.edition,
                written="" if row is None else f"{row.written_by}, {date_in_words(row.written_on)}",
                writers=tuple(framework.role_name(role) for role in part.section.who),
                due_at=framework.step(part.section.due_at).name,
                may_be_empty=part.section.may_be_empty,
            )
        )
    names = {part.id: part.name for part in parts.values()}
    return ReportView(
        parts=tuple(lines),
        comments=tuple(_comment(row, names) for row in comments_of(session, activity)) if parts else (),
        linked=tuple(linked_reports_of(session, activity)) if parts else (),
        versions=tuple(
            VersionLine(step, report.version, report.on)
            for step, report in versions_of(session, activity).items()
        ),
        feeds=tuple(feeds_of(session, activity)),
        inputs=tuple(inputs_of(session, activity)),
    )


def _comment(row: ReportComment, names: dict[str, str]) -> CommentLine:
    answered = f"{row.answered_by}, {date_in_words(row.answered_on)}" if row.answered_on else ""
    words = "" if row.state == OPEN else f"{row.state.capitalize()} by {answered}"
    return CommentLine(
        number=row.number,
        organisation=row.organisation,
        about=names.get(row.part, "The whole report"),
        text=row.text,
        received_on=row.received_on,
        is_open=row.state == OPEN,
        answer=f"{words}: {row.why}" if row.why else words,
    )
