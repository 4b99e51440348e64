"""Reports of their own on single services that were looked at in depth beside a review (R086)."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlmodel import Session, col, select

from models import Activity, LinkedReport
from services.audit import Word
from services.casework.contacts import OPERATIONS
from services.casework.reporting.report_case import ReportCase
from services.doors import SAY_WHAT_WAS_WRONG
from services.errors import AlreadySo, Objection

LINK, UNLINK = "link report", "unlink report"


@dataclass(frozen=True)
class NewLink:
    """A report on a service: its title, where it is, and what it found in short."""

    service: str
    title: str
    link: str = ""
    summary: str = ""


def link_report(session: Session, code: str, new: NewLink, word: Word) -> LinkedReport:
    """Name a report on a single service in the report of a review.

    Raises
    ------
    Refused
        Without service, title or summary (its findings are summarised, R086), or with an address that is none.
    """
    case = ReportCase(session, code, word)
    rules = case.report_rules()
    for row in linked_reports_of(session, case.activity):
        if (row.service, row.title, row.link, row.summary) == (
            new.service.strip(),
            new.title.strip(),
            new.link.strip(),
            new.summary.strip(),
        ):
            raise AlreadySo.because(case.place(f"linked report {row.id}"), "it is named.")
    roles = ("signs", "acts", OPERATIONS)
    case.refuse(
        [
            *case.objections_to_state(),
            *_content(case, new),
            *case.objections_to_speaker(roles, rules.drafted_at),
        ]
    )
    row = LinkedReport(
        activity_id=case.number,
        service=new.service.strip(),
        title=new.title.strip(),
        link=new.link.strip(),
        summary=new.summary.strip(),
        linked_by=word.who,
        linked_at=word.at,
    )
    session.add(row)
    session.flush()
    case.audit(LINK, f"linked report {row.id}", after={"service": row.service, "title": row.title})
    return row


def unlink_report(session: Session, code: str, number: int, word: Word) -> LinkedReport:
    """Take a linked report out again, with a reason."""
    case = ReportCase(session, code, word)
    rules = case.report_rules()
    known = {row.id or 0: row for row in linked_reports_of(session, case.activity)}
    if number not in known:
        raise case.not_found("linked report", number, sorted(known))
    place, row = case.place(f"linked report {number}"), known[number]
    found = list(case.objections_to_state())
    if not word.note.strip():
        message = "taking it out needs a reason."
        found.append(Objection(place, message, SAY_WHAT_WAS_WRONG, field="why"))
    roles = ("signs", "acts", OPERATIONS)
    case.refuse([*found, *case.objections_to_speaker(roles, rules.drafted_at)])
    row.withdrawn_on = word.as_of
    session.flush()
    case.audit(UNLINK, f"linked report {number}", before={"service": row.service, "title": row.title})
    return row


def linked_reports_of(session: Session, activity: Activity) -> list[LinkedReport]:
    """The reports on single services that belong to an activity."""
    query = select(LinkedReport).where(
        LinkedReport.activity_id == activity.id, col(LinkedReport.withdrawn_on).is_(None)
    )
    return list(session.exec(query.order_by(col(LinkedReport.id))))


def _content(case: ReportCase, new: NewLink) -> Iterator[Objection]:
    place = case.place("linked report")
    for text, message, field in (
        (new.service, "no service is named.", "service"),
        (new.title, "it has no title.", "title"),
        (new.summary, "its findings are not summarised.", "summary"),
    ):
        if not text.strip():
            yield Objection(place, message, f"Give the {field}.", "R086", field)
    split = urlsplit(new.link.strip())
    if new.link.strip() and (split.scheme not in ("http", "https") or not split.hostname):
        message = f"'{new.link}' is no address of a page."
        advice = "Give one such as https://council.example/youth.pdf."
        yield Objection(place, message, advice, field="link")
