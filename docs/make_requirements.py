"""Writes docs/requirements.md: which requirement is cited by which test and which module, and which by none yet.

A test covers a requirement when its name, docstring or body cites the number (R049). Run it after adding tests:
`.venv/bin/python docs/make_requirements.py`; a test fails while the page is out of date.
"""

import ast
import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "requirements.md"
PACKAGES = ("config", "models", "scheduler", "services", "reports", "flows", "console", "cli")
NUMBER = re.compile(r"\bR(\d{3})(?:-R(\d{3}))?\b")


def numbers_in(text: str) -> set[str]:
    """All requirement numbers cited; 'R016-R018' cites three."""
    found = set()
    for first, last in NUMBER.findall(text):
        found.update(f"R{number:03}" for number in range(int(first), int(last or first) + 1))
    return found


def cited_by_tests(root: Path = ROOT) -> dict[str, list[str]]:
    """Names of tests ('tests/unit/x.py::test_y') by requirement."""
    cited = defaultdict(list)
    for path in sorted((root / "tests").rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        for function in _test_functions(ast.parse(text)):
            source = ast.get_source_segment(text, function) or ""
            for number in numbers_in(source):
                cited[number].append(f"{path.relative_to(root).as_posix()}::{function.name}")
    return cited


def cited_by_modules(root: Path = ROOT) -> dict[str, list[str]]:
    """Files of the product that cite a requirement."""
    cited = defaultdict(list)
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*")):
            if path.suffix in {".py", ".toml", ".html"}:
                for number in numbers_in(path.read_text(encoding="utf-8")):
                    cited[number].append(path.relative_to(root).as_posix())
    return cited


def page(root: Path = ROOT) -> str:
    """The whole page as Markdown."""
    with (root / "docs" / "requirements.csv").open(encoding="utf-8-sig", newline="") as file:
        register = list(csv.DictReader(file))
    tests, modules = cited_by_tests(root), cited_by_modules(root)
    covered = [row for row in register if row["id"] in tests]
    open_rows = [row for row in register if row["id"] not in tests]
    lines = [
        "# Requirements and their tests",
        "",
        "Made by `docs/make_requirements.py` from the register (`docs/requirements.csv`) and the tests; don't edit.",
        "",
        f"{len(covered)} of {len(register)} requirements are cited by at least one test; {len(open_rows)} are not yet.",
        "",
        "## Covered",
        "",
        "| number | requirement | code | tests |",
        "|---|---|---|---|",
        *(_row(row, modules[row["id"]], tests[row["id"]]) for row in covered),
        "",
        "## Not yet",
        "",
        "Some are vocabulary or background facts that need no code; the others come with later work.",
        "",
        "| number | kind | requirement | cited in |",
        "|---|---|---|---|",
        *(
            f"| {row['id']} | {row['kind']} | {_cell(row['text'])} | {', '.join(modules[row['id']]) or '-'} |"
            for row in open_rows
        ),
        "",
    ]
    return "\n".join(lines)


def _test_functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            yield node


def _row(row: dict[str, str], modules: list[str], tests: list[str]) -> str:
    shown = [f"`{name}`" for name in tests[:3]]
    if len(tests) > len(shown):
        shown.append(f"and {len(tests) - len(shown)} more")
    return f"| {row['id']} | {_cell(row['text'])} | {', '.join(modules) or '-'} | {'<br>'.join(shown)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE.relative_to(ROOT))
