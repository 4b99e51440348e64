"""Yearly assessments: the self-assessment is asked for, and the result is told once it is judged (R109, R111)."""

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session, and_, col, or_, select

from config.yearly_rules import YearlyRules
from models import YearlyAssessment
from services.casework.area_contacts import speaker_of_area
from services.messages.single_messages import SingleMessage
from services.messages.triggers import ASSESSMENT
from services.messages.values import Happened
from services.notifications.recent import first_day_of_news, item_about, reader_of
from services.programme import policy_of
from services.years.judging import grades_of_assessment
from services.years.roles import days_of
from services.years.steps import ISSUED, JUDGED, PUBLISHED


def about_years(session: Session, as_of: date, address: str) -> Iterator[SingleMessage]:
    """Every assessment that was issued lately and waits for the area, or that was judged lately."""
    rules = policy_of(session).yearly
    if rules is None:
        return
    since = first_day_of_news(as_of)
    is_asked = and_(
        col(YearlyAssessment.state) == ISSUED, col(YearlyAssessment.issued_on).between(since, as_of)
    )
    is_judged = and_(
        col(YearlyAssessment.state).in_((JUDGED, PUBLISHED)),
        col(YearlyAssessment.judged_on).between(since, as_of),
    )
    query = select(YearlyAssessment).where(or_(is_asked, is_judged))
    for row in session.exec(query.order_by(col(YearlyAssessment.id))).all():
        reader = speaker_of_area(session, row.area_code)
        if reader is not None:
            happened = _happened(session, row, rules)
            item = item_about(session, row.area_code, happened.case, happened, address)
            key = f"{row.area_code}|{row.year}|{happened.on}|{happened.lines}"
            yield SingleMessage(ASSESSMENT, key, item, reader_of(reader), "authority")


def _happened(session: Session, row: YearlyAssessment, rules: YearlyRules) -> Happened:
    title = rules.title(row.year)
    if row.state == ISSUED:
        return Happened(title, row.issued_on, due_on=days_of(row.year, rules).returned_by)
    assert row.judged_on is not None  # it is in this state
    grades = grades_of_assessment(session, row)
    lines = tuple(
        f"{name}: {grades[judgement].grade}"
        for judgement, name in rules.judgements.items()
        if judgement in grades
    )
    return Happened(title, row.judged_on, lines=lines)
