"""The page of rules names every rule of the checker, with files that exist and a test for each."""

import re
from pathlib import Path

from scheduler.check import RULES

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(\w+)` \|(.*)\|$", PAGE, re.MULTILINE)


def test_every_rule_of_the_checker_is_on_the_page_and_no_other() -> None:
    assert sorted(name for name, _ in ROWS) == sorted({rule.__module__.rsplit(".", 1)[1] for rule in RULES})


def test_every_rule_has_its_own_tests() -> None:
    tests = {path.stem.removeprefix("test_") for path in ROOT.glob("tests/unit/scheduler/rules/test_*.py")}
    assert {name for name, _ in ROWS} == tests


def test_every_file_on_the_page_exists() -> None:
    files = [name for _, row in ROWS for name in re.findall(r"`([\w/]+\.py)`", row)]
    assert len(files) > 2 * len(ROWS) - 1
    assert [name for name in files if not (ROOT / name).exists()] == []


def test_checker_and_model_are_different_files() -> None:
    for _, row in ROWS:
        model, checker = row.split("|")[-2:]
        own = set(re.findall(r"`([\w/]+\.py)`", checker))
        assert all(name.startswith("scheduler/rules/") for name in own)
        assert not own & set(re.findall(r"`([\w/]+\.py)`", model))
