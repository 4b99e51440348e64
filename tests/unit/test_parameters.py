"""What travels together is one value: no function takes more than eight parameters."""

import ast
from collections.abc import Iterator
from typing import Any

from tests.name_graph import PRODUCT, ROOT

COMMANDS = "cli/commands/"
"""The functions of the commands themselves are free: each option of a command is a parameter."""

MOST_PARAMETERS = 8


def test_no_function_has_more_than_eight_parameters() -> None:
    paths = {
        path.relative_to(ROOT).as_posix(): path
        for package in (*PRODUCT, "benchmarks")
        for path in sorted((ROOT / package).rglob("*.py"))
    }
    assert len(paths) > 300
    too_many = [
        f"{name}: {function}"
        for name, path in paths.items()
        for function in _crowded(path.read_text(encoding="utf-8"))
        if not name.startswith(COMMANDS) or function.startswith("_")
    ]
    assert too_many == []


def test_a_ninth_parameter_is_noticed_wherever_it_stands_and_self_is_none() -> None:
    eight = "a, b, c, d, e, f, g, h"
    source = (
        f"def enough({eight}): pass\n"
        f"class Some:\n    def method(self, {eight}): pass\n    def more(self, {eight}, *, i): pass\n"
        f"async def waiting(i, /, {eight}): pass\n"
    )
    assert list(_crowded(source)) == ["waiting", "more"]


def _crowded(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if is_function and _num_parameters(node.args) > MOST_PARAMETERS:
            yield node.name


def _num_parameters(given: ast.arguments) -> int:
    names: list[Any] = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    return sum(own.arg not in ("self", "cls") for own in names)
