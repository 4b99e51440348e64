"""Monitors: who confirms what an owner has done, and what a priority action stays on until (R090, R093, R096)."""

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session, col, select

from models import Activity, Recommendation
from reports.words import date_in_words
from services import audit
from services.audit import Word
from services.casework.follow_up.owners import contact_of, role_of
from services.casework.follow_up.review_case import ReviewCase
from services.casework.follow_up.rows import (
    actions_about,
    place_of,
    published_on,
    recommendation_numbered,
)
from services.casework.follow_up.states import State, is_on, state_of
from services.casework.steps import first_day, steps_of
from services.doors import PROPOSED
from services.errors import AlreadySo, Objection
from services.naming.steps import find_activity
from services.programme import rules_of


def confirm_recommendation(session: Session, row_id: int, word: Word) -> Recommendation:
    """Write down that the monitor confirms, today, what the owner has done.

    Raises
    ------
    AlreadySo
        If it is confirmed.
    Refused
        If nothing was proposed or something is not done; if the owner itself says so, or anybody else who may not.
    """
    row = recommendation_numbered(session, row_id)
    case = ReviewCase(session, row.activity_id, word)
    session.refresh(row)
    place = place_of(case.activity, row)
    if row.confirmed_on is not None:
        told = f"{row.confirmed_by} confirmed it on {date_in_words(row.confirmed_on)}."
        raise AlreadySo.because(place, told)
    asked, may = contact_of(row.monitor, case.policy), case.rules.policy.speakers.monitoring
    case.refuse(
        [
            *_not_done(session, row, place, word.as_of),
            *(_own_word(case, row, place) or case.objections_to_speaker(place, may, asked=asked)),
        ]
    )
    row.confirmed_by, row.confirmed_on = word.on_behalf_of or word.who, word.as_of
    session.flush()
    audit.record_word(session, word, "confirm recommendation", place, after={"day": word.as_of})
    return row


def close_priority(session: Session, row_id: int, activity: str, word: Word) -> Recommendation:
    """Write down that a later inspection of the area found nothing more to do about a priority action (R096).

    Raises
    ------
    NotFound
        If there is no such activity.
    Refused
        If it is no priority action, is withdrawn or closed, or if the activity is of another area or no later one;
        if the person may not.
    """
    row = recommendation_numbered(session, row_id)
    case = ReviewCase(session, row.activity_id, word)
    session.refresh(row)
    place, later = place_of(case.activity, row), find_activity(session, activity)
    if row.closed_on is not None and row.closed_by_id == later.id:
        raise AlreadySo.because(place, f"{later.code} closed it on {date_in_words(row.closed_on)}.")
    asked, may = contact_of(row.monitor, case.policy), case.rules.policy.speakers.monitoring
    case.refuse(
        [*_cannot_close(case, row, later, place), *case.objections_to_speaker(place, may, asked=asked)]
    )
    row.closed_by_id, row.closed_on = later.id, word.as_of
    session.flush()
    audit.record_word(session, word, "close priority action", place, after={"by": later.code})
    return row


def open_priorities(session: Session, area_code: str, as_of: date) -> list[Recommendation]:
    """Priority actions that were published in an area by a day and that no later inspection had closed then (R096).

    They are what any later inspection considers first, and what may limit the annual rating.
    """
    rules = rules_of(session)
    query = (
        select(Recommendation, Activity)
        .join(Activity, col(Activity.id) == col(Recommendation.activity_id))
        .where(Activity.area_code == area_code, col(Recommendation.is_priority))
        .order_by(col(Recommendation.activity_id), col(Recommendation.number))
    )
    found = []
    for row, activity in session.exec(query):
        day = published_on(session, activity, rules.of(activity))
        was_closed = row.closed_on is not None and row.closed_on <= as_of
        if day is not None and day <= as_of and row.withdrawn_on is None and not was_closed:
            found.append(row)
    return found


def carried_into(session: Session, activity: Activity, as_of: date) -> list[Recommendation]:
    """The priority actions that an activity considers first: open ones of earlier activities of its area (R096)."""
    begins = _begins_on(session, activity)
    if begins is None:
        return []
    rules, found = rules_of(session), []
    for row in open_priorities(session, activity.area_code, as_of):
        other = session.get_one(Activity, row.activity_id)
        day = published_on(session, other, rules.of(other))
        if other.id != activity.id and day is not None and day <= begins:
            found.append(row)
    return found


def _begins_on(session: Session, activity: Activity) -> date | None:
    """The first day of its first stage; None before it has dates."""
    stages = {stage.id for stage in rules_of(session).of(activity).stages}
    return min(
        (first_day(step) for step in steps_of(session, activity) if step.step_id in stages), default=None
    )


def _not_done(session: Session, row: Recommendation, place: str, as_of: date) -> Iterator[Objection]:
    actions = actions_about(session, row)
    if state_of(row, actions, as_of) is not State.DONE:
        left = sum(action.done_on is None for action in actions)
        message = (
            f"{left} of its {len(actions)} actions are not done." if actions else "nothing was proposed."
        )
        if row.withdrawn_on is not None:
            message = "it was withdrawn."
        yield Objection(place, message, PROPOSED.advise("See what is to be done"), "R090")


def _own_word(case: ReviewCase, row: Recommendation, place: str) -> list[Objection]:
    """That whoever says so is the owner."""
    role = role_of(row.owner, row.owner_kind, case.framework, case.policy)
    holders = case.contacts.holders(case.activity, role)
    mine = {text.casefold() for person in holders for text in (person.name, person.email)}
    says = case.word.on_behalf_of.strip().casefold() or case.word.who.strip().casefold()
    if says not in {*mine, role, row.owner.casefold()}:
        return []
    message = f"{row.owner} owns it, and can't confirm it itself."
    return [Objection(place, message, "Ask its monitor to confirm it.", "R090", "on_behalf_of")]


def _cannot_close(case: ReviewCase, row: Recommendation, later: Activity, place: str) -> Iterator[Objection]:
    if not row.is_priority or not is_on(row):
        message = "it is no priority action that is open."
        yield Objection(place, message, "Let its monitor confirm it instead.", "R096")
    if later.area_code != case.activity.area_code or later.id == case.activity.id:
        message = f"{later.code} is no other inspection of the same area."
        yield Objection(place, message, "Name a later one of the area.", "R096", "activity")
        return
    begins, day = _begins_on(case.session, later), case.published_on
    if begins is None or day is None or begins < day or begins > case.word.as_of:
        when = f"begins on {date_in_words(begins)}" if begins else "has no dates yet"
        published = f", which was published on {date_in_words(day)}" if day else ""
        message = (
            f"{later.code} {when}: it is no inspection after {case.activity.code}{published}, and by today."
        )
        yield Objection(place, message, "Name a later one that has begun.", "R096", "activity")
