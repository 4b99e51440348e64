"""Calendars of closed weeks, and which of them a stage in an area keeps."""

from collections.abc import Sequence

from config.policy import CalendarRules
from config.steps import Avoids
from models import Area
from models import Closure as ClosureRow
from scheduler.values.problem import Calendar
from services.days.weeks import bank_holiday_closures, christmas_closures, closures
from services.problem.facts import EVERYWHERE, Facts
from services.problem.planning_horizon import Horizon

BANK_HOLIDAYS = "bank-holidays"
CHRISTMAS = "christmas"
CLOSED = "closed"


def school_calendar(name: str) -> str:
    """Identifier of a calendar of school holidays."""
    return f"school:{name}"


def area_calendar(area: str) -> str:
    """Identifier of the closures of one area."""
    return f"closed:{area}"


def calendars(facts: Facts, horizon: Horizon) -> tuple[Calendar, ...]:
    """Bank holidays, Christmas, closures everywhere, school holidays by calendar, closures by area."""
    first, num = horizon.first_monday, horizon.num_weeks
    rules: CalendarRules = facts.policy.calendar
    christmas = christmas_closures(first, num, rules.christmas_first, rules.christmas_last)
    found = [
        Calendar(id=BANK_HOLIDAYS, closures=bank_holiday_closures(first, num)),
        Calendar(id=CHRISTMAS, closures=christmas),
        _closed(CLOSED, facts.closures.get(EVERYWHERE, ()), horizon),
    ]
    for name in sorted({area.holiday_calendar for area in facts.areas}):
        spans = [(holiday.start_on, holiday.end_on, holiday.name) for holiday in facts.holidays.get(name, ())]
        found.append(Calendar(id=school_calendar(name), closures=closures(first, num, spans)))
    for area in facts.areas:
        if closed := facts.closures.get(area.code):
            found.append(_closed(area_calendar(area.code), closed, horizon))
    return tuple(found)


def calendars_of(avoids: Sequence[Avoids], area: Area, facts: Facts) -> tuple[str, ...]:
    """Calendars that a stage keeps: those its framework says, and every closure, on site or not."""
    names = {
        "school_holidays": school_calendar(area.holiday_calendar),
        "bank_holiday_weeks": BANK_HOLIDAYS,
        "christmas": CHRISTMAS,
    }
    closed = (CLOSED, *([area_calendar(area.code)] if facts.closures.get(area.code) else []))
    return (*(names[kind] for kind in avoids), *closed)


def _closed(name: str, rows: Sequence[ClosureRow], horizon: Horizon) -> Calendar:
    spans = [(row.start_on, row.end_on, row.reason) for row in rows]
    return Calendar(id=name, closures=closures(horizon.first_monday, horizon.num_weeks, spans))
