"""No files import each other in a circle, not within functions either, nor for types alone."""

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.name_graph import PRODUCT, sources


def imported(text: str, known: Mapping[str, str]) -> Iterator[str]:
    """The known modules that a text imports anywhere, a name of a package being the module or the package itself."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name in known)
        elif isinstance(node, ast.ImportFrom):
            inner = {name.name: f"{node.module}.{name.name}" for name in node.names}
            yield from (path if path in known else str(node.module) for path in inner.values())


def circle(texts: Mapping[str, str]) -> list[str]:
    """Modules that import each other in a circle, the first one again at the end; none if there is no circle."""
    graph = {module: set(imported(text, texts)) & texts.keys() for module, text in texts.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as found:
        return list(found.args[1])
    return []


def test_no_files_of_the_product_import_each_other_in_a_circle():
    assert circle(sources(PRODUCT)) == []


@pytest.mark.parametrize(
    "back",
    [
        "from people import staff\n",
        "import people.staff\n",
        "if TYPE_CHECKING:\n    from people.staff import Staff\n",
        "def answer():\n    from people.staff import Staff\n",
    ],
)
def test_a_circle_is_seen_however_the_import_is_written(back):
    texts = {"people": "", "people.staff": "from people.seats import Seats\n", "people.seats": back}
    assert sorted(set(circle(texts))) == ["people.seats", "people.staff"]
    assert circle(texts | {"people.seats": "from people import VERSION\n"}) == []
