"""People of a simulated programme: they sign off what they should, some on the day, some days later."""

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import Engine
from sqlmodel import col, select

from models import Activity, Step, session
from services.audit import Word
from services.casework.advancing import waits_for
from services.casework.sign_offs import sign_off
from services.casework.steps import last_day, sign_off_due
from tests.tables import at

Punctuality = Callable[[Activity, Step], int]
"""Days after it is due on which a step is signed off."""


def on_the_day(_activity: Activity, _step: Step) -> int:
    """Everybody is punctual."""
    return 0


def some_are_late(activity: Activity, step: Step) -> int:
    """Two kinds of step are always signed off late, in the second area by weeks."""
    is_late_area = activity.area_code == "cheshire"
    return {"self_assessment": 2, "draft_report": 17 if is_late_area else 8}.get(step.step_id, 0)


def sign_what_is_due(engine: Engine, today: date, punctuality: Punctuality = on_the_day) -> list[str]:
    """Sign off every step whose day has come; a step happened when it was due, late words or not."""
    signed = []
    with session(engine) as opened:
        query = (
            select(Step, Activity)
            .join(Activity, col(Activity.id) == col(Step.activity_id))
            .where(Step.state != "done", col(Step.needs_sign_off).is_(True))
            .order_by(col(Activity.code), col(Step.position))
        )
        for step, activity in opened.exec(query).all():
            is_time = sign_off_due(step) + timedelta(days=punctuality(activity, step)) <= today
            if is_time and step.id and not waits_for(opened, step.id):
                sign_off(
                    opened,
                    step.id,
                    last_day(step),
                    Word(f"{step.sign_off} of {activity.area_code}", at(today), today),
                )
                signed.append(f"{activity.code} {step.step_id}")
    return signed
