"""What there is of findings and reports, read for many activities in three queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from models import ReportComment, ReportText, ReviewFinding
from services.casework.reporting.comments import OPEN
from services.casework.reporting.lacks import ReportFacts


def report_facts(
    session: Session, chosen: Iterable[int] | SelectOfScalar[int | None]
) -> dict[int, ReportFacts]:
    """Of each of these activities of which anything was written down, by number."""
    numbers = chosen if isinstance(chosen, SelectOfScalar) else list(chosen)
    ended: defaultdict[int, set[str]] = defaultdict(set)
    findings = select(ReviewFinding.activity_id, ReviewFinding.contribution).where(
        col(ReviewFinding.activity_id).in_(numbers), col(ReviewFinding.withdrawn_on).is_(None)
    )
    for number, contribution in session.exec(findings):
        ended[number].add(contribution)
    lengths: defaultdict[int, dict[str, int]] = defaultdict(dict)
    texts = select(ReportText.activity_id, ReportText.part, func.length(ReportText.text)).where(
        col(ReportText.activity_id).in_(numbers)
    )
    for number, part, letters in session.exec(texts.order_by(col(ReportText.edition))):
        lengths[number][part] = letters
    awaited: defaultdict[int, dict[int, date]] = defaultdict(dict)
    comments = select(ReportComment).where(
        col(ReportComment.activity_id).in_(numbers), ReportComment.state == OPEN
    )
    for row in session.exec(comments):
        awaited[row.activity_id][row.number] = row.received_on
    return {
        number: ReportFacts(
            frozenset(ended[number]),
            frozenset(part for part, letters in lengths[number].items() if letters),
            awaited[number],
        )
        for number in {*ended, *lengths, *awaited}
    }
