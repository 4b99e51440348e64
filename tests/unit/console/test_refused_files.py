"""Files that are refused come back as a workbook: whatever stands in a cell or in a name is text there and on the page.

Every table of the import is tried, so a new one is tested unnamed.
"""

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from services.imports.tables import TABLES, Table
from tests.dangers import FORMULA, STARTS, in_workbook
from tests.unit.console.test_data import Planner, planner
from tests.unit.console.test_files_out import SCRIPT
from tests.unit.console.test_stored_texts import Scripts

__all__ = ["planner"]

MARKED = re.compile(r'href="(/data/to-mend[^"]*)"')


def hostile(table: Table, start: str) -> str:
    """A file with one row, in each cell of which stands what might be run."""
    cell = f"{start}{FORMULA}{SCRIPT}".replace('"', '""')
    return f"{','.join(table.columns)}\n" + ",".join(f'"{cell}"' for _column in table.columns) + "\n"


def answers(browser: TestClient, page: str) -> Iterator[bytes]:
    """The workbooks that a page offers to be mended."""
    for address in MARKED.findall(page):
        answer = browser.get(address)
        assert answer.status_code == 200
        yield answer.content


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_row_of_formulas_is_refused_and_comes_back_as_text(planner: Planner, table: Table) -> None:
    for start in STARTS:
        refused = planner.send(**{table.file.replace(".", "__"): hostile(table, start)})
        assert refused.status_code == 422, start
        assert Scripts(refused.text).found == []
        [workbook] = answers(planner.browser, refused.text)
        assert in_workbook(workbook) == [], start


@pytest.mark.parametrize(
    "name",
    [
        "=cmd|A0.csv",
        "@areas.csv",
        "-areas.csv",
        "<script>alert(1)</script>.csv",
        "a\r\nb.csv",
        "../areas.csv",
        "book.xlsx",
    ],
)
def test_the_name_of_a_file_is_text_too(planner: Planner, name: str) -> None:
    refused = planner.send(**{name.replace(".", "__"): "code,name\n1,x\n"})
    assert refused.status_code == 422
    assert Scripts(refused.text).found == []
    [workbook] = answers(planner.browser, refused.text)
    assert in_workbook(workbook) == []


def test_a_form_without_any_file_is_refused_and_its_workbook_says_so(planner: Planner) -> None:
    refused = planner.send()
    assert refused.status_code == 422
    [workbook] = answers(planner.browser, refused.text)
    assert in_workbook(workbook) == []
