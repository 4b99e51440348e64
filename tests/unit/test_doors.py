"""Every use case has a door: a command, a page or a flow that reaches it."""

import pytest

from tests.name_graph import PRODUCT, NameGraph

ENTRIES = ("cli", "console", "flows")


@pytest.fixture(scope="module")
def graph() -> NameGraph:
    return NameGraph.of(PRODUCT)


@pytest.mark.parametrize("package", ["services", "reports", "config"])
def test_every_public_function_is_reached_from_a_command_a_page_or_a_flow(
    graph: NameGraph, package: str
) -> None:
    reached = graph.reached(ENTRIES)
    unreached = sorted(f"{module}.{name}" for module, name in graph.public(package) - reached)
    assert unreached == []


SMALL = {
    "cli.main": (
        "from services import doors as d\nfrom services.again import kept\n"
        "from services.tables import TABLE\nd.used()\nkept()\nprint(TABLE)\n"
    ),
    "services.tables": "TABLE = {'in_a_table': lambda: in_a_table()}\ndef in_a_table(): pass\n",
    "services.doors": (
        "def used(): _inner()\n"
        "def _inner(): deep()\n"
        "def deep(): pass\n"
        "def alone(): used()\n"
        "def called_by_alone_only(): pass\n"
    ),
    "services.again": "from services.first import made as kept\n__all__ = ['kept', 'only_named']\n",
    "services.first": "def made(): pass\ndef only_named(): pass\n",
}


def test_what_is_used_by_way_of_others_or_of_a_table_is_reached_and_nothing_else() -> None:
    small = NameGraph(SMALL)
    unreached = small.public("services") - small.reached(["cli"])
    assert {name for _module, name in unreached} == {"alone", "called_by_alone_only", "only_named"}
