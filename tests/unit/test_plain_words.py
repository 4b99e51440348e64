"""Messages are plain: advice is an imperative, and what people outside read names no rule by its number."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.name_graph import ROOT

IMPERATIVES = {
    *("Ask", "Check", "Choose", "Export", "Give", "Leave", "Name", "Publish", "Save", "See", "Set", "Swap"),
    *("Try", "USAGE", "Use", "Verify", "Write"),
}
"""What the advice of a refused command begins with; USAGE is 'Use: ...'."""


def sources(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def refusals(source: str) -> Iterator[tuple[int, str]]:
    """Every message with which a command refuses how it was called, with its line; not those of other errors."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "WrongUsage":
            message = node.args[0]
            if isinstance(message, ast.Constant | ast.JoinedStr):
                yield node.lineno, ast.unparse(message)


def is_advising(message: str) -> bool:
    """Whether a sentence after the first says what to do."""
    return any(word in IMPERATIVES for word in re.findall(r"(?<=\. )\{?(\w+)", message))


def numbered(text: str) -> list[str]:
    """Numbers of requirements in a text."""
    return re.findall(r"\bR\d{3}\b", text)


def test_every_command_called_wrongly_says_what_is_wrong_and_what_to_do() -> None:
    told = [
        (f"{path.relative_to(ROOT)}:{line}", message)
        for path in sources("cli")
        for line, message in refusals(path.read_text(encoding="utf-8"))
    ]
    assert len(told) > 30
    assert [(place, message) for place, message in told if not is_advising(message)] == []


@pytest.mark.parametrize(
    ("source", "is_told"),
    [
        ("raise WrongUsage('one plan is too few. Name a second one.')", True),
        ("raise WrongUsage(f'{given} is not understood. {USAGE}')", True),
        ("raise WrongUsage('one plan is too few. Maybe a second one.')", False),
        ("raise WrongUsage(f'one plan is too few for {name}.')", False),
    ],
)
def test_a_refusal_without_advice_is_found(source: str, is_told: bool) -> None:
    assert [is_advising(message) for _line, message in refusals(source)] == [is_told]


def test_no_page_of_the_console_names_a_rule_by_its_number() -> None:
    pages = sorted((ROOT / "console" / "templates").glob("*.html"))
    assert {path.name: numbered(path.read_text(encoding="utf-8")) for path in pages} == {
        path.name: [] for path in pages
    }
    assert numbered("a waiver is needed (R094)") == ["R094"]
