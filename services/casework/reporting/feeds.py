"""Who works on with the grades of a published report, and what other reviews bring to an activity (R042)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from config.reporting import Feed
from models import Activity
from reports.reported import Grade, Reported
from reports.words import month_in_words
from services.casework.reporting.report_versions import published_report
from services.programme import rules_of


@dataclass(frozen=True)
class Fed:
    """Grades that go somewhere: for whom, from which month on (blank: at once), and from which report of which day."""

    id: str
    name: str
    counts_from: str
    activity: str
    of: str
    published_on: date
    grades: tuple[Grade, ...]

    @property
    def in_words(self) -> str:
        """'The council's services together 3; Education 3'."""
        return "; ".join(f"{grade.name} {grade.grade}" for grade in self.grades) or "no grades"


def feeds_of(session: Session, activity: Activity) -> list[Fed]:
    """To whom the grades of an activity go; empty before its report is published."""
    rules, report = rules_of(session).of(activity).report, published_report(session, activity)
    if rules is None or report is None:
        return []
    return [_fed(feed, report) for feed in rules.feeds]


def inputs_of(session: Session, activity: Activity) -> list[Fed]:
    """What published reports of the same area bring to an activity of this kind, by code."""
    others = select(Activity).where(
        Activity.area_code == activity.area_code, Activity.id != activity.id, Activity.state != "cancelled"
    )
    found = session.exec(others.order_by(col(Activity.code))).all()
    return [fed for other in found for fed in _for_kind(session, other, activity.kind)]


def _for_kind(session: Session, other: Activity, kind: str) -> Iterator[Fed]:
    rules = rules_of(session).of(other).report
    feeds = [] if rules is None else [feed for feed in rules.feeds if feed.kind == kind]
    report = published_report(session, other) if feeds else None
    if report is not None:
        yield from (_fed(feed, report) for feed in feeds)


def _fed(feed: Feed, report: Reported) -> Fed:
    return Fed(
        feed.id,
        feed.name,
        "" if feed.month is None else month_in_words(_next_month(report.on, feed.month)),
        report.code,
        report.name,
        report.on,
        tuple(grade for grade in report.grades if grade.id in feed.judgements),
    )


def _next_month(day: date, month: int) -> date:
    """The first day of the next such month on or after a day's own month."""
    return date(day.year + (day.month > month), month, 1)
