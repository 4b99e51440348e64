"""Taking requests back: what was asked for at a step that is not done after all is not asked for (R118)."""

from collections.abc import Iterator

from sqlmodel import Session, col, select

from models import Activity, Evidence, EvidenceNeed, Reminder, Step
from services.casework.contacts import Contacts
from services.casework.evidence.due_days import hold_earliest
from services.casework.evidence.reminding import ASKED, SERVED, spoken_of, withdraw
from services.casework.evidence.states import ASKED as IS_ASKED
from services.casework.steps import steps_of
from services.programme import rules_of


def take_back_requests(session: Session, activity: Activity) -> list[str]:
    """Withdraw what an activity asked for at steps that are not done, unless somebody has answered; names of the items.

    What another activity needs too stays asked for because of that one. A deadline that had been left out, because
    something served already, is one again once its steps are dated anew. The caller holds the area's lock.
    """
    rows = {step.step_id: step for step in steps_of(session, activity)}
    names = []
    for need, evidence in _asked_too_early(session, activity, rows):
        names.append(evidence.name)
        session.delete(need)
        session.flush()
        _let_go(session, need, evidence)
        deadline = rows.get(need.due_step)
        if deadline is not None and deadline.state == "left_out":
            deadline.state, deadline.notes = "planned", ""
    if names:
        session.flush()
        _forget_words(session, activity)
    return names


def _asked_too_early(
    session: Session, activity: Activity, rows: dict[str, Step]
) -> Iterator[tuple[EvidenceNeed, Evidence]]:
    done = {name for name, step in rows.items() if step.state == "done"}
    early = {item.id for item in rules_of(session).of(activity).evidence if item.asked_at not in done}
    query = (
        select(EvidenceNeed, Evidence)
        .join(Evidence, col(Evidence.id) == col(EvidenceNeed.evidence_id))
        .where(EvidenceNeed.activity_id == activity.id, col(EvidenceNeed.item).in_(early))
        .where(Evidence.state == IS_ASKED)
        .order_by(col(EvidenceNeed.id))
    )
    yield from session.exec(query).all()


def _let_go(session: Session, need: EvidenceNeed, evidence: Evidence) -> None:
    """An item that nobody needs goes; one that another activity needs is asked for because of that one."""
    others = (
        select(EvidenceNeed).where(EvidenceNeed.evidence_id == evidence.id).order_by(col(EvidenceNeed.id))
    )
    first = session.exec(others).first()
    if first is None:
        session.delete(evidence)
        session.flush()
        return
    first.was_asked |= need.was_asked
    hold_earliest(session, evidence)


def _forget_words(session: Session, activity: Activity) -> None:
    """What nobody was told yet of these items; it is said anew when they are asked for again."""
    contacts = Contacts(session, rules_of(session))
    withdraw(session, contacts, activity.area_code)
    query = select(Reminder).where(
        Reminder.activity_id == activity.id,
        col(Reminder.rule).in_((ASKED, SERVED)),
        Reminder.state == "superseded",
        col(Reminder.delivery_id).is_(None),
    )
    for row in session.exec(query).all():
        if not spoken_of(session, row, contacts):
            session.delete(row)
    session.flush()
