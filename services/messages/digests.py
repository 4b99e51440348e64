"""Due reminders put together: one message a person and day, under a Message-ID that follows from what it holds."""

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import update
from sqlmodel import Session, col, or_, select

from models import Activity, Area, Delivery, Reminder, Step
from models.insertion import insert_new
from services import heartbeats
from services.casework.steps import first_day, sign_off_due
from services.messages import mail_text
from services.programme import Rules, rules_of

CANCELLED = "cancelled"
"""The one rule of a word about an activity that was called off."""

NOTICES = ("done", "undone", "moved", CANCELLED)
"""Rules of single words about something that happened; they are never overtaken by a later reminder."""


class Due(NamedTuple):
    """A reminder with what it is about."""

    reminder: Reminder
    step: Step
    activity: Activity
    area: Area


def collect(session: Session, as_of: date, address: str = "") -> tuple[int, int]:
    """Put every reminder that is due into a message; returns the numbers of new messages and of reminders in them.

    After a silence of `silence_days` (policy: three weeks) only the latest reminder of each step goes out
    to a person, the others are skipped.
    """
    found = _due(session, as_of)
    if not found:
        return 0, 0
    rules = rules_of(session)
    skipped = _overtaken(found) if _was_silent(session, as_of, rules) else []
    _set_state(session, skipped, "skipped")
    left_out = {reminder.id for reminder in skipped}
    by_recipient: dict[tuple[str, str], list[Due]] = {}
    for due in found:
        if due.reminder.id not in left_out:
            by_recipient.setdefault((due.reminder.channel, due.reminder.recipient), []).append(due)
    for (channel, recipient), group in by_recipient.items():
        _put_together(session, channel, recipient, group, as_of, rules, address)
    return len(by_recipient), len(found) - len(skipped)


def take_back(session: Session, as_of: date) -> int:
    """Dissolve digests of earlier days that nobody ever tried to send; returns how many.

    Where a mail server was away for days, people get one message that is true today, not one for each day. A
    reminder whose step was done or moved since is superseded, the others are planned again.
    """
    holds_reminders = col(Delivery.id).in_(select(Reminder.delivery_id))
    rows = session.exec(
        select(Delivery)
        .where(Delivery.state == "waiting", Delivery.attempts == 0, col(Delivery.as_of) < as_of)
        .where(holds_reminders)
        .with_for_update()
    ).all()
    for row in rows:
        held = select(Reminder, Step).join(Step, col(Step.id) == col(Reminder.step_id))
        for reminder, step in session.exec(held.where(Reminder.delivery_id == row.id)):
            reminder.delivery_id = None
            reminder.state = "planned" if _still_holds(reminder, step) else "superseded"
        session.flush()
        session.delete(row)
    session.flush()
    return len(rows)


def message_id(group: Iterable[Due]) -> str:
    """The same reminders always make the same Message-ID, whatever their rows' numbers are."""
    keys = sorted(
        f"{due.activity.code}|{due.step.step_id}|{reminder.rule}|{reminder.occurrence}|{reminder.due_on}"
        f"|{reminder.channel}|{reminder.recipient}"
        for due in group
        for reminder in [due.reminder]
    )
    digest = hashlib.sha256("\n".join(keys).encode()).hexdigest()
    return f"<{digest[:40]}@jarcycle>"


def _still_holds(reminder: Reminder, step: Step) -> bool:
    """Whether a reminder still says what is so."""
    if reminder.rule == "done":
        return reminder.due_on == step.actual_on
    if reminder.rule == "undone":
        return step.state != "done"
    if reminder.rule == "moved":
        return reminder.due_on == step.start_on
    if reminder.rule == CANCELLED:
        return True
    return step.state != "done" and reminder.due_on in (first_day(step), sign_off_due(step))


def _due(session: Session, as_of: date) -> list[Due]:
    query = (
        select(Reminder, Step, Activity, Area)
        .join(Step, col(Step.id) == col(Reminder.step_id))
        .join(Activity, col(Activity.id) == col(Reminder.activity_id))
        .join(Area, col(Area.code) == col(Activity.area_code))
        .where(Reminder.state == "planned", col(Reminder.remind_on) <= as_of)
        .where(or_(Activity.state != "cancelled", Reminder.rule == CANCELLED))
        .order_by(col(Reminder.recipient), col(Reminder.id))
        .with_for_update(of=Reminder)
    )
    return [Due(*row) for row in session.exec(query)]


def _was_silent(session: Session, as_of: date, rules: Rules) -> bool:
    beat = heartbeats.last(session, heartbeats.REMIND)
    if beat is None or beat.ended_at is None:
        return True
    return as_of - beat.as_of >= timedelta(days=rules.policy.reminders.silence_days)


def _overtaken(found: list[Due]) -> list[Reminder]:
    """All but the latest reminder of each step to each person."""
    latest: dict[tuple[str, int], Reminder] = {}
    overtaken = []
    for due in sorted(found, key=_rank):
        reminder = due.reminder
        if reminder.rule not in NOTICES:
            earlier = latest.get((reminder.recipient, reminder.step_id))
            overtaken += [earlier] if earlier else []
            latest[reminder.recipient, reminder.step_id] = reminder
    return overtaken


def _rank(due: Due) -> tuple[date, int]:
    return due.reminder.remind_on, due.reminder.id or 0


def _set_state(session: Session, reminders: list[Reminder], state: str) -> None:
    for reminder in reminders:
        reminder.state = state
    session.flush()


def _put_together(
    session: Session,
    channel: str,
    recipient: str,
    group: list[Due],
    as_of: date,
    rules: Rules,
    address: str,
) -> None:
    name = message_id(group)
    items = _items(group, rules)
    row = {
        "message_id": name,
        "as_of": as_of,
        "channel": channel,
        "recipient": recipient,
        "subject": mail_text.subject(items, as_of),
        "body": mail_text.body(items, as_of, address),
        "state": "waiting",
        "attempts": 0,
        "claimed_by": "",
        "error": "",
    }
    insert_new(session, Delivery, [row])
    delivery_id = session.exec(select(Delivery.id).where(Delivery.message_id == name)).one()
    session.exec(
        update(Reminder)
        .where(col(Reminder.id).in_([due.reminder.id for due in group]))
        .values(state="included", delivery_id=delivery_id)
    )


def _items(group: list[Due], rules: Rules) -> list[mail_text.Item]:
    """A line for each step, that of its latest reminder; notices have lines of their own."""
    found: dict[tuple[int, str], mail_text.Item] = {}
    for due in sorted(group, key=_rank):
        rule = due.reminder.rule
        found[due.reminder.step_id, rule if rule in NOTICES else ""] = _item(due, rules)
    return list(found.values())


def _item(due: Due, rules: Rules) -> mail_text.Item:
    step, framework = due.step, rules.of(due.activity)

    def words(roles: str) -> str:
        return "; ".join(framework.roles.get(role, role.replace("_", " ")) for role in roles.split())

    return mail_text.Item(
        area=due.area.name,
        activity=framework.name,
        step=step.name,
        rule=due.reminder.rule,
        due_on=due.reminder.due_on,
        why=step.rule,
        who=words(step.who),
        signs=words(step.sign_off),
        precision=due.activity.precision or "",
        remark=step.notes,
        start_on=step.start_on,
        end_on=step.end_on,
    )
