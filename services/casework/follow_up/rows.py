"""The rows of follow-up: what was recommended in an activity, what is done about it, and whether it is published."""

from datetime import date

from sqlmodel import Session, col, select

from config.framework import Framework
from models import Activity, ProposedAction, Recommendation, Step
from services.doors import FOLLOW_UP
from services.errors import NotFound


def published_on(session: Session, activity: Activity, framework: Framework) -> date | None:
    """The day on which an activity's recommendations were published; None if they are not, or if it makes none."""
    rule = framework.follow_up
    step = None if rule is None else step_named(session, activity, rule.published_at)
    return step.actual_on if step is not None and step.state == "done" else None


def recommendations_of(session: Session, activity: Activity) -> list[Recommendation]:
    """The recommendations of an activity that are not withdrawn, by number."""
    query = select(Recommendation).where(
        Recommendation.activity_id == activity.id, col(Recommendation.withdrawn_on).is_(None)
    )
    return list(session.exec(query.order_by(col(Recommendation.number))))


def actions_about(session: Session, recommendation: Recommendation) -> list[ProposedAction]:
    """The actions about a recommendation, by the day on which they are due."""
    query = select(ProposedAction).where(ProposedAction.recommendation_id == recommendation.id)
    return list(session.exec(query.order_by(col(ProposedAction.due_on), col(ProposedAction.id))))


def find_recommendation(session: Session, activity: Activity, number: int) -> Recommendation:
    """The recommendation of an activity by its number; NotFound if it has none of that number."""
    query = select(Recommendation).where(
        Recommendation.activity_id == activity.id, Recommendation.number == number
    )
    found = session.exec(query).first()
    if found is None:
        place = f"{activity.code} recommendation {number}"
        raise NotFound(place, "there is none.", FOLLOW_UP.advise("See those that there are"))
    return found


def recommendation_numbered(session: Session, row_id: int) -> Recommendation:
    """The recommendation of a row; NotFound if there is none."""
    found = session.get(Recommendation, row_id)
    if found is None:
        advice = FOLLOW_UP.advise("See those that there are")
        raise NotFound(f"recommendation {row_id}", "there is none.", advice)
    return found


def place_of(activity: Activity, recommendation: Recommendation) -> str:
    """What messages and the log call it: '816-review recommendation 3'."""
    return f"{activity.code} recommendation {recommendation.number}"


def step_named(session: Session, activity: Activity, step_id: str) -> Step | None:
    """The step of an activity by its identifier; None if it has none such."""
    query = select(Step).where(Step.activity_id == activity.id, Step.step_id == step_id)
    return session.exec(query.where(Step.state != "superseded")).first()
