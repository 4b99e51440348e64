"""Use case: an activity is called off, and perhaps planned anew: how what has begun leaves its dates (R043)."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from models import Activity, SpecialReview
from services import audit
from services.audit import Word
from services.casework.advancing import locked
from services.casework.announcements import told_of_cancelling
from services.casework.evidence.due_days import let_others_need
from services.casework.steps import FINISHED, LIVING, steps_of, supersede_reminders
from services.doors import DECIDE, SAY_WHY
from services.errors import Refused
from services.naming.steps import free_code
from services.plans.staleness import facts_may_change
from services.programme import rules_of

AGAIN = "-again"
"""What is added to the code of an activity that takes the place of one called off."""

CANCEL, LAPSE = "cancel", "lapse"
"""What the audit log calls it: a person called an activity off, or the files have it no more."""


@dataclass(frozen=True)
class Cancelled:
    """What was called off, the activity that takes its place (None: none does), and which plans are stale now.

    `is_missing` tells that the area has no other activity of this kind left, though the programme asks for one.
    """

    activity: str
    successor: str | None
    told: int
    stale: tuple[int, ...]
    is_missing: bool


def cancel(session: Session, code: str, word: Word, *, again: bool = False) -> Cancelled:
    """Call an activity off; whoever was told of its dates hears of it with the next messages.

    What was done stays in the history; what is still to come is withdrawn, with every reminder that has not gone out.
    Before notice of its dates is given only the inspectorates' side hears of it.

    Parameters
    ----------
    word
        Whose word it is; its note is the reason, which is needed.
    again
        Make a new activity like it, to be planned by the next solve.

    Raises
    ------
    Refused
        Without a reason, or if it is done or called off already.
    """
    activity = locked(session, col(Activity.code) == code)
    if activity.state not in LIVING:
        advice = "Name another activity of the area."
        raise Refused.because(code, f"it is {activity.state} already.", advice)
    if not word.note.strip():
        raise Refused.because(code, "calling it off needs a reason.", SAY_WHY, field="why")
    if again and session.get(SpecialReview, activity.id) is not None:
        advice = DECIDE.advise("Cancel it, then decide about its event with new terms", number="NUMBER")
        raise Refused.because(code, "the days of a special review are those of its terms.", advice, "R094")
    rules = rules_of(session)
    framework = rules.of(activity)
    before = activity.state
    why = f"{code} was called off: {word.note}"
    with facts_may_change(session, why, word.who, word.at) as stale:
        call_off(session, activity)
        successor = _successor(session, activity, framework.recurrence is not None) if again else None
    told = told_of_cancelling(session, activity)
    after = {"state": activity.state, "successor": successor, "told": told}
    audit.record_word(session, word, CANCEL, code, before=before, after=after)
    is_missing = framework.window == "programme" and not _others(session, activity)
    return Cancelled(code, successor, told, tuple(stale), is_missing)


def call_off(session: Session, activity: Activity) -> None:
    """Withdraw what is still to come of an activity, with its reminders; what serves others is due for them now."""
    activity.state = "cancelled"
    steps = steps_of(session, activity)
    for step in steps:
        if step.state not in FINISHED:
            step.state = "superseded"
    session.flush()
    supersede_reminders(session, [step.id for step in steps if step.id is not None])
    let_others_need(session, activity)


def original_of(code: str) -> str:
    """The code of the activity in whose place one was made, or its own."""
    return code.split(AGAIN)[0]


def _successor(session: Session, activity: Activity, is_drawn: bool) -> str:
    """A new activity of the same area, kind and round, without dates; its code: 309-visit-again, 309-visit-again-2.

    Parameters
    ----------
    is_drawn
        Whether its window was drawn by lot: the new one has its whole year.
    """
    code = free_code(session, f"{original_of(activity.code)}{AGAIN}")
    kept = ["area_code", "kind", "framework_id", "round", "origin", "scope", "extent"]
    if not is_drawn:
        kept += ["window_start_on", "window_end_on"]
    session.add(Activity(code=code, **{name: getattr(activity, name) for name in kept}))
    session.flush()
    return code


def _others(session: Session, activity: Activity) -> bool:
    """Whether the area has another activity of the kind that is not called off."""
    query = select(Activity.code).where(
        Activity.area_code == activity.area_code,
        Activity.kind == activity.kind,
        Activity.code != activity.code,
        Activity.state != "cancelled",
    )
    return session.exec(query).first() is not None
