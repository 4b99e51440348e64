"""A report as headings, paragraphs and lists in reading order: every kind of file of it is made from these."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from reports.reported import Outcome, Passage, Reported
from reports.words import date_in_words

NOT_WRITTEN = "Nothing is written here yet."
NO_GRADES = "Nothing is graded yet."


@dataclass(frozen=True)
class Block:
    """A heading of a level (1 is the title), a paragraph, or an item of a list; `strong` stands before its text."""

    kind: Literal["heading", "paragraph", "item"]
    text: str
    level: int = 0
    strong: str = ""
    link: str = ""


def blocks_of(report: Reported) -> Iterator[Block]:
    """Title and version, grades, the sections in order, findings by outcome, reports on single services."""
    yield Block("heading", report.title, 1)
    yield Block("paragraph", f"{report.version}, {date_in_words(report.on)}. Review {report.code}.")
    if report.is_whole:
        yield Block("heading", "Grades", 2)
    for grade in report.grades:
        yield Block("item", f"{grade.grade} of {grade.best}", strong=f"{grade.name}: ")
    if report.is_whole and not report.grades:
        yield Block("paragraph", NO_GRADES)
    for section in report.sections:
        yield from _passage(section, 2)
    if report.outcomes:
        yield Block("heading", "Findings", 2)
    for outcome in report.outcomes:
        yield from _outcome(outcome)
    if report.linked:
        yield Block("heading", "Reports on single services", 2)
    for linked in report.linked:
        yield Block("heading", f"{linked.service}: {linked.title}", 3)
        yield Block("paragraph", linked.summary)
        if linked.link:
            yield Block("paragraph", linked.link, link=linked.link)


def groups_of(report: Reported) -> list[tuple[bool, list[Block]]]:
    """The same in groups, each with whether it is a list."""
    by_kind = groupby(blocks_of(report), lambda block: block.kind == "item")
    return [(is_list, list(blocks)) for is_list, blocks in by_kind]


def _passage(passage: Passage, level: int) -> Iterator[Block]:
    yield Block("heading", passage.heading, level)
    for paragraph in passage.paragraphs:
        yield Block("paragraph", paragraph)
    if not passage.paragraphs and not passage.aspects:
        yield Block("paragraph", NOT_WRITTEN)
    for aspect in passage.aspects:
        yield from _passage(aspect, level + 1)


def _outcome(outcome: Outcome) -> Iterator[Block]:
    yield Block("heading", outcome.name, 3)
    for found in outcome.findings:
        yield Block("item", f"{found.kind}. {found.in_words()}", strong=f"{found.contribution}: ")
