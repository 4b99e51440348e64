"""`appeal`: appeals of areas against their rating, from the first query to the word about the decision."""

from collections.abc import Callable, Iterator
from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.asked import Asked, changing
from cli.shown.output import print_json, print_table, say
from models import RatingAppeal, session
from reports.words import date_in_words
from services.bootstrap import open_database
from services.naming.areas import find_area
from services.rating import appeals
from services.rating.appeal_entries import (
    NEXT_WORDS,
    AppealCounts,
    AppealEntry,
    count_appeals,
    list_appeals,
    show_appeal,
)
from services.rating.appeal_objections import AppealVerdict, Said

COLUMNS = ("number", "area", "year", "state", "next", "due")

AreaOf = Annotated[str, typer.Argument(metavar="AREA", help="The area, by name or code.")]
Number = Annotated[int, typer.Argument(metavar="N", min=1, help="The number of the appeal.")]
Text = Annotated[str, typer.Argument(metavar="TEXT", help="What is said, in a sentence or more.")]
By = Annotated[str, typer.Option(metavar="NAME", help="Whose word it is.")]
Year = Annotated[
    int | None,
    typer.Option(min=1990, max=2100, metavar="YEAR", help="The year of the rating; default: this year."),
]


def list_(
    area: Annotated[
        str | None, typer.Argument(metavar="AREA", help="Only this area, by name or code.")
    ] = None,
    year: Annotated[
        int | None, typer.Option(min=1990, max=2100, metavar="YEAR", help="Only ratings of this year.")
    ] = None,
    as_json: arguments.Json = False,
) -> None:
    """List appeals, what is due first, and count how they were decided."""
    with session(open_database(), read_only=True) as opened:
        code = None if area is None else find_area(opened, area).code
        found = list_appeals(opened, code, year)
    counts = count_appeals(found)
    if as_json:
        print_json({"counts": counts, "appeals": found})
        return
    if found:
        print_table("Appeals against ratings", COLUMNS, map(_row, found))
    say(_counted(counts) if found else "There are no appeals.")


def show(number: Number, as_json: arguments.Json = False) -> None:
    """Show an appeal: everything that happened in it, and what is to come."""
    with session(open_database(), read_only=True) as opened:
        entry = show_appeal(opened, number)
    _say(entry, as_json)


@changing("")
def query(area: AreaOf, text: Text, by: By = "", year: Year = None, *, asked: Asked) -> None:
    """Write down that an area asks about its rating, before any appeal."""
    rated_in = year or asked.word.as_of.year
    _do(asked, lambda opened: appeals.begin_query(opened, area, rated_in, Said(text, by), asked.word))


@changing("")
def talk(number: Number, text: Text, by: By = "", *, asked: Asked) -> None:
    """Write down the talk before an appeal: what was said."""
    _do(asked, lambda opened: appeals.talk(opened, number, Said(text, by), asked.word))


@changing("")
def lodge(
    area: AreaOf,
    text: Text,
    by: By = "",
    year: Year = None,
    waiver: arguments.Waiver = None,
    *,
    asked: Asked,
) -> None:
    """Lodge an appeal of an area against its rating, with its grounds."""
    rated_in, reason = year or asked.word.as_of.year, arguments.waiver_reason(waiver)
    _do(asked, lambda opened: appeals.lodge(opened, area, rated_in, Said(text, by), asked.word, reason))


@changing("")
def evidence(number: Number, text: Text, by: By = "", *, asked: Asked) -> None:
    """Add evidence to an appeal that is lodged."""
    _do(asked, lambda opened: appeals.add_evidence(opened, number, Said(text, by), asked.word))


@changing()
def decide(
    number: Number,
    outcome: Annotated[str, typer.Argument(metavar="DECISION", help="upheld or not-upheld.")],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who decides; not who rated the area.")] = "",
    grade: Annotated[
        str, typer.Option(metavar="GRADE", help="The new rating, where the appeal is upheld.")
    ] = "",
    *,
    asked: Asked,
) -> None:
    """Decide an appeal, with the reasons; one that is upheld gives the area another rating."""
    verdict = AppealVerdict(outcome, by, grade)
    _do(asked, lambda opened: appeals.decide_appeal(opened, number, verdict, asked.word))


@changing("")
def tell(number: Number, text: Text, by: By = "", *, asked: Asked) -> None:
    """Write down that the area was told the decision."""
    _do(asked, lambda opened: appeals.tell(opened, number, Said(text, by), asked.word))


@changing("")
def complaint(
    number: Number,
    reference: Annotated[str, typer.Argument(metavar="NUMBER", help="The number of the complaint.")],
    *,
    asked: Asked,
) -> None:
    """Link the complaint that an area made after an appeal."""
    _do(asked, lambda opened: appeals.link_complaint(opened, number, reference, asked.word))


def _do(asked: Asked, change: Callable[[Session], RatingAppeal]) -> None:
    entry = asked.changed(lambda opened: show_appeal(opened, change(opened).id or 0))
    _say(entry, asked.as_json)


def _say(entry: AppealEntry, as_json: bool) -> None:
    if as_json:
        print_json(entry)
        return
    for line in _lines(entry):
        say(line)


def _lines(entry: AppealEntry) -> Iterator[str]:
    place = f"{entry.area} ({entry.area_code})"
    yield f"Appeal {entry.number}: {place}, rating of {entry.year} ({entry.grade.lower()}): {entry.state}."
    for step in entry.steps:
        yield f"{date_in_words(step.happened_on)}, {step.said_by}: {step.name}. {step.note}"
    if entry.waiver:
        yield f"Waived: {entry.waiver}."
    if entry.new_grade:
        yield f"New rating: {entry.new_grade.lower()}."
    if entry.complaint:
        yield f"Complaint: {entry.complaint}."
    if entry.next_step is not None and entry.due is not None:
        yield f"Next: {NEXT_WORDS[entry.next_step]}, by {date_in_words(entry.due)}."


def _row(entry: AppealEntry) -> tuple[str, ...]:
    return (
        str(entry.number),
        f"{entry.area} ({entry.area_code})",
        str(entry.year),
        entry.state,
        "" if entry.next_step is None else NEXT_WORDS[entry.next_step],
        "" if entry.due is None else date_in_words(entry.due),
    )


def _counted(counts: AppealCounts) -> str:
    return (
        f"{counts.lodged} lodged, {counts.upheld} upheld, {counts.not_upheld} not upheld, "
        f"{counts.num_open} to be decided."
    )
