"""When evidence is due: on the day of the step that asks for it to be handed in, else just before it is needed."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session, col, select

from models import Activity, Evidence, EvidenceNeed
from services.casework.evidence.states import ASKED
from services.days.weeks import day_before
from services.days.working_days import previous_working_day


def due_day(needed_for: str, due_step: str, days: Mapping[str, date], asked_on: date) -> date:
    """The day on which an item is due.

    Parameters
    ----------
    needed_for
        The step that needs it: it is due on the last working day before, unless `due_step` says otherwise.
    days
        First days of the activity's steps.
    asked_on
        Nothing is due before it is asked for: a day that has passed by then gives way to the next later rule.
    """
    before = previous_working_day(day_before(days[needed_for]))
    wanted = [days[due_step], before] if due_step in days else [before]
    return next((day for day in wanted if day >= asked_on), asked_on)


def follow(session: Session, activity: Activity, days: Mapping[str, date]) -> None:
    """Put what an activity needs, and what has not come yet, on the days that its steps have now."""
    query = (
        select(EvidenceNeed, Evidence)
        .join(Evidence, col(Evidence.id) == col(EvidenceNeed.evidence_id))
        .where(EvidenceNeed.activity_id == activity.id, Evidence.state == ASKED)
    )
    for need, evidence in session.exec(query).all():
        if need.needed_for in days:
            asked_on = evidence.asked_on or need.due_on
            need.due_on = due_day(need.needed_for, need.due_step, days, asked_on)
            session.flush()
            hold_earliest(session, evidence)


def let_others_need(session: Session, activity: Activity) -> None:
    """What an activity that is called off shared with others, and is still to come, is due for them alone."""
    query = (
        select(Evidence)
        .join(EvidenceNeed, col(EvidenceNeed.evidence_id) == col(Evidence.id))
        .where(EvidenceNeed.activity_id == activity.id, Evidence.state == ASKED)
    )
    for evidence in session.exec(query).all():
        hold_earliest(session, evidence)


def hold_earliest(session: Session, evidence: Evidence) -> None:
    """What serves several activities is due for whoever needs it first."""
    query = (
        select(EvidenceNeed)
        .join(Activity, col(Activity.id) == col(EvidenceNeed.activity_id))
        .where(EvidenceNeed.evidence_id == evidence.id, Activity.state != "cancelled")
    )
    evidence.due_on = min((need.due_on for need in session.exec(query)), default=evidence.due_on)
    session.flush()
