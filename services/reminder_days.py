"""When a step is spoken of: before its day, on it, and again and again while it is late. Pure; days in, moments out."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from config.policy import ReminderRules
from models import Step
from services.step_rows import first_day, sign_off_due
from services.working_days import add_working_days, subtract_working_days


class Moment(NamedTuple):
    """One occasion to remind: `rule` is before, on_the_day or overdue, `occurrence` counts within it.

    `due_on` is the day it speaks of, `remind_on` the day it goes out. `level` is how far up the ladder it goes;
    `of_the_end` marks what asks for the sign-off of a stage that is over.
    """

    rule: str
    occurrence: int
    due_on: date
    remind_on: date
    level: int = 0
    of_the_end: bool = False


def moments(step: Step, rules: ReminderRules, as_of: date) -> list[Moment]:
    """Every moment of a step up to a day, in their order.

    A stage is announced before its first day and on it, and asked after once it is over; a milestone and a
    deadline turn on their due day. Of the moments that had passed when the date was set only the latest is
    left, and being late counts from that day on: nobody can have known before.
    """
    known_on = step.dated_on or first_day(step)
    found = _after_all(list(_ahead(first_day(step), rules)), known_on)
    late_from = sign_off_due(step)
    if step.kind == "stage" and step.needs_sign_off:
        found.append(Moment("on_the_day", 0, late_from, late_from, of_the_end=True))
    found += _overdue(late_from, known_on, step.kind == "stage", rules, as_of)
    return [moment for moment in found if moment.remind_on <= as_of]


def horizon(rules: ReminderRules, as_of: date) -> date:
    """The last first day of a step of which a reminder may be due on a day."""
    return add_working_days(as_of, max(rules.working_days_before, default=0))


def _ahead(day: date, rules: ReminderRules) -> Iterator[Moment]:
    for count in rules.working_days_before:
        yield Moment("before", count, day, subtract_working_days(day, count))
    if rules.on_the_day:
        yield Moment("on_the_day", 0, day, day)


def _after_all(ahead: list[Moment], known_on: date) -> list[Moment]:
    missed = [moment for moment in ahead if moment.remind_on < known_on]
    return [*missed[-1:], *ahead[len(missed) :]]


def _overdue(
    day: date, known_on: date, of_the_end: bool, rules: ReminderRules, as_of: date
) -> Iterator[Moment]:
    occurrence = 1
    remind_on = add_working_days(max(day, known_on), rules.overdue_every)
    while remind_on <= as_of:
        level = (occurrence - 1) // rules.escalate_every
        yield Moment("overdue", occurrence, day, remind_on, level, of_the_end)
        remind_on, occurrence = add_working_days(remind_on, rules.overdue_every), occurrence + 1
