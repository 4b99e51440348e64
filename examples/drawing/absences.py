"""When people are not free for reviews: work for their own body between rounds, and leave in school holidays."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from drawing.areas import Area
from drawing.english_calendar import NATIONAL, NUM_START_WEEKS, holiday_weeks, monday
from drawing.people import Person

LAST_WEEK = NUM_START_WEEKS + 5
FRIDAY = timedelta(days=4)

FROM_COUNCILS = ("Ofsted", "CSCI", "AC")
"""Bodies whose inspectors have worked for councils before."""


def absences(person: Person, draw: Random) -> Iterator[tuple[str, date, date, int]]:
    """(inspector, first day, last day, percent available), in the order of days."""
    lent = {week for visit in person.rounds for week in visit.weeks}
    rows = [
        (person.code, monday(first), monday(last) + FRIDAY, 0)
        for first, last in _runs(week for week in range(person.first_week, LAST_WEEK) if week not in lent)
    ]
    rows += [(person.code, monday(week), monday(week) + FRIDAY, 0) for week in _leave(person, lent, draw)]
    yield from sorted(rows, key=lambda row: (row[1], row[2]))


def _runs(weeks: Iterator[int]) -> list[tuple[int, int]]:
    """Consecutive weeks as (first, last)."""
    runs: list[tuple[int, int]] = []
    for week in weeks:
        if runs and runs[-1][1] == week - 1:
            runs[-1] = (runs[-1][0], week)
        else:
            runs.append((week, week))
    return runs


def _leave(person: Person, lent: set[int], draw: Random) -> list[int]:
    """About five weeks of leave a year, four in five of them in school holidays."""
    holidays = holiday_weeks(NATIONAL)
    weeks: list[int] = []
    for year in range(LAST_WEEK // 52 + 1):
        free = [w for w in range(52 * year, min(52 * year + 52, LAST_WEEK)) if w not in lent]
        inside = [w for w in free if w in holidays]
        outside = [w for w in free if w not in holidays]
        weeks += draw.sample(inside, min(4, len(inside))) + draw.sample(outside, min(1, len(outside)))
    return [week for week in weeks if week >= person.first_week]


def conflicts(person: Person, areas: Sequence[Area], draw: Random) -> Iterator[tuple[str, str, str]]:
    """(inspector, area, kind): where someone worked before, mostly near home, and whom someone reviewed last time."""
    if person.body not in FROM_COUNCILS:
        return
    near = sorted(areas, key=lambda area: (area.lat - person.lat) ** 2 + (area.lon - person.lon) ** 2)[:8]
    interest = draw.sample(near, draw.choices((0, 1, 2), (40, 40, 20))[0])
    for area in interest:
        yield person.code, area.code, "interest"
    if draw.random() < 0.3:
        others = [area for area in areas if area not in interest]
        yield person.code, draw.choice(others).code, "previous"
