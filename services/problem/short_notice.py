"""Activities whose dates leave no notice any more: named with the day that it would have been due (R094)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models import Activity
from reports.words import date_in_words
from services.days.planned_days import begins_on
from services.days.weeks import WEEK, day_before, monday_of
from services.problem.facts import Facts, read_facts
from services.problem.notice import notice_on
from services.problem.windows import own_window


@dataclass(frozen=True)
class ShortNotice:
    """An activity that begins so early that `step`, which tells its area, would have been due before `today`."""

    activity: str
    begins_on: date
    step: str
    due_on: date
    today: date

    def __str__(self) -> str:
        return (
            f"{self.activity} begins in the week of {date_in_words(self.begins_on)}: '{self.step}' would have been "
            f"due on {date_in_words(self.due_on)}, before {date_in_words(self.today)}. "
            "Give notice at once; to sign it off needs a waiver."
        )


def short_notices(
    session: Session, mondays: Mapping[str, date], as_of: date | None = None
) -> tuple[ShortNotice, ...]:
    """What begins at short notice, of activities whose notice is not given yet.

    Parameters
    ----------
    mondays
        The Monday of the week in which an activity begins, by its code.
    as_of
        The present day; without one, or once the programme is over, that of planning.
    """
    facts = read_facts(session, as_of)
    rows = [row for row in facts.activities if row.code in mondays and row.state == "planned"]
    return tuple(found for row in rows for found in _short(row, mondays[row.code], facts))


def short_windows(session: Session, as_of: date | None = None) -> tuple[ShortNotice, ...]:
    """What can only begin at short notice: even in the last week that its own window or a pin leaves it."""
    facts = read_facts(session, as_of)
    rows = [row for row in facts.activities if row.state == "planned" and row.plan_version is None]
    lasts = ((row, _last_monday(row, facts)) for row in rows)
    return tuple(found for row, monday in lasts if monday is not None for found in _short(row, monday, facts))


def _short(row: Activity, monday: date, facts: Facts) -> Iterator[ShortNotice]:
    framework = facts.followed[row.code]
    told = notice_on(framework, monday, facts.holidays_of(row.area_code))
    is_given = framework.notice is not None and framework.notice.id in facts.steps.get(row.code, {})
    if told is not None and told[1] < facts.today and not is_given:
        yield ShortNotice(row.code, monday, *told, facts.today)


def _last_monday(row: Activity, facts: Facts) -> date | None:
    """The Monday of the last week in which it may begin, if a pin or a window of its own says so."""
    if row.pinned_on is not None:
        return monday_of(row.pinned_on)
    framework = facts.followed[row.code]
    _, end = own_window(row, framework)
    if end is None:
        return None
    monday = monday_of(day_before(end))
    return monday - WEEK if begins_on(framework.stages[0], monday) >= end else monday
