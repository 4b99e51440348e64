"""Whether the authority's side may know of an activity already (R068)."""

from sqlmodel import Session, select

from config.framework import ANNOUNCED, UNANNOUNCED, Framework
from models import Activity, Step


def is_announced(session: Session, activity: Activity, framework: Framework) -> bool:
    """Whether it is announced now; where a step announces it, that step must be done."""
    if framework.announce_from in (ANNOUNCED, UNANNOUNCED):
        return framework.is_announced(())
    query = select(Step.step_id).where(Step.activity_id == activity.id, Step.state == "done")
    return framework.is_announced(session.exec(query).all())
