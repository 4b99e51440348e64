"""The page of requirements says what the tests say."""

import csv
import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    path = ROOT / "docs" / "make_requirements.py"
    spec = importlib.util.spec_from_file_location("make_requirements", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("cited_by_tests", "cited_by_modules"):  # each parses some hundred files
        setattr(module, name, cache(getattr(module, name)))
    return module


def test_a_range_cites_every_number_in_it(maker: ModuleType) -> None:
    assert maker.numbers_in("see R016-R018 and R049") == {"R016", "R017", "R018", "R049"}


@pytest.mark.parametrize(
    ("name", "docstring", "numbers"),
    [
        ("test_two_bodies_r056", "", {"R056"}),
        ("test_r002_and_r056", "Two bodies (R056).", {"R002", "R056"}),
        ("test_two_bodies", "Two bodies.\n\nSource: R002, R056.", {"R002", "R056"}),
        ("test_every_state", "As R016-R018 say, and R019.", {"R019"}),
        ("test_four_r0560", "", set()),
        ("test_over056", "", set()),
    ],
)
def test_a_test_is_about_the_numbers_of_its_name_and_docstring_but_not_of_a_range(
    maker: ModuleType, name: str, docstring: str, numbers: set[str]
) -> None:
    assert maker.own_numbers(name, docstring) == numbers


TESTS = '''
"""About R004."""

def test_a_date_is_kept_r001():
    assert dated("R003")

def test_another():
    """As in R005-R006."""
'''


def test_a_requirement_is_tested_partly_mentioned_or_not_yet(maker: ModuleType, tmp_path: Path) -> None:
    texts = {"a/test_dates.py": TESTS, "a/test_requirements.py": 'TEXT = "R007"'}
    for name, text in texts.items():
        (tmp_path / "tests" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "tests" / name).write_text(text, encoding="utf-8")
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "rule.toml").write_text("# R001, R003, R008", encoding="utf-8")
    cited = (*maker.cited_by_tests(tmp_path), maker.cited_by_modules(tmp_path))
    states = {f"R00{n}": maker.state(f"R00{n}", *cited) for n in (1, 3, 4, 5, 6, 7, 8)}
    assert states == {
        "R001": "tested",
        "R003": "partly",
        "R004": "partly",
        "R005": "partly",
        "R006": "partly",
        "R007": "not yet",
        "R008": "mentioned",
    }


def test_every_cited_number_is_in_the_register(maker: ModuleType) -> None:
    with (ROOT / "docs" / "requirements.csv").open(encoding="utf-8-sig", newline="") as file:
        known = {row["id"] for row in csv.DictReader(file)}
    assert len(known) == 198
    for cited in (*maker.cited_by_tests(ROOT), maker.cited_by_modules(ROOT)):
        assert set(cited) - known == set()


def test_only_what_is_not_covered_has_a_reason_why_not(maker: ModuleType) -> None:
    with (ROOT / "docs" / "requirements.csv").open(encoding="utf-8-sig", newline="") as file:
        known = {row["id"] for row in csv.DictReader(file)}
    reasons = maker.reasons()
    assert set(reasons) <= known
    assert set(reasons) & set(maker.cited_by_tests(ROOT)[0]) == set()
    assert all(reasons.values())


def test_the_page_lists_each_reason_once(maker: ModuleType) -> None:
    section = maker.page().split("## Not covered, and why")[1]
    for number, why in maker.reasons().items():
        assert section.count(f"- {number}: {why}") == 1


def test_the_page_is_up_to_date(maker: ModuleType) -> None:
    assert maker.PAGE.read_text(encoding="utf-8") == maker.page(), "run docs/make_requirements.py"
