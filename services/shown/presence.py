"""When people are there: in which weeks of a programme somebody may work, and when they are away; never why."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from models import Absence, Inspector, Leave
from services.days.absent_weeks import DaysAway, shares_left
from services.days.weeks import WEEK, day_before, monday_of


@dataclass(frozen=True)
class Weeks:
    """Whole weeks from the one of `first_monday` on."""

    first_monday: date
    num_weeks: int

    @classmethod
    def around(cls, days: Iterable[date]) -> "Weeks":
        """The weeks from the earliest to the latest of some days; there is at least one day."""
        mondays = [monday_of(day) for day in days]
        first = min(mondays)
        return cls(first, (max(mondays) - first).days // WEEK.days + 1)

    def mondays(self) -> list[date]:
        """The Monday of each week."""
        return [self.first_monday + number * WEEK for number in range(self.num_weeks)]


@dataclass(frozen=True)
class Away:
    """Days on which somebody is not there, both included; `percent_available` of their time is left."""

    first_on: date
    last_on: date
    percent_available: int = 0


def days_away(
    session: Session, since: date, until: date, inspector: str | None = None
) -> dict[str, list[DaysAway]]:
    """Absences and leave that touch the days from `since` up to, not including, `until`, by inspector and day."""
    found: dict[str, list[DaysAway]] = defaultdict(list)
    for table in (Absence, Leave):
        query = select(
            table.inspector_code, col(table.start_on), col(table.end_on), col(table.percent_available)
        ).where(col(table.end_on) > since, col(table.start_on) < until)
        if inspector is not None:
            query = query.where(table.inspector_code == inspector)
        for code, start_on, end_on, percent in session.exec(query):
            found[code].append(DaysAway(start_on, end_on, percent))
    return {code: sorted(spans) for code, spans in found.items()}


def joined(spans: Sequence[DaysAway], until: date) -> tuple[Away, ...]:
    """Spans as people say them, those that touch put together where equally much is left."""
    found: list[DaysAway] = []
    for span in sorted(spans):
        if span.start_on >= until:
            continue
        last = found[-1] if found else None
        if (
            last
            and last.percent_available == span.percent_available
            and span.start_on <= last.end_on + timedelta(2)
        ):
            found[-1] = DaysAway(last.start_on, max(last.end_on, span.end_on), last.percent_available)
        else:
            found.append(span)
    return tuple(Away(span.start_on, day_before(span.end_on), span.percent_available) for span in found)


def weeks_there(
    person: Inspector, spans: Sequence[DaysAway], weeks: Weeks, min_percent: int
) -> tuple[bool, ...]:
    """Whether somebody is trained and enough of each week is theirs to work (R062); one truth a week.

    Parameters
    ----------
    min_percent
        Least share of a week that counts as a week, as the policy says.
    """
    if person.percent < min_percent:
        return (False,) * weeks.num_weeks
    there = [True] * weeks.num_weeks
    for week, share in shares_left(spans, weeks.first_monday, weeks.num_weeks).items():
        there[week] = share * person.percent // 100 >= min_percent
    if person.trained_from is not None:
        for week, monday in enumerate(weeks.mondays()):
            there[week] = there[week] and monday >= person.trained_from
    return tuple(there)


def attendance_of(
    session: Session, people: Iterable[Inspector], weeks: Weeks, min_percent: int
) -> Mapping[str, tuple[bool, ...]]:
    """The weeks in which each person is there, by code."""
    spans = days_away(session, weeks.first_monday, weeks.first_monday + weeks.num_weeks * WEEK)
    return {
        person.code: weeks_there(person, spans.get(person.code, ()), weeks, min_percent) for person in people
    }
