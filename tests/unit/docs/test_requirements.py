"""The page of requirements says what the tests say."""

import csv
import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[3]


def _load():
    spec = importlib.util.spec_from_file_location("make_requirements", ROOT / "docs" / "make_requirements.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_range_cites_every_number_in_it():
    assert _load().numbers_in("see R016-R018 and R049") == {"R016", "R017", "R018", "R049"}


def test_every_cited_number_is_in_the_register():
    module = _load()
    with (ROOT / "docs" / "requirements.csv").open(encoding="utf-8-sig", newline="") as file:
        known = {row["id"] for row in csv.DictReader(file)}
    cited = set(module.cited_by_tests()) | set(module.cited_by_modules())
    assert cited - known == set()


def test_the_page_is_up_to_date():
    module = _load()
    assert module.PAGE.read_text(encoding="utf-8") == module.page(), "run docs/make_requirements.py"
