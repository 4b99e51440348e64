"""Due reminders put together: one message a person and day, under a Message-ID that follows from what it holds."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import update
from sqlmodel import Session, col, or_, select

from models import Activity, Area, Delivery, Reminder, Step
from models.insertion import insert_new
from services import heartbeats
from services.casework.contacts import Contacts
from services.casework.evidence.reminding import ASKED, SERVED, is_about_evidence, said_of_evidence, spoken_of
from services.casework.reminders import readdress
from services.casework.steps import FINISHED, first_day, sign_off_due
from services.messages import mail_text
from services.programme import Rules, rules_of

CANCELLED = "cancelled"
"""The one rule of a word about an activity that was called off."""

NOTICES = ("done", "undone", "moved", ASKED, SERVED, CANCELLED)
"""Rules of single words about something that happened; they are never overtaken by a later reminder."""


class Due(NamedTuple):
    """A reminder with what it is about."""

    reminder: Reminder
    step: Step
    activity: Activity
    area: Area


UNSENT = ("waiting", "refused", "deferred", "failed")
"""States of digests that are known not to have arrived."""

COUNTED = ("state", "attempts", "deferrals", "next_at", "claimed_at", "error")
"""What a message that is put together anew takes over, so that a mailbox that refuses all is given up one day."""


def collect(session: Session, as_of: date, address: str = "") -> tuple[int, int]:
    """Put every reminder that is due into a message; returns the numbers of new messages and of reminders in them.

    A message of which it is known that it did not arrive is put together anew where it would not be true today: it
    is of an earlier day, a step was done or moved since, somebody else holds the role now, or there is more to say.
    After a silence of `silence_days` (policy: three weeks) only the latest reminder of each step goes out
    to a person, the others are skipped.
    """
    rules = rules_of(session)
    contacts = Contacts(session, rules)
    unsent = _take_back(session, as_of, contacts)
    found = _current(session, as_of, contacts)
    if not found:
        return 0, 0
    skipped = _overtaken(found) if _was_silent(session, as_of, rules) else []
    _set_state(session, skipped, "skipped")
    left_out = {reminder.id for reminder in skipped}
    by_recipient: dict[tuple[str, str], list[Due]] = {}
    for due in found:
        if due.reminder.id not in left_out:
            by_recipient.setdefault(_mailbox(due.reminder), []).append(due)
    for mailbox, group in by_recipient.items():
        _put_together(session, group, as_of, rules, address, unsent.get(mailbox, {}))
    return len(by_recipient), len(found) - len(skipped)


def still_holds(session: Session, row: Delivery) -> bool:
    """Whether everything that a message reminds of is still so; one that reminds of nothing holds for ever."""
    return all(_still_holds(session, reminder, step) for reminder, step, _activity in _held(session, row))


def take_apart(session: Session, row: Delivery) -> None:
    """Dissolve a message that did not arrive: what still holds is planned again, the rest is superseded."""
    for reminder, step, _activity in _held(session, row):
        reminder.delivery_id = None
        reminder.state = "planned" if _still_holds(session, reminder, step) else "superseded"
    session.flush()
    session.delete(row)
    session.flush()


def _take_back(session: Session, as_of: date, contacts: Contacts) -> dict[tuple[str, str], dict[str, Any]]:
    """Dissolve what would not be true today; returns how often each mailbox had refused it."""
    query = (
        select(Delivery)
        .where(col(Delivery.state).in_(UNSENT), col(Delivery.id).in_(select(Reminder.delivery_id)))
        .order_by(col(Delivery.id))
        .with_for_update()
    )
    planned = select(Reminder).where(Reminder.state == "planned", col(Reminder.remind_on) <= as_of)
    waited_for = {_mailbox(reminder) for reminder in session.exec(planned)}
    counted: dict[tuple[str, str], dict[str, Any]] = {}
    for row in session.exec(query).all():
        held = _held(session, row)
        has_moved = any(not _is_held_by(reminder, activity, contacts) for reminder, _step, activity in held)
        is_outdated = row.as_of < as_of or not all(
            _still_holds(session, reminder, step) for reminder, step, _a in held
        )
        mailbox = (row.channel, row.recipient.lower())
        if has_moved or (row.state != "failed" and (is_outdated or mailbox in waited_for)):
            if not has_moved and row.state != "failed":
                counted[mailbox] = {name: getattr(row, name) for name in COUNTED}
            take_apart(session, row)
    return counted


def _held(session: Session, row: Delivery) -> list[tuple[Reminder, Step, Activity]]:
    query = (
        select(Reminder, Step, Activity)
        .join(Step, col(Step.id) == col(Reminder.step_id))
        .join(Activity, col(Activity.id) == col(Reminder.activity_id))
        .where(Reminder.delivery_id == row.id)
    )
    return list(session.exec(query).all())


def _current(session: Session, as_of: date, contacts: Contacts) -> list[Due]:
    """What is due and still so; what was planned for somebody who has left goes to who holds the role today."""
    for due in _due(session, as_of):
        if not _still_holds(session, due.reminder, due.step):
            due.reminder.state = "superseded"  # planned while the date was moving
        elif not _is_held_by(due.reminder, due.activity, contacts):
            due.reminder.state = "superseded"
            readdress(session, due.reminder, contacts.holders(due.activity, due.reminder.role))
    session.flush()
    return _due(session, as_of)


def _is_held_by(reminder: Reminder, activity: Activity, contacts: Contacts) -> bool:
    holders = contacts.holders(activity, reminder.role)
    return reminder.recipient.lower() in {person.email.lower() for person in holders}


def _mailbox(reminder: Reminder) -> tuple[str, str]:
    """Two spellings of an address are one person's."""
    return reminder.channel, reminder.recipient.lower()


def message_id(group: Iterable[Due]) -> str:
    """The same reminders always make the same Message-ID, whatever their rows' numbers are."""
    keys = sorted(
        f"{due.activity.code}|{due.step.step_id}|{reminder.rule}|{reminder.occurrence}|{reminder.due_on}"
        f"|{reminder.channel}|{reminder.recipient.lower()}"
        for due in group
        for reminder in [due.reminder]
    )
    digest = hashlib.sha256("\n".join(keys).encode()).hexdigest()
    return f"<{digest[:40]}@jarcycle>"


def _still_holds(session: Session, reminder: Reminder, step: Step) -> bool:
    """Whether a reminder still says what is so."""
    if is_about_evidence(reminder):
        return bool(spoken_of(session, reminder, Contacts(session, rules_of(session))))
    if reminder.rule == "done":
        return reminder.due_on == step.actual_on
    if reminder.rule == "undone":
        return step.state != "done"
    if reminder.rule == "moved":
        return reminder.due_on == step.start_on
    if reminder.rule == CANCELLED:
        return True
    return step.state not in FINISHED and reminder.due_on in (first_day(step), sign_off_due(step))


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
    latest: dict[tuple[object, ...], Reminder] = {}
    overtaken = []
    for due in sorted(found, key=_rank):
        reminder = due.reminder
        if reminder.rule not in NOTICES:
            about = (reminder.recipient.lower(), *_about(reminder))
            earlier = latest.get(about)
            overtaken += [earlier] if earlier else []
            latest[about] = reminder
    return overtaken


def _about(reminder: Reminder) -> tuple[object, ...]:
    """What a reminder speaks of: a step, or the evidence that it waits for until a day; a notice stands for itself."""
    notice = reminder.rule if reminder.rule in NOTICES else ""
    return (reminder.step_id, notice, reminder.due_on if is_about_evidence(reminder) else None)


def _rank(due: Due) -> tuple[date, int]:
    return due.reminder.remind_on, due.reminder.id or 0


def _set_state(session: Session, reminders: list[Reminder], state: str) -> None:
    for reminder in reminders:
        reminder.state = state
    session.flush()


def _put_together(
    session: Session, group: list[Due], as_of: date, rules: Rules, address: str, counted: Mapping[str, Any]
) -> None:
    name = message_id(group)
    items = _items(session, group, rules)
    row = {
        "message_id": name,
        "as_of": as_of,
        "channel": group[0].reminder.channel,
        "recipient": group[0].reminder.recipient,
        "subject": mail_text.subject(items, as_of),
        "body": mail_text.body(items, as_of, address),
        "state": "waiting",
        "attempts": 0,
        "deferrals": 0,
        "claimed_by": "",
        "error": "",
        **counted,
    }
    insert_new(session, Delivery, [row])
    delivery_id = session.exec(select(Delivery.id).where(Delivery.message_id == name)).one()
    session.exec(
        update(Reminder)
        .where(col(Reminder.id).in_([due.reminder.id for due in group]))
        .values(state="included", delivery_id=delivery_id)
    )


def _items(session: Session, group: list[Due], rules: Rules) -> list[mail_text.Item]:
    """A line for each step, that of its latest reminder; notices and evidence have lines of their own."""
    found: dict[tuple[object, ...], mail_text.Item] = {}
    contacts = Contacts(session, rules)
    for due in sorted(group, key=_rank):
        item = _evidence(session, due, contacts) if is_about_evidence(due.reminder) else _item(due, rules)
        found[_about(due.reminder)] = item
    return list(found.values())


def _evidence(session: Session, due: Due, contacts: Contacts) -> mail_text.Item:
    said = said_of_evidence(session, due.reminder, contacts)
    return mail_text.Item(
        area=due.area.name,
        activity=contacts.rules.of(due.activity).name,
        step=said.title,
        rule=due.reminder.rule,
        due_on=due.reminder.due_on,
        precision=due.activity.precision or "",
        remark=said.remark,
    )


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
