"""The page of rules names every rule of the checker, with files that exist and a test for each."""

import re
from pathlib import Path

from scheduler.checking.checker import RULES

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(\w+)` \|(.*)\|$", PAGE, re.MULTILINE)


def test_every_rule_of_the_checker_is_on_the_page_and_no_other() -> None:
    named = [
        (file, function)
        for _, row in ROWS
        for file, functions in re.findall(r"`([\w/]+\.py)` \(([^)]*)\)", row.split("|")[-1])
        for function in re.findall(r"`(\w+)`", functions)
    ]
    asked = [(f"{rule.__module__.replace('.', '/')}.py", rule.__name__) for rule in RULES]
    assert sorted(named) == sorted(asked)


def test_the_page_gives_the_numbers_that_a_rule_cites() -> None:
    cited = {rule.__name__: set(re.findall(r"R\d{3}", rule.__doc__ or "")) for rule in RULES}
    for _, row in ROWS:
        numbers = set(re.findall(r"R\d{3}", row.split("|")[1]))
        functions = set(re.findall(r"`(\w+)`", row.split("|")[-1]))
        assert set().union(*(cited[name] for name in functions)) <= numbers


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
        assert all(name.startswith("scheduler/checking/") for name in own)
        assert not own & set(re.findall(r"`([\w/]+\.py)`", model))
