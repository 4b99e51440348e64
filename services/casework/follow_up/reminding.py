"""Reminders about follow-up: of each proposed action to its owner, and each month of the whole list to its monitor.

They are rows like those about steps; what they speak of is looked up when they are said, so that nothing is said of
what was done meanwhile (R090, R092).
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from sqlmodel import Session, col, select

from models import Activity, ProposedAction, Recommendation, Reminder, Step
from models.insertion import insert_new
from reports.words import month_in_words
from services.casework.contacts import Contacts, Person
from services.casework.follow_up.owners import contact_of, council_roles, role_of
from services.casework.follow_up.rows import published_on, recommendations_of, step_named
from services.casework.follow_up.states import is_on
from services.casework.follow_up.still_to_do import shortened
from services.casework.reminders import Moment, moments_about, reminder_rows
from services.casework.step_turns import horizon
from services.days.working_days import next_working_day, previous_working_day

RULE, LIST = "follow_up ", "follow_up list"
"""What the rules of these reminders begin with; and that of a monitor's list of a month."""


class SaidOfFollowUp(NamedTuple):
    """What a reminder says: what it is about, the recommendations in short, and who acts."""

    title: str
    remark: str
    who: str


class _Open(NamedTuple):
    action: ProposedAction
    recommendation: Recommendation
    activity: Activity


def plan_follow_up_reminders(session: Session, as_of: date, contacts: Contacts) -> int:
    """Make the latest reminder of each open action that is due by a day, and this month's lists; how many are new."""
    policy, rows = contacts.rules.policy, list[dict[str, object]]()
    for found in _open_actions(session, horizon(policy.reminders, as_of)):
        step = _step(session, found.activity, contacts)
        known_on = published_on(session, found.activity, contacts.rules.of(found.activity))
        if step is None or known_on is None:
            continue
        known_on = max(known_on, found.action.recorded_on)
        for moment in moments_about(found.action.due_on, known_on, policy.reminders, as_of)[-1:]:
            about = moment._replace(rule=f"{RULE}{moment.rule}")
            rows += reminder_rows(found.activity, step, about, _people(found, about, contacts))
    rows += _lists(session, as_of, contacts)
    return insert_new(session, Reminder, rows) if rows else 0


def is_about_follow_up(reminder: Reminder) -> bool:
    """Whether a reminder speaks of recommendations, not of the step at which it is kept."""
    return reminder.rule.startswith(RULE)


def is_still_open(session: Session, reminder: Reminder, contacts: Contacts) -> bool:
    """Whether there is still something of which such a reminder speaks."""
    return bool(_spoken_of(session, reminder, contacts))


def said_of_follow_up(session: Session, reminder: Reminder, contacts: Contacts) -> SaidOfFollowUp:
    """What such a reminder says to its recipient as things are now."""
    remark = "; ".join(_spoken_of(session, reminder, contacts))
    if reminder.rule == LIST:
        return SaidOfFollowUp(
            f"Recommendations that you monitor, {month_in_words(reminder.due_on)}", remark, ""
        )
    activity = session.get_one(Activity, reminder.activity_id)
    owners = {
        found.action.owner for found in _of(session, activity) if found.action.due_on == reminder.due_on
    }
    return SaidOfFollowUp("What was proposed in answer to recommendations", remark, "; ".join(sorted(owners)))


def _spoken_of(session: Session, reminder: Reminder, contacts: Contacts) -> list[str]:
    activity = session.get_one(Activity, reminder.activity_id)
    if reminder.rule == LIST:
        return [_in_short(row, row.text) for row in _monitored(session, activity, reminder.role, contacts)]
    return [
        _in_short(found.recommendation, found.action.text)
        for found in _of(session, activity)
        if found.action.due_on == reminder.due_on
        and (reminder.escalation > 0 or _role(found, contacts) == reminder.role)
    ]


def _in_short(row: Recommendation, text: str) -> str:
    return f"recommendation {row.number}{' (priority action)' if row.is_priority else ''}: {shortened(text)}"


def _of(session: Session, activity: Activity) -> list[_Open]:
    return [found for found in _open_actions(session, date.max) if found.activity.id == activity.id]


def _open_actions(session: Session, until: date) -> Iterable[_Open]:
    query = (
        select(ProposedAction, Recommendation, Activity)
        .join(Recommendation, col(Recommendation.id) == col(ProposedAction.recommendation_id))
        .join(Activity, col(Activity.id) == col(Recommendation.activity_id))
        .where(col(ProposedAction.done_on).is_(None), ProposedAction.due_on <= until)
        .where(col(Recommendation.withdrawn_on).is_(None), Activity.state != "cancelled")
        .order_by(col(ProposedAction.due_on), col(ProposedAction.id))
    )
    return [_Open(*row) for row in session.exec(query)]


def _role(found: _Open, contacts: Contacts) -> str:
    rules = contacts.rules
    action, framework = found.action, rules.of(found.activity)
    return role_of(action.owner, action.owner_kind, framework, rules.policy.follow_up)


def _people(found: _Open, moment: Moment, contacts: Contacts) -> Iterator[tuple[int, Person]]:
    """The owner; once it is late whoever acts for the council, and who is above them."""
    role, policy = _role(found, contacts), contacts.rules.policy
    if found.action.owner_kind in policy.follow_up.council:
        yield from contacts.ladder(found.activity, role, moment.level)
        return
    yield from ((0, person) for person in contacts.holders(found.activity, role))
    if moment.level > 0:
        for above in list(council_roles(contacts.rules.of(found.activity)))[:1]:
            for height, person in contacts.ladder(found.activity, above, moment.level - 1):
                yield height + 1, person


def _step(session: Session, activity: Activity, contacts: Contacts) -> Step | None:
    """The step at which reminders about an activity's recommendations are kept: the statement, else the publication."""
    rule = contacts.rules.of(activity).follow_up
    if rule is None:
        return None
    statement = step_named(session, activity, rule.statement_at or "")
    return statement or step_named(session, activity, rule.published_at)


def _lists(session: Session, as_of: date, contacts: Contacts) -> Iterator[dict[str, object]]:
    """R090: each month, from its first working day on, a word to every monitor that has something on its list."""
    if as_of < next_working_day(as_of.replace(day=1)):
        return
    month_end = previous_working_day(_last_of_month(as_of))
    query = (
        select(Activity)
        .join(Recommendation, col(Recommendation.activity_id) == col(Activity.id))
        .where(Activity.state != "cancelled", col(Recommendation.withdrawn_on).is_(None))
        .distinct()
        .order_by(col(Activity.id))
    )
    for activity in session.exec(query).all():
        step, framework = _step(session, activity, contacts), contacts.rules.of(activity)
        day = published_on(session, activity, framework)
        if step is None or day is None or day >= as_of:
            continue
        rules = contacts.rules.policy.follow_up
        roles = {contact_of(row.monitor, rules) for row in recommendations_of(session, activity)}
        for role in sorted(roles - {""}):
            if _monitored(session, activity, role, contacts):
                moment = Moment(LIST, 0, month_end, as_of)
                people = [(0, person) for person in contacts.holders(activity, role)]
                yield from reminder_rows(activity, step, moment, people)


def _monitored(session: Session, activity: Activity, role: str, contacts: Contacts) -> list[Recommendation]:
    rules = contacts.rules.policy.follow_up
    return [
        row
        for row in recommendations_of(session, activity)
        if is_on(row) and contact_of(row.monitor, rules) == role
    ]


def _last_of_month(day: date) -> date:
    following = day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1, day=1)
    return date.fromordinal(following.toordinal() - 1)
