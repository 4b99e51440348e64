"""The tables of the page about england-2009 are what the example's files say."""

import runpy
from pathlib import Path

MAKER = runpy.run_path(str(Path(__file__).parents[3] / "docs" / "make_england_2009.py"))


def test_the_tables_are_those_of_the_files() -> None:
    text = MAKER["PAGE"].read_text(encoding="utf-8")
    assert MAKER["filled"](text) == text, "run docs/make_england_2009.py"


def test_every_activity_of_the_plan_is_in_the_table_of_the_load() -> None:
    rows = [line.strip("| ").split(" | ") for line in MAKER["load"]().splitlines()[2:]]
    assert sum(int(visits) for _period, visits, _inspections in rows) == 456
    assert sum(int(inspections) for _period, _visits, inspections in rows) == 152
