"""Names of modules: none is the name of a public function of its package, so that one can't hide the other."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.name_graph import PRODUCT, ROOT


def modules(package: str) -> Iterator[tuple[str, Path]]:
    """Every module and package below a package, by its last name; tables of Alembic are not imported by name."""
    for path in sorted((ROOT / package).rglob("*.py")):
        if "migrations" not in path.parts:
            yield (path.parent.name if path.stem == "__init__" else path.stem), path


def functions(path: Path) -> set[str]:
    """The public functions of a file."""
    nodes = ast.parse(path.read_text(encoding="utf-8")).body
    found = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    return {name for name in found if not name.startswith("_")}


def clashes(package: str) -> list[str]:
    """Modules of a package that bear the name of one of its public functions."""
    named = list(modules(package))
    known = {name: path for _, path in named for name in functions(path)}
    return sorted(
        f"{path.relative_to(ROOT)}: a function of {known[name].relative_to(ROOT)}"
        for name, path in named
        if name in known and name not in (package, "main")
    )


@pytest.mark.parametrize("package", PRODUCT)
def test_no_module_bears_the_name_of_a_public_function(package: str) -> None:
    assert clashes(package) == []


def test_a_function_named_like_a_module_is_seen() -> None:
    assert "clashes" in functions(Path(__file__))
    assert ("errors", ROOT / "services" / "errors.py") in list(modules("services"))


def test_arrays_of_the_scheduler_are_named_once() -> None:
    """`Ints`, `Floats` and `Mask` say what an array holds; a file that spells its type out would name it again."""
    paths = (ROOT / "scheduler").rglob("*.py")
    spelled = {path.name for path in paths if "NDArray" in path.read_text(encoding="utf-8")}
    assert spelled == {"arrays.py"}
