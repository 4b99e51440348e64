"""Every test can fail: it asserts something, and more than that something is there or can be read."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
PARSERS = {"fromstring", "parseString", "loads", "parse", "model_validate", "model_validate_json"}
REFUSALS = {"raises", "warns", "fail"}


def parts(test: ast.expr) -> Iterator[ast.expr]:
    """What is joined by 'and', 'or' and 'not'."""
    if isinstance(test, ast.BoolOp):
        for value in test.values:
            yield from parts(value)
    elif isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        yield from parts(test.operand)
    else:
        yield test


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)


def asks_too_little(test: ast.expr) -> bool:
    """Whether an assertion only asks that there is something, that it can be read, or nothing at all."""
    match test:
        case ast.Compare(ops=[ast.IsNot()], comparators=[ast.Constant(value=None)]):
            return True
        case ast.Compare(
            left=ast.Call(func=ast.Name(id="len")), ops=[ast.GtE()], comparators=[ast.Constant(value=0)]
        ):
            return True
        case ast.Compare(left=left, ops=[ast.Eq() | ast.Is()], comparators=[right]):
            calls = any(isinstance(node, ast.Call) for node in ast.walk(left))
            return not calls and ast.dump(left) == ast.dump(right)
        case ast.Call():
            return name_of(test) in PARSERS
        case ast.Constant(value=value):
            return bool(value)
        case ast.Tuple(elts=elements):
            return len(elements) > 0
    return False


def asserts(function: ast.AST) -> bool:
    """Whether a test can fail: by an assertion, an error that has to come, or a helper that says that it asserts."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call) and (name_of(node) in REFUSALS or name_of(node).startswith("assert_")):
            return True
    return False


def weak_places(source: str) -> list[str]:
    """Tests without an assertion, and assertions that ask too little, each with its line."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assert) and any(asks_too_little(part) for part in parts(node.test)):
            found.append(f"{node.lineno}: {ast.unparse(node)}")
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            found += [] if asserts(node) else [f"{node.lineno}: {node.name} asserts nothing"]
    return found


def test_no_test_asserts_too_little() -> None:
    """Say what the value is; where a value has to be there to go on, `tests.known.known` gives it."""
    places = {path.relative_to(TESTS): weak_places(path.read_text("utf-8")) for path in TESTS.rglob("*.py")}
    assert {path.as_posix(): found for path, found in places.items() if found} == {}


@pytest.mark.parametrize(
    "weak",
    [
        "assert plan is not None",
        "assert plan is not None and plan.cost == 3",
        "assert ElementTree.fromstring(picture)",
        "assert json.loads(text)",
        "assert len(plans) >= 0",
        "assert cost == cost",
        "assert True",
        "assert (cost, 3)",
        "solve(problem)",
    ],
)
def test_an_assertion_that_asks_too_little_is_found(weak: str) -> None:
    assert len(weak_places(f"def test_a_rule():\n    {weak}")) == 1


@pytest.mark.parametrize(
    "strong",
    [
        "assert plan is None",
        "assert known(plan).cost == 3",
        "assert json.loads(text) == {}",
        "assert len(plans) > 0",
        "assert cost == price",
        "assert draw(1) == draw(1)",
        "assert_brackets(problem)",
        "pytest.raises(ValueError, solve)",
    ],
)
def test_an_assertion_of_a_value_or_an_error_is_enough(strong: str) -> None:
    assert weak_places(f"def test_a_rule():\n    {strong}") == []
