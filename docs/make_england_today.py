"""Fills the tables of docs/england-today.md: `python docs/make_england_today.py`, from examples/england-today alone.

Real starts are those of `sources/inspections.csv`, planned ones those of `plans/plan.csv`; both are held against the
rules of the frameworks: from a Monday, in no week with a bank holiday, in no school holiday, not over Christmas.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "examples"))

from drawing import page_tables
from drawing.english_calendar import national_holidays
from drawing.table_files import TODAY, TODAYS_SOURCES
from drawing.today.inspections import CHILDREN, SEND, SHORT, STANDARD, Inspection, inspections

from services.days.weeks import christmas_around, monday_of, quarter
from services.days.working_days import bank_holidays

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "england-today.md"
KINDS = {STANDARD: "ILACS, two weeks", SHORT: "ILACS, one week", SEND: "Area SEND"}
PLANNED = {
    CHILDREN: "ILACS",
    SEND: "Area SEND",
    "jtai": "JTAI",
    "focused_visit": "Focused visits",
    "monitoring_visit": "Monitoring visits",
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
RULES = ("not on a Monday", "bank holiday", "school holiday", "Christmas")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Visit:
    """Days on site in an area, both included."""

    area: str
    kind: str
    first_on: date
    last_on: date


def real_visits(known: Sequence[Inspection]) -> list[Visit]:
    """What really was on site, as far as its days are known."""
    return [
        Visit(row.name, KINDS[row.kind], row.start_on, row.end_on)
        for row in known
        if row.kind in KINDS and row.start_on is not None and row.end_on is not None
    ]


def planned_visits() -> list[Visit]:
    """What the plan puts on site: each stage from its first day to the Friday of its week."""
    rows = page_tables.read_rows(TODAY / "plans" / "plan.csv")
    names = {row["code"]: row["name"] for row in page_tables.read_rows(TODAY / "areas.csv")}
    found = []
    for row in rows:
        area, kind = row["activity"].split("-")[:2]
        first_on = date.fromisoformat(row["first_day"])
        found.append(Visit(names[area], PLANNED[kind], first_on, monday_of(first_on) + 4 * ONE_DAY))
    return found


def broken(visit: Visit, school: Sequence[tuple[date, date]], *, from_monday: bool = True) -> Iterator[str]:
    """Which rules the days of a visit break, in the order of RULES."""
    days = [visit.first_on + n * ONE_DAY for n in range((visit.last_on - visit.first_on).days + 1)]
    weeks = {monday_of(day) + n * ONE_DAY for day in days for n in range(5)}
    if from_monday and visit.first_on.weekday() != 0:
        yield RULES[0]
    if any(day in bank_holidays(day.year) for day in weeks):
        yield RULES[1]
    if any(first <= day <= last for first, last in school for day in days):
        yield RULES[2]
    if any(first <= day < end for day in days for first, end in christmas_around(day)):
        yield RULES[3]


def weekdays() -> str:
    """How real starts spread over the days of the week."""
    visits = real_visits(inspections())
    lines = [f"| real starts | {' | '.join(WEEKDAYS)} | all |", "|---|" + "---|" * 6]
    for name in KINDS.values():
        count = Counter(visit.first_on.weekday() for visit in visits if visit.kind == name)
        lines.append(f"| {name} | {' | '.join(str(count[day]) for day in range(5))} | {count.total()} |")
    return "\n".join(lines)


def rules() -> str:
    """How many starts break which rule, in what was and in what is planned."""
    school = national_holidays(TODAYS_SOURCES)
    lines = ["| | starts | " + " | ".join(RULES) + " | most in one week |", "|---|" + "---|" * 6]
    for title, visits in (("real", real_visits(inspections())), ("planned", planned_visits())):
        for name in dict.fromkeys(visit.kind for visit in sorted(visits, key=lambda visit: visit.kind)):
            its_own = [visit for visit in visits if visit.kind == name]
            from_monday = not name.endswith("visits")
            count = Counter(
                rule for visit in its_own for rule in broken(visit, school, from_monday=from_monday)
            )
            busiest = max(Counter(monday_of(visit.first_on) for visit in its_own).values())
            cells = " | ".join(str(count[rule]) for rule in RULES)
            lines.append(f"| {title}: {name} | {len(its_own)} | {cells} | {busiest} |")
    return "\n".join(lines)


def breaks() -> str:
    """Every real start that breaks a rule."""
    school = national_holidays(TODAYS_SOURCES)
    lines = ["| area | inspection | on site from/to | breaks |", "|---|---|---|---|"]
    for visit in sorted(real_visits(inspections()), key=lambda visit: visit.first_on):
        if found := list(broken(visit, school)):
            days = f"{visit.first_on}/{visit.last_on:%m-%d}"
            lines.append(f"| {visit.area} | {visit.kind} | {days} | {', '.join(found)} |")
    return "\n".join(lines)


def load() -> str:
    """Stages that the plan begins in each quarter."""
    count = Counter((quarter(visit.first_on), visit.kind) for visit in planned_visits())
    return page_tables.counted("weeks on site begun in", list(dict.fromkeys(PLANNED.values())), count)


TABLES: dict[str, Callable[[], str]] = {
    "figures": lambda: page_tables.figures(TODAY),
    "load": load,
    "weekdays": weekdays,
    "rules": rules,
    "breaks": breaks,
}
"""What stands between which marks of the page."""


def filled(text: str) -> str:
    """The page with all its tables."""
    return page_tables.filled(text, TABLES)


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
