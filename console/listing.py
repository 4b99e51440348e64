"""A table of a page: searched, filtered, sorted and turned by its address, so that every view of it is a link.

One idea for every page with a table. A page says which columns and filters there are; the rows come whole, or, where
there may be very many, as the part that the database gives of them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from console.context import context_of
from reports.csv_export import csv_bytes
from reports.table import Cell, Table
from reports.words import date_in_words

Row = TypeVar("Row")

FILES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Kinds of file that a view is saved as, with their media types."""

ROWS_ON_A_PAGE = 50
LONGEST_WORD = 100
"""Letters of what is typed into a filter; the rest is not read."""


@dataclass(frozen=True)
class Words:
    """What stands in a cell: a text, where it leads, further lines beneath it, and whether it is late."""

    text: str
    href: str = ""
    is_late: bool = False
    more: tuple["Words", ...] = ()


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column: what its cells say, and the value by which it is sorted and saved.

    Parameters
    ----------
    value
        Of a row, for a file; rows without one stand last. None: the text of the cell.
    sorts
        Whether a reader may sort by it.
    """

    key: str
    title: str
    words: Callable[[Row], Words]
    value: Callable[[Row], Cell] | None = None
    sorts: bool = True
    is_number: bool = False

    def cell(self, row: Row) -> Cell:
        """Its value in a file."""
        if self.value is not None:
            return self.value(row)
        words = self.words(row)
        return "; ".join(part.text for part in (words, *words.more))

    def rank(self, row: Row) -> tuple[bool, Any]:
        """What it sorts by: nothing comes after everything."""
        cell = self.cell(row)
        if isinstance(cell, str):
            return cell == "", cell.casefold()
        return cell is None, 0 if cell is None else cell


@dataclass(frozen=True)
class Filter(Generic[Row]):
    """A question with some answers; `of` gives those that a row fits, each with its words."""

    key: str
    label: str
    everything: str
    of: Callable[[Row], Iterable[tuple[str, str]]]


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """What a page's table can do.

    Parameters
    ----------
    path
        Address of its page; where the view `is_saved`, `.csv` and `.xlsx` after it give it as a file.
    name
        Caption, and name of the sheet.
    found_by
        The text of a row in which words are looked for; None where nobody may search.
    order
        Key of the column by which it is sorted, with a minus before it for the last first; empty: as the rows come.
    """

    path: str
    name: str
    noun: tuple[str, str]
    columns: tuple[Column[Row], ...]
    filters: tuple[Filter[Row], ...] = ()
    found_by: Callable[[Row], str] | None = None
    order: str = ""
    search_label: str = "Search"
    is_saved: bool = True


@dataclass(frozen=True)
class Asked:
    """What an address asks of a table: words, answers by filter, the order, the page (from 1 on)."""

    words: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    order: str = ""
    page: int = 1

    def query(self, **other: str) -> str:
        """The same view as the part of an address after its path, with some parts other; empty ones are left out."""
        parts = {"q": self.words, **self.answers, "sort": self.order, **other}
        text = urlencode({key: value for key, value in parts.items() if value})
        return f"?{text}" if text else ""


def asked_of(request: Request, listing: Listing[Any], typed: Iterable[str] = ()) -> Asked:
    """What the address of a request asks; what makes no sense counts as not said.

    Parameters
    ----------
    typed
        Keys of fields in which text is typed, besides the listing's filters.
    """
    given = request.query_params
    keys = (*(question.key for question in listing.filters), *typed)
    answers = {key: given[key].strip()[:LONGEST_WORD] for key in keys if given.get(key, "").strip()}
    order = given.get("sort", "")
    sortable = {column.key for column in listing.columns if column.sorts}
    page = given.get("page", "1")
    return Asked(
        words=given.get("q", "").strip()[:LONGEST_WORD] if listing.found_by is not None else "",
        answers=answers,
        order=order if order.removeprefix("-") in sortable else "",
        page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
    )


def with_answers(asked: Asked, answers: Mapping[str, str]) -> Asked:
    """The same view with some answers as they are meant: the code for a name."""
    return replace(asked, answers={**asked.answers, **answers})


def on_page(rows: Sequence[Row], page: int) -> Sequence[Row]:
    """The rows of a page; of the last one, where there are not so many pages."""
    last = max(1, -(-len(rows) // ROWS_ON_A_PAGE))
    begin = (min(page, last) - 1) * ROWS_ON_A_PAGE
    return rows[begin : begin + ROWS_ON_A_PAGE]


def add_file(router: APIRouter, listing: Listing[Row], rows_of: Callable[[Request], Sequence[Row]]) -> None:
    """The route of a list's view as a file, all pages of it: its address with `.csv` or `.xlsx` behind it."""

    def as_file(request: Request, kind: str) -> Response:
        rows = selected(listing, asked_of(request, listing), rows_of(request))
        return file_of(listing, rows, kind, context_of(request).today())

    router.add_api_route(f"{listing.path}.{{kind}}", as_file, methods=["GET"])


def file_of(listing: Listing[Row], rows: Iterable[Row], kind: str, as_of: date) -> Response:
    """Rows as a file to be saved, csv or xlsx; 404 for any other kind."""
    if kind not in FILES:
        raise HTTPException(404, f"There is no such file. Choose one of: {', '.join(FILES)}.")
    table = table_of(listing, rows)
    if kind == "csv":
        content = csv_bytes(table)
    else:
        from reports.xlsx import workbook_bytes  # takes long to import, and few need it

        content = workbook_bytes([table], f"{listing.name}, {date_in_words(as_of)}", as_of)
    name = f'attachment; filename="{listing.path.strip("/").replace("/", "-")}.{kind}"'
    return Response(content, media_type=FILES[kind], headers={"Content-Disposition": name})


def selected(listing: Listing[Row], asked: Asked, rows: Sequence[Row]) -> list[Row]:
    """The rows of a view, all pages of it, in its order."""
    found = [row for row in rows if _fits(listing, asked, row)]
    order = asked.order or listing.order
    columns = [column for column in listing.columns if column.key == order.removeprefix("-")]
    if columns:
        found.sort(key=columns[0].rank)
        if order.startswith("-"):
            found.reverse()
            found.sort(key=lambda row: columns[0].rank(row)[0])
    return found


def table_of(listing: Listing[Row], rows: Iterable[Row]) -> Table:
    """Rows as a table for a file, with the values of the columns."""
    return Table(
        name=listing.name[:31],
        columns=tuple(column.title for column in listing.columns),
        rows=tuple(tuple(column.cell(row) for column in listing.columns) for row in rows),
    )


def _fits(listing: Listing[Row], asked: Asked, row: Row) -> bool:
    for question in listing.filters:
        answer = asked.answers.get(question.key)
        if answer and all(answer != value for value, _words in question.of(row)):
            return False
    if asked.words and listing.found_by is not None:
        text = listing.found_by(row).casefold()
        return all(word in text for word in asked.words.casefold().split())
    return True
