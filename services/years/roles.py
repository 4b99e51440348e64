"""What a year is for an area: that of its review, the one that follows it up, or one that sets its agenda (R021)."""

from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from config.policy import day_in
from config.yearly_rules import YearlyRules
from services.days.working_days import next_working_day, previous_working_day


class YearRole(StrEnum):
    """What a year is for an area (R021)."""

    REVIEW = "review"
    FOLLOW_UP = "follow_up"
    AGENDA = "agenda"


class DaysOfYear(NamedTuple):
    """The days of one year's assessment, all included; where nobody works the next or the last day before counts."""

    made_on: date
    issued_until: date
    returned_by: date
    field_first: date
    field_last: date
    judged_by: date
    out_by: date


def days_of(year: int, rules: YearlyRules) -> DaysOfYear:
    """The days of a year (R109, R111, R115): what begins, begins on a working day, and what ends, ends on one."""
    days = rules.days

    def last(day: str) -> date:
        return previous_working_day(day_in(year, day))

    return DaysOfYear(
        made_on=day_in(year, days.made_on),
        issued_until=last(days.issued_until),
        returned_by=last(days.returned_by),
        field_first=next_working_day(day_in(year, days.field_first)),
        field_last=last(days.field_last),
        judged_by=last(days.judged_by),
        out_by=last(days.out_by),
    )


def review_years(reports: Iterable[date], rules: YearlyRules) -> frozenset[int]:
    """The years of an area's reviews, by the days on which their reports are out.

    A report that is out by the day by which all areas are judged is in time for its year; a later one is for the next.
    """
    return frozenset(day.year + (day > day_in(day.year, rules.days.judged_by)) for day in reports)


def role_in(year: int, reviewed: Collection[int]) -> YearRole:
    """What a year is for an area that is reviewed in some years (R021, R093)."""
    if year in reviewed:
        return YearRole.REVIEW
    return YearRole.FOLLOW_UP if year - 1 in reviewed else YearRole.AGENDA


def has_field_exercise(year: int, role: str, rules: YearlyRules) -> bool:
    """Whether anything is examined in the field: not in the year of a review (R113), but in the first year (R107)."""
    return role != YearRole.REVIEW or year in rules.everywhere_in


def role_in_words(role: str, rules: YearlyRules) -> str:
    """A role as the policy calls it."""
    return str(getattr(rules.roles, role))
