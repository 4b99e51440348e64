"""The steps of a review that was adopted half-way: what is behind is done, what has begun is open."""

from datetime import date, timedelta

from sqlmodel import Session

from config.framework import Framework
from models import Activity, Step
from services.casework import settle, unfinished_before
from services.imports.past import PastActivity
from services.step_rows import date_steps, first_day, last_day, steps_of


def carry_steps(session: Session, activity: Activity, past: PastActivity, today: date) -> None:
    """Date every step, and put it in the state that it has on the day of the adoption.

    A stage has ended when its row says so. Any other step, and a counted stage, is taken for done on its day once
    that is past and whatever comes before it is done; everything else is still to come, and the daily tick drives it.
    """
    date_steps(session, activity, past.framework, today)
    actuals = past.actuals()
    for step in steps_of(session, activity):
        if step.step_id in actuals:
            step.state, step.actual_on = "done", actuals[step.step_id]
        elif step.step_id in past.mondays() and past.state != "published" and first_day(step) <= today:
            step.state = "open"
    session.flush()
    date_steps(session, activity, past.framework, today)
    while _carry_one(session, activity, past.framework, today):
        date_steps(session, activity, past.framework, today)
    activity.revision = 1
    steps = steps_of(session, activity)
    for step in steps:
        step.revision = 1
    settle(activity, steps)


def _carry_one(session: Session, activity: Activity, framework: Framework, today: date) -> bool:
    """Mark steps as done whose day is past; whether there were any."""
    planned = {stage.id for stage in framework.stages}
    steps = steps_of(session, activity)
    ready = [
        step
        for step in steps
        if step.step_id not in planned and step.state != "done" and _is_behind(framework, step, steps, today)
    ]
    for step in ready:
        step.state, step.actual_on = "done", last_day(step)
    session.flush()
    return bool(ready)


def _is_behind(framework: Framework, step: Step, steps: list[Step], today: date) -> bool:
    return last_day(step) + timedelta(days=1) <= today and not unfinished_before(framework, step, steps)
