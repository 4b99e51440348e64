"""Windows that no framework gives: what is overdue, visits between inspections, and targeted inspections.

All of them are assumed. Those of targeted inspections are drawn with a fixed seed.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from random import Random

from drawing.today.areas import Area
from drawing.today.inspections import CHILDREN, SEND, TARGETED, Inspection
from services.days.weeks import add_months

FIRST_ON, LAST_ON = date(2025, 9, 1), date(2028, 8, 31)
SETTLED_FROM = date(2026, 3, 1)
"""A window of the frameworks that ends before leaves too few weeks: the inspection counts as overdue."""

OVERDUE = {CHILDREN: (date(2025, 9, 15), date(2026, 8, 31)), SEND: (date(2025, 9, 29), date(2026, 8, 31))}
MONTHS_AFTER_LAST = 42
"""A window for an inspection of children's services ends three years and a half after the last one."""

MONTHS_AFTER_OUTCOME = {"1": 61, "2": 37, "3": 19}
"""And of an area SEND inspection a month after the day that its outcome gives."""

MONITORED = (
    (date(2025, 9, 22), date(2025, 12, 18)),
    (date(2026, 1, 12), date(2026, 3, 26)),
    (date(2026, 4, 20), date(2026, 7, 16)),
)
"""A visit a term after an inspection that was inadequate."""

FOCUSED_FROM, FOCUSED_UNTIL = 15, 21
"""A focused visit is about half-way between two inspections: so many months after the last one."""

TERMS = (
    ((9, 22), (12, 4)),
    ((1, 12), (3, 19)),
    ((4, 20), (7, 9)),
)
"""Targeted inspections pause in August and from December on."""

TARGETED_A_TERM = (4, 3, 3)
"""About ten a year."""

Window = tuple[str, str, int | None, date, date]
"""Area, kind, which one of several, first and last day on which it may start."""


def windows(
    areas: Sequence[Area], last: Mapping[str, Mapping[str, Inspection]], draw: Random
) -> Iterator[Window]:
    """All of them.

    Parameters
    ----------
    last
        By kind, the last inspection in each area.
    """
    for area in areas:
        yield from _overdue(area, last)
        children = last[CHILDREN].get(area.code)
        if children is not None:
            yield from _visits(area, children)
    yield from _targeted(areas, draw)


def _overdue(area: Area, last: Mapping[str, Mapping[str, Inspection]]) -> Iterator[Window]:
    for kind, (first_on, last_on) in OVERDUE.items():
        inspection = last[kind].get(area.code)
        if inspection is None or inspection.ended_on is None:
            continue
        months = MONTHS_AFTER_LAST if kind == CHILDREN else MONTHS_AFTER_OUTCOME[inspection.result]
        if add_months(inspection.ended_on, months) < SETTLED_FROM:
            yield area.code, kind, None, first_on, last_on


def _visits(area: Area, last: Inspection) -> Iterator[Window]:
    """Monitoring visits after an inspection that was inadequate, else a focused visit half-way to the next."""
    if last.result == "inadequate":
        for number, window in enumerate(MONITORED, start=1):
            yield area.code, "monitoring_visit", number, *window
        return
    assert last.ended_on is not None
    first_on, last_on = (add_months(last.ended_on, months) for months in (FOCUSED_FROM, FOCUSED_UNTIL))
    if OVERDUE[CHILDREN][0] <= first_on:
        yield area.code, "focused_visit", 1, first_on, last_on


def _targeted(areas: Sequence[Area], draw: Random) -> Iterator[Window]:
    """Areas drawn by lot, none twice, for each term of the programme."""
    chosen = iter(draw.sample([area.code for area in areas], len(areas)))
    rows = []
    for year in range(FIRST_ON.year, LAST_ON.year):
        for term, ((month, day), (last_month, last_day)) in enumerate(TERMS):
            its_year = year if month >= FIRST_ON.month else year + 1
            for _ in range(TARGETED_A_TERM[term]):
                window = date(its_year, month, day), date(its_year, last_month, last_day)
                rows.append((next(chosen), TARGETED, 1, *window))
    yield from sorted(rows)
