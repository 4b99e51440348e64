"""Published steps on the days that they have since the calendar is another one."""

from datetime import date

from sqlmodel import Session, col, select

from models import Activity
from services.casework.review_timetable import InvalidTimetable
from services.casework.steps import LIVING, date_steps
from services.imports.problems import ImportProblem, ImportRefused
from services.programme import rules_of

FILE = "one_off_days.csv"


def date_again(session: Session, as_of: date) -> None:
    """Put the steps of everything that is published and not done on its days; stages stay in their weeks.

    Raises
    ------
    ImportRefused
        If the dates of an activity cannot be any more.
    """
    rules, problems = rules_of(session), []
    query = select(Activity).where(col(Activity.state).in_(LIVING), col(Activity.plan_version).is_not(None))
    for activity in session.exec(query.order_by(col(Activity.code))).all():
        try:
            date_steps(session, activity, rules.of(activity), as_of)
        except InvalidTimetable as fault:
            problems += [
                ImportProblem(
                    FILE, None, "", "", f"{activity.code}, {found.place}: {found.message}", found.advice
                )
                for found in fault.findings
            ]
    if problems:
        raise ImportRefused(problems)
    session.flush()
