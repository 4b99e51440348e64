"""School holidays by calendar, polls, and the national rounds in which the bodies lend people to reviews."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from drawing.table_files import read_source, write_table
from services.days.weeks import bank_holiday_closures, christmas_closures

FIRST_MONDAY = date(2005, 9, 5)
NUM_START_WEEKS = 173
NUM_WEEKS = 213
WEEK = timedelta(weeks=1)

NATIONAL = "england"
CALENDAR_BY_REGION = {
    "North East": "north-east",
    "Yorkshire and The Humber": "yorkshire-and-the-humber",
    "South West": "south-west",
}
"""Regions with a calendar of their own; all others keep the national one, except for `LEICESTERSHIRE`."""

LEICESTERSHIRE = ("855", "856", "857")
"""Leicestershire, Leicester and Rutland break up early in summer and autumn."""

SHIFTS: dict[tuple[str, str], int] = {
    ("leicestershire", "summer"): -2,
    ("leicestershire", "october half-term"): -1,
    ("north-east", "may half-term"): 1,
    ("yorkshire-and-the-humber", "october half-term"): 1,
    ("south-west", "easter"): 1,
}
"""Weeks by which a calendar's holiday lies later than the national one; the size of a shift is made up."""


@dataclass(frozen=True)
class Holiday:
    """A school holiday; both days are included."""

    calendar: str
    name: str
    first_day: date
    last_day: date


def calendar_of(code: str, region: str) -> str:
    """The school calendar of an area."""
    return "leicestershire" if code in LEICESTERSHIRE else CALENDAR_BY_REGION.get(region, NATIONAL)


def holidays() -> list[Holiday]:
    """School holidays of all calendars, 2005 to 2009."""
    names = [NATIONAL, "leicestershire", *sorted(CALENDAR_BY_REGION.values())]
    return [
        Holiday(
            name,
            row["holiday"],
            date.fromisoformat(row["first_monday"]) + SHIFTS.get((name, row["holiday"]), 0) * WEEK,
            date.fromisoformat(row["last_friday"]) + SHIFTS.get((name, row["holiday"]), 0) * WEEK,
        )
        for name in names
        for row in read_source("school_holidays.csv")
    ]


def week_of(day: date) -> int:
    """Index of the week of a day."""
    return (day - FIRST_MONDAY).days // 7


def monday(week: int) -> date:
    """The Monday of a week."""
    return FIRST_MONDAY + week * WEEK


def holiday_weeks(calendar: str) -> set[int]:
    """Weeks of school holidays in a calendar."""
    of_calendar = [holiday for holiday in holidays() if holiday.calendar == calendar]
    return {week for h in of_calendar for week in range(week_of(h.first_day), week_of(h.last_day) + 1)}


def bank_holiday_weeks() -> set[int]:
    """Weeks with a bank holiday or the Christmas closure."""
    closed = (
        *bank_holiday_closures(FIRST_MONDAY, NUM_WEEKS),
        *christmas_closures(FIRST_MONDAY, NUM_WEEKS),
    )
    return {week for closure in closed for week in closure.span.weeks()}


@dataclass(frozen=True)
class Round:
    """An analysis week and the first of two fieldwork weeks."""

    analysis: int
    fieldwork: int

    @property
    def weeks(self) -> frozenset[int]:
        """The three weeks in which a team works together."""
        return frozenset((self.analysis, self.fieldwork, self.fieldwork + 1))

    @property
    def occupied(self) -> frozenset[int]:
        """The team weeks, and the week of rest after them."""
        return self.weeks | {self.fieldwork + 2}


def national_rounds() -> tuple[Round, ...]:
    """Rounds on which the bodies agree: as many as fit the school weeks, clear of each other.

    People are lent for the weeks of a round only, so two rounds must not join into a third one: if a week of one and
    two weeks of another made a lawful review, no person would be there for all of it. Such sets of
    rounds are thrown away; of the rest a longest one is taken (beam search, deterministic).
    """
    away = bank_holiday_weeks()
    school = set(range(NUM_WEEKS)) - away - holiday_weeks(NATIONAL)
    lawful = [
        Round(analysis, fieldwork)
        for fieldwork in range(NUM_WEEKS - 1)
        for analysis in (fieldwork - 3, fieldwork - 4)
        if 0 <= analysis < NUM_START_WEEKS and not {analysis, fieldwork, fieldwork + 1} & away
    ]
    beam: list[tuple[Round, ...]] = [()]
    for added in (r for r in lawful if {r.fieldwork, r.fieldwork + 1} <= school):
        grown = [(*chosen, added) for chosen in beam if _joins(chosen, added, lawful)]
        best: dict[tuple[Round, ...], tuple[Round, ...]] = {}
        for chosen in (*beam, *grown):
            best[chosen[-4:]] = max(best.get(chosen[-4:], ()), chosen, key=len)
        beam = sorted(best.values(), key=lambda chosen: -len(chosen))[:200]
    return beam[0]


def _joins(chosen: tuple[Round, ...], new: Round, lawful: Iterable[Round]) -> bool:
    """Whether a round can follow: no common fieldwork week, and no review made of pieces of several rounds."""
    if chosen and chosen[-1].fieldwork + 2 > new.fieldwork:
        return False
    near = (*chosen[-5:], new)
    weeks = set().union(*(placed.weeks for placed in near))
    return not any(
        placed.weeks <= weeks and placed not in near
        for placed in lawful
        if placed.fieldwork + 8 > new.fieldwork
    )


PollRow = tuple[str, date, date, str, str]


def elections() -> Iterator[PollRow]:
    """The polls of england-2005."""
    return poll_rows(read_source("elections.csv"))


def poll_rows(source: Iterable[Mapping[str, str]]) -> Iterator[PollRow]:
    """(type of area, polling day, first day of the pre-election period, kind, note) from the source's groups."""
    for row in source:
        for group in row["applies_to"].split(";"):
            name, _, note = group.strip().partition(" (")
            area_type = name.removeprefix("some ").removeprefix("most ")
            some = "" if area_type == name else f"held in {name.split()[0]} of these areas"
            detail = "; ".join(part for part in (some, note.removesuffix(")")) if part)
            yield (
                area_type,
                date.fromisoformat(row["polling_date"]),
                date.fromisoformat(row["pre_election_start"]),
                row["kind"],
                detail,
            )


def national_holidays(sources: Path) -> list[tuple[date, date]]:
    """First Monday and last Friday of each holiday of the national calendar in a folder of sources."""
    rows = read_source("school_holidays.csv", sources)
    return [(date.fromisoformat(row["first_monday"]), date.fromisoformat(row["last_friday"])) for row in rows]


def write_calendar(sources: Path, into: Path, first_on: date = date.min) -> None:
    """Write the school holidays of one calendar that have not ended by a day, and polls, from a folder of sources."""
    rows = (
        (NATIONAL, row["holiday"], row["first_monday"], row["last_friday"])
        for row in read_source("school_holidays.csv", sources)
        if row["last_friday"] >= first_on.isoformat()
    )
    write_table("school_holidays.csv", ("calendar", "name", "first_day", "last_day"), rows, into)
    columns = ("area_type", "polling_on", "pre_election_start_on", "kind", "note")
    write_table("elections.csv", columns, poll_rows(read_source("elections.csv", sources)), into)
