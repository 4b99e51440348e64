"""Notice of precise dates, given anew where dates move by name after it was given (R019, R064)."""

from collections.abc import Sequence

from sqlmodel import Session

from models import Activity
from services import audit
from services.audit import Word
from services.casework.steps import steps_of, supersede_reminders
from services.problem.standing import Standing, standing_of
from services.programme import Rules

NEW_NOTICE = "notice anew"
"""What the audit log calls it when a notice that was given has to be given again."""


def give_notice_anew(
    session: Session, activities: Sequence[Activity], rules: Rules, word: Word
) -> tuple[str, ...]:
    """Open the notice of activities whose dates move by name: it waits to be signed off for the new dates.

    The earlier sign-off stays in the history; what was handed in or met since then stays done.

    Returns
    -------
    Codes of the activities of which notice had been given.
    """
    found = []
    for activity in activities:
        steps, framework = steps_of(session, activity), rules.of(activity)
        if standing_of(activity, steps, framework) is not Standing.NOTIFIED or framework.notice is None:
            continue
        notice = next(step for step in steps if step.step_id == framework.notice.id)
        assert notice.id is not None
        notice.edition += 1
        notice.times_withdrawn += 1
        audit.record_word(
            session,
            word,
            NEW_NOTICE,
            f"{activity.code} {notice.step_id}",
            before=notice.actual_on,
            after={"edition": notice.edition},
        )
        notice.state, notice.actual_on, notice.agreed_on = "planned", None, None
        notice.waiver_code = notice.waiver_reason = ""
        session.flush()
        supersede_reminders(session, [notice.id])
        found.append(activity.code)
    return tuple(found)
