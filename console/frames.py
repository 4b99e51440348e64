"""A view of a listing, ready to be drawn: heads that sort, filters as a form and as tags, pages, files."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from console.listing import ROWS_ON_A_PAGE, Asked, Column, Filter, Listing, Words, on_page, selected
from reports.words import number_in_words

Row = TypeVar("Row")

PAGES_BESIDE = 2
"""Numbers of pages that are offered on either side of the one shown."""


@dataclass(frozen=True)
class Choice:
    """An answer that may be chosen."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True)
class Field:
    """A field of the form above a table: choices, or none where text is typed."""

    key: str
    label: str
    value: str
    everything: str = ""
    choices: tuple[Choice, ...] = ()
    error: str = ""


@dataclass(frozen=True)
class Tag:
    """A filter that is set, and the address of the view without it."""

    label: str
    words: str
    href: str


@dataclass(frozen=True)
class Head:
    """The head of a column; `direction` is ascending, descending or empty."""

    title: str
    href: str
    direction: str
    is_number: bool


@dataclass(frozen=True)
class Frame:
    """A view of a table, ready to be drawn."""

    listing: Listing[Any]
    asked: Asked
    heads: tuple[Head, ...]
    rows: tuple[tuple[Words, ...], ...]
    fields: tuple[Field, ...]
    tags: tuple[Tag, ...]
    count: str
    total: int
    pages: tuple[tuple[int, str, bool], ...]
    before: str
    after: str

    @property
    def has_files(self) -> bool:
        """Whether the view can be saved."""
        return self.listing.is_saved

    @property
    def files(self) -> tuple[tuple[str, str], ...]:
        """Addresses of this view, all pages of it, as files."""
        query = self.asked.query()
        return (
            ("Save as CSV", f"{self.listing.path}.csv{query}"),
            ("Save for Excel", f"{self.listing.path}.xlsx{query}"),
        )


def frame(listing: Listing[Row], asked: Asked, rows: Sequence[Row]) -> Frame:
    """The view of a table whose rows are all given."""
    found = selected(listing, asked, rows)
    fields = fields_of(
        listing, asked, {question.key: _answers(question, rows) for question in listing.filters}
    )
    return framed(listing, asked, on_page(found, asked.page), len(found), fields)


def framed(
    listing: Listing[Row], asked: Asked, shown: Sequence[Row], total: int, fields: tuple[Field, ...]
) -> Frame:
    """The view of a table of which one page is given.

    Parameters
    ----------
    shown
        The rows of the page that is asked for.
    total
        How many rows the view has on all pages.
    """
    page = min(asked.page, max(1, _pages(total)))
    return Frame(
        listing=listing,
        asked=asked,
        heads=tuple(_head(listing, asked, column) for column in listing.columns),
        rows=tuple(tuple(column.words(row) for column in listing.columns) for row in shown),
        fields=fields,
        tags=tuple(_tags(listing, asked, fields)),
        count=_count(listing, page, len(shown), total),
        total=total,
        pages=tuple(_numbered(listing, asked, page, total)),
        before=_address(listing, asked, page - 1) if page > 1 else "",
        after=_address(listing, asked, page + 1) if page < _pages(total) else "",
    )


def fields_of(
    listing: Listing[Any], asked: Asked, answers: Mapping[str, Iterable[tuple[str, str]]]
) -> tuple[Field, ...]:
    """The form's fields for the filters of a listing, with the answers that there are, by their words."""
    return tuple(
        _field(question, asked.answers.get(question.key, ""), answers.get(question.key, ()))
        for question in listing.filters
    )


def _answers(question: Filter[Row], rows: Iterable[Row]) -> list[tuple[str, str]]:
    return list({value: (value, words) for row in rows for value, words in question.of(row)}.values())


def _field(question: Filter[Any], given: str, answers: Iterable[tuple[str, str]]) -> Field:
    known = dict(answers)
    if given and given not in known:
        known[given] = given
    ordered = sorted(known.items(), key=lambda item: item[1].casefold())
    choices = tuple(Choice(value, words, value == given) for value, words in ordered)
    return Field(question.key, question.label, given, question.everything, choices)


def _tags(listing: Listing[Any], asked: Asked, fields: Iterable[Field]) -> Iterable[Tag]:
    if asked.words:
        yield Tag(listing.search_label, asked.words, f"{listing.path}{asked.query(q='')}")
    for field_ in fields:
        if field_.value:
            words = next((choice.words for choice in field_.choices if choice.is_chosen), field_.value)
            yield Tag(field_.label, words, f"{listing.path}{asked.query(**{field_.key: ''})}")


def _head(listing: Listing[Any], asked: Asked, column: Column[Any]) -> Head:
    order = asked.order or listing.order
    direction = {column.key: "ascending", f"-{column.key}": "descending"}.get(order, "")
    following = f"-{column.key}" if direction == "ascending" else column.key
    href = f"{listing.path}{asked.query(sort=following)}" if column.sorts else ""
    return Head(column.title, href, direction, column.is_number)


def _count(listing: Listing[Any], page: int, num_shown: int, total: int) -> str:
    """'3 areas', '51 to 100 of 1,500 areas'."""
    words = f"{number_in_words(total) if total else 'No'} {listing.noun[total != 1]}"
    if num_shown in (0, total):
        return words
    first = (page - 1) * ROWS_ON_A_PAGE + 1
    return f"{number_in_words(first)} to {number_in_words(first + num_shown - 1)} of {words}"


def _pages(total: int) -> int:
    return -(-total // ROWS_ON_A_PAGE)


def _numbered(listing: Listing[Any], asked: Asked, page: int, total: int) -> Iterable[tuple[int, str, bool]]:
    """The first page, the last, and those around the one shown."""
    last = _pages(total)
    if last > 1:
        beside = range(max(1, page - PAGES_BESIDE), min(last, page + PAGES_BESIDE) + 1)
        for number in sorted({1, last, *beside}):
            yield number, _address(listing, asked, number), number == page


def _address(listing: Listing[Any], asked: Asked, page: int) -> str:
    return f"{listing.path}{asked.query(page='' if page == 1 else str(page))}"
