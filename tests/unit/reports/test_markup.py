import xml.etree.ElementTree as ElementTree

import pytest

from reports.markup import escaped, link, safe_address, text_width, without_control_characters, wrapped
from tests.unit.reports.builders import HOSTILE


def test_text_comes_back_from_an_element_and_from_an_attribute_as_it_was() -> None:
    tree = ElementTree.fromstring(f'<a b="{escaped(HOSTILE)}">{escaped(HOSTILE)}</a>')
    assert (tree.text, tree.get("b")) == (HOSTILE, HOSTILE)


def test_characters_xml_forbids_are_dropped_and_others_kept() -> None:
    assert without_control_characters("a\x00b\x1bc\ufffe") == "abc"
    assert without_control_characters("tab\té€😀") == "tab\té€😀"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " JavaScript:x", "java\nscript:x", "data:text/html,x", "http://[x"]
)
def test_a_link_that_could_run_something_is_dropped(address: str) -> None:
    assert safe_address(address) == ""
    assert link("Durham", address) == "Durham"


@pytest.mark.parametrize(
    "address", ["/areas/840", "areas/840?week=3", "#durham", "https://planner.invalid/a"]
)
def test_a_relative_or_web_link_is_kept(address: str) -> None:
    assert link("Durham", address) == f'<a href="{address}">Durham</a>'


def test_wrapped_lines_fit_and_lose_no_word() -> None:
    text = "All 150 areas are reviewed by December 2008 and three of them are late"
    lines = wrapped(text, 200, 16)
    assert " ".join(lines) == text
    assert len(lines) > 1
    assert all(text_width(line, 16) <= 200 for line in lines)
