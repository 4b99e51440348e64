"""Fills the tables of docs/england-2009.md: `python docs/make_england_2009.py`, from examples/england-2009 alone."""

import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import mean

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "examples"))

from drawing import page_tables
from drawing.table_files import REGIME
from make_england_2009 import FIRST_ON

from services.days.weeks import quarter

PAGE = Path(__file__).resolve().parent / "england-2009.md"
KINDS = {"cra": "Visits", "sglac": "Inspections"}
GRADES = ("1", "2", "3", "4")


def first_days() -> list[tuple[str, str, date]]:
    """Area, kind and first day of each activity of the plan; each is one stage long."""
    rows = page_tables.read_rows(REGIME / "plans" / "plan.csv")
    return [(*row["activity"].split("-")[:2], date.fromisoformat(row["first_day"])) for row in rows]


def load() -> str:
    """How many of each kind begin in each quarter."""
    count = Counter((quarter(day), KINDS[kind]) for _area, kind, day in first_days())
    return page_tables.counted("begun in", list(KINDS.values()), count)


def waits() -> str:
    """Weeks until the inspection of an area, by its grade."""
    grades = {row["area"]: row["value"] for row in page_tables.read_rows(REGIME / "ratings.csv")}
    weeks = [
        (grades[area], (day - FIRST_ON).days // 7) for area, kind, day in first_days() if kind == "sglac"
    ]
    lines = [
        "| last grade (drawn) | areas | weeks until the inspection: mean | longest |",
        "|---|---|---|---|",
    ]
    for grade in GRADES:
        found = [number for known, number in weeks if known == grade]
        if found:
            lines.append(f"| {grade} | {len(found)} | {mean(found):.0f} | {max(found)} |")
    return "\n".join(lines)


TABLES: dict[str, Callable[[], str]] = {
    "figures": lambda: page_tables.figures(REGIME),
    "load": load,
    "waits": waits,
}
"""What stands between which marks of the page."""


def filled(text: str) -> str:
    """The page with all its tables."""
    return page_tables.filled(text, TABLES)


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
