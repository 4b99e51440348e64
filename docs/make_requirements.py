"""Writes docs/requirements.md: which requirement is tested, partly tested, only mentioned, or not yet there.

A test counts for a number that its own name or its own docstring cites (`..._r049`, 'R049'), not for a range of
numbers, which says that it is about something else. Run it after adding tests:
`.venv/bin/python docs/make_requirements.py`; a test fails while the page is out of date.
"""

import ast
import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "requirements.md"
PACKAGES = ("config", "models", "scheduler", "services", "reports", "flows", "console", "cli")
NUMBER = re.compile(r"\bR(\d{3})(?:-R(\d{3}))?\b")
IN_NAME = re.compile(r"(?<=_)r(\d{3})(?=_|$)")
OWN_TESTS = "test_requirements.py"
"""Tests of this page: the numbers in them are examples."""

MEANINGS = {
    "tested": "a test has the number in its own name or docstring",
    "partly": "a test of something else cites it: in its body, within a range or at the head of its file",
    "mentioned": "only code, data or templates cite it",
    "not yet": "nothing cites it; some are vocabulary or background facts, the others come with later work",
}

Cited = Mapping[str, list[str]]
"""Where each number is cited."""


def numbers_in(text: str) -> set[str]:
    """All requirement numbers cited; 'R016-R018' cites three."""
    found = set()
    for first, last in NUMBER.findall(text):
        found.update(f"R{number:03}" for number in range(int(first), int(last or first) + 1))
    return found


def own_numbers(name: str, docstring: str) -> set[str]:
    """The numbers that a test is about: those of its name and docstring that are cited one by one."""
    named = {f"R{number}" for number in IN_NAME.findall(name)}
    return named | {f"R{first}" for first, last in NUMBER.findall(docstring) if not last}


def cited_by_tests(root: Path = ROOT) -> tuple[Cited, Cited]:
    """Names of tests ('tests/unit/x.py::test_y') by what they are about, and files of tests that cite it at all."""
    about, beside = defaultdict(list), defaultdict(list)
    for path in sorted((root / "tests").rglob("test_*.py")):
        if path.name == OWN_TESTS:
            continue
        text, name = path.read_text(encoding="utf-8"), path.relative_to(root).as_posix()
        for function in _test_functions(ast.parse(text)):
            for number in own_numbers(function.name, ast.get_docstring(function) or ""):
                about[number].append(f"{name}::{function.name}")
        for number in numbers_in(text):
            beside[number].append(name)
    return about, beside


def cited_by_modules(root: Path = ROOT) -> Cited:
    """Files of the product that cite a requirement."""
    cited = defaultdict(list)
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*")):
            if path.suffix in {".py", ".toml", ".html"}:
                for number in numbers_in(path.read_text(encoding="utf-8")):
                    cited[number].append(path.relative_to(root).as_posix())
    return cited


def reasons(root: Path = ROOT) -> dict[str, str]:
    """Why a requirement is not covered on purpose, by number."""
    with (root / "docs" / "requirements_why_not.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["why"] for row in csv.DictReader(file)}


def state(number: str, about: Cited, beside: Cited, modules: Cited) -> str:
    """How far a requirement has come: one of `MEANINGS`."""
    if number in about:
        return "tested"
    if number in beside:
        return "partly"
    return "mentioned" if number in modules else "not yet"


def page(root: Path = ROOT) -> str:
    """The whole page as Markdown."""
    with (root / "docs" / "requirements.csv").open(encoding="utf-8-sig", newline="") as file:
        register = list(csv.DictReader(file))
    about, beside = cited_by_tests(root)
    modules = cited_by_modules(root)
    rows: dict[str, list[dict[str, str]]] = {meaning: [] for meaning in MEANINGS}
    for row in register:
        rows[state(row["id"], about, beside, modules)].append(row)
    tested, *others = ((len(found), meaning) for meaning, found in rows.items())
    counts = ", ".join([f"{tested[0]} are {tested[1]}", *(f"{count} {meaning}" for count, meaning in others)])
    lines = [
        "# Requirements and their tests",
        "",
        "Made by `docs/make_requirements.py` from the register (`docs/requirements.csv`) and the tests; don't edit.",
        "",
        f"Of {len(register)} requirements {counts}.",
        "",
        *(f"- *{meaning}*: {text}." for meaning, text in MEANINGS.items()),
    ]
    for meaning, found in rows.items():
        lines += ["", f"## {meaning.capitalize()}", "", *_table(meaning, found, about, beside, modules)]
    lines += [
        "",
        "## Not covered, and why",
        "",
        *(f"- {number}: {why}" for number, why in reasons(root).items()),
    ]
    return "\n".join([*lines, ""])


def _table(
    meaning: str, rows: list[dict[str, str]], about: Cited, beside: Cited, modules: Cited
) -> Iterator[str]:
    tests = {"tested": about, "partly": beside}.get(meaning)
    yield "| number | kind | requirement | code |" + (" tests |" if tests is not None else "")
    yield "|---|---|---|---|" + ("---|" if tests is not None else "")
    for row in rows:
        number = row["id"]
        text = row["text"].replace("|", "\\|")
        shown = f"| {number} | {row['kind']} | {text} | {', '.join(modules.get(number, ())) or '-'} |"
        yield shown + (f" {_shown(tests[number])} |" if tests is not None else "")


def _shown(tests: list[str]) -> str:
    names = [f"`{name}`" for name in tests[:3]]
    if len(tests) > len(names):
        names.append(f"and {len(tests) - len(names)} more")
    return "<br>".join(names)


def _test_functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            yield node


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE.relative_to(ROOT))
