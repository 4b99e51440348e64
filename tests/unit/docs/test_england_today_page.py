"""The tables of the page about england-today are what the example's files say; its rules find what breaks them."""

import runpy
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
MAKER = runpy.run_path(str(ROOT / "docs" / "make_england_today.py"))
SCHOOL = [(date(2023, 5, 29), date(2023, 6, 2))]


def test_the_tables_are_those_of_the_files() -> None:
    text = MAKER["PAGE"].read_text(encoding="utf-8")
    assert MAKER["filled"](text) == text, "run docs/make_england_today.py"


@pytest.mark.parametrize(
    ("first_on", "last_on", "broken"),
    [
        (date(2023, 5, 15), date(2023, 5, 19), []),
        (date(2023, 5, 16), date(2023, 5, 19), ["not on a Monday"]),
        (date(2023, 5, 11), date(2023, 5, 19), ["not on a Monday", "bank holiday"]),
        (date(2023, 5, 22), date(2023, 6, 2), ["bank holiday", "school holiday"]),
        (date(2023, 12, 18), date(2023, 12, 22), []),
        (date(2023, 12, 18), date(2023, 12, 29), ["bank holiday", "Christmas"]),
    ],
)
def test_days_on_site_are_held_against_four_rules(first_on: date, last_on: date, broken: list[str]) -> None:
    """The week of 8 May 2023 has the holiday for the coronation."""
    visit = MAKER["Visit"]("Greenwich", "Area SEND", first_on, last_on)
    assert list(MAKER["broken"](visit, SCHOOL)) == broken
