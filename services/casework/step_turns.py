"""Whose turn it is in a step: what people have to do for it, in which roles and by when. Pure: a row goes in."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from config.policy import ReminderRules
from services.casework.seen_steps import AnyStep
from services.casework.steps import FINISHED, first_day, last_day, sign_off_due
from services.days.working_days import add_working_days


class Action(StrEnum):
    """What is to be done."""

    BEGIN = "begin"
    CARRY_OUT = "carry out"
    SIGN_OFF = "sign off"
    RECORD_OUTPUT = "record output"
    HAND_IN = "hand in"
    WAIVE = "give a reason for a waiver"
    SPECIFY = "specify fieldwork"
    JUDGE = "judge"
    FIND = "agree findings"
    WRITE = "write"
    ANSWER_COMMENTS = "answer comments"
    CONFIRM_TEAM = "confirm the team"
    CONFIRM_DATES = "confirm the dates"
    FINALISE_DATES = "make the dates final"
    ANSWER = "answer"
    ACT = "act"
    CONFIRM = "confirm"
    HEED = "answer or refer"
    FEED_BACK = "feed back to those who were consulted"
    ANSWER_QUERY = "answer a query about data"
    TALK_BEFORE_APPEAL = "talk with the area"
    DECIDE_APPEAL = "decide"
    TELL_OF_APPEAL = "tell the area the decision"
    ASSESS = "judge in the year"


OF_WHO_SIGNS = frozenset(
    {Action.SIGN_OFF, Action.WAIVE, Action.CONFIRM_TEAM, Action.SPECIFY, Action.JUDGE, Action.FIND}
)
"""What is up to the role that signs the step off."""


class Turn(NamedTuple):
    """What is to be done for a step, from which day on and by when, and whether it is late."""

    action: Action
    since: date
    due: date
    is_late: bool


def turns(step: AnyStep, rules: ReminderRules, as_of: date) -> Iterator[Turn]:
    """What people have to do for a step that is not done; a day ahead counts from its first reminder on (policy)."""
    if step.state in FINISHED or first_day(step) > horizon(rules, as_of):
        return
    for action, due in _moves(step, as_of):
        if action is Action.SIGN_OFF:
            since = last_day(step) + timedelta(days=step.kind == "stage")
        elif action is Action.CARRY_OUT and step.kind == "stage":
            since = first_day(step)
        else:
            since = in_sight(rules, due)
        # Nothing waits for anybody before its day is known.
        yield Turn(action, max(since, step.dated_on or since), due, _is_late(step, action, due, as_of))


def acting_roles(step: AnyStep, action: Action) -> list[str]:
    """The roles whose turn it is: who acts in a step, or signs it off and judges; of an output, who acts first."""
    acts = step.who.split()
    if action in OF_WHO_SIGNS:
        return [step.sign_off] if step.sign_off else acts
    return acts[:1] if action is Action.RECORD_OUTPUT else acts


def is_ahead(step: AnyStep, due: date, as_of: date) -> bool:
    """Whether nothing of a step has begun and the day by which something is due is still to come."""
    return step.state == "planned" and due > as_of


def is_in_hand(step: AnyStep, rules: ReminderRules, as_of: date) -> bool:
    """Whether it is somebody's turn in a step now: it has begun, or its day has come."""
    return any(
        turn.since <= as_of and not is_ahead(step, turn.due, as_of) and acting_roles(step, turn.action)
        for turn in turns(step, rules, as_of)
    )


def is_late(step: AnyStep, as_of: date | None) -> bool:
    """Whether a step is late on a day; without a day only what the daily tick found overdue."""
    if step.state == "overdue":
        return True
    if as_of is None or step.state in FINISHED:
        return False
    return any(_is_late(step, action, due, as_of) for action, due in _moves(step, as_of))


def in_sight(rules: ReminderRules, due: date) -> date:
    """The day from which people are reminded of another."""
    return add_working_days(due, -max(rules.working_days_before, default=0))


def horizon(rules: ReminderRules, as_of: date) -> date:
    """The last first day of a step of which a reminder may be due on a day."""
    return add_working_days(as_of, max(rules.working_days_before, default=0))


def _moves(step: AnyStep, as_of: date) -> Iterator[tuple[Action, date]]:
    if step.kind == "stage" and step.state == "planned":
        yield Action.BEGIN, first_day(step)
    elif step.kind != "stage" or as_of <= last_day(step):
        yield Action.CARRY_OUT, last_day(step)
    if step.needs_sign_off and _is_over(step, as_of):
        yield Action.SIGN_OFF, sign_off_due(step)


def _is_over(step: AnyStep, as_of: date) -> bool:
    if step.kind == "stage":
        return step.state != "planned" and last_day(step) < as_of
    return last_day(step) <= as_of


def _is_late(step: AnyStep, action: Action, due: date, as_of: date) -> bool:
    """A milestone or a deadline that nobody signs off ends by itself; the tick sees to it.

    On the day on which a step got its dates nothing of it is late: nobody could have known before.
    """
    known = due if step.dated_on is None else max(due, step.dated_on)
    return known < as_of and (action is Action.BEGIN or step.needs_sign_off)
