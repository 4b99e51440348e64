"""`profile`: performance profiles of areas by quarter, their import, and queries about their data."""

from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.asked import Asked, changing
from cli.quarters import QuarterOf, parsed_quarter
from cli.shown.output import print_json, print_table, say
from models import DataQuery, session
from reports.words import date_in_words
from services.bootstrap import open_database
from services.imports.profile_files import ImportedProfiles, import_profiles, read_profiles
from services.naming.areas import find_area
from services.rating.assessing import Assessment
from services.rating.data_queries import NewQuery, answer_query, ask_query
from services.rating.profiles import Indicator
from services.rating.rating_words import (
    figure_in_words,
    finding_in_words,
    group_in_words,
    trend_in_words,
)
from services.shown.ratings import shown_profile

AreaOf = Annotated[str, typer.Argument(metavar="AREA", help="The area, by name or code.")]


def show_profile(
    area: AreaOf,
    quarter: QuarterOf = None,
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
) -> None:
    """Show the performance profile of an area: services with their bands, inspections and reviews, indicators."""
    with session(open_database(), read_only=True) as opened:
        found = find_area(opened, area)
        shown = shown_profile(opened, found, arguments.today(as_of), parsed_quarter(quarter))
    if as_json:
        print_json(shown)
        return
    if shown.assessment is None:
        say(f"There is no profile of {shown.area} by which it could be rated on that day.")
    else:
        _print(shown.assessment)
    for row in shown.queries:
        say(_query(row))
    if shown.contact is not None:
        say(f"Questions about data: {shown.contact.name}, {shown.contact.email}")


@changing("")
def import_(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Folder with the files of the profiles, or a workbook.")
    ],
    *,
    asked: Asked,
) -> None:
    """Import performance profiles: those of the areas and quarters in the files, all of them or none."""
    batch = read_profiles(folder)

    def change(opened: Session) -> ImportedProfiles:
        return import_profiles(opened, batch, asked.word)

    done = asked.changed(change, lambda answer: [_imported(answer)])
    if asked.as_json:
        print_json(done)
        return
    say(_imported(done))


@changing("")
def query(
    area: AreaOf,
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="What is missing or wrong.")],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who asks.")] = "",
    quarter: QuarterOf = None,
    *,
    asked: Asked,
) -> None:
    """Ask the single contact point about the data of a profile."""
    new = NewQuery(area, question, by, parsed_quarter(quarter))
    row = asked.changed(lambda opened: ask_query(opened, new, asked.word))
    if asked.as_json:
        print_json(row)
        return
    say(_query(row))
    with session(open_database(), read_only=True) as opened:
        shown = shown_profile(opened, find_area(opened, row.area_code), asked.word.as_of)
    if shown.contact is not None:
        say(f"It is asked of {shown.contact.name}, {shown.contact.email}.")


@changing("")
def answer(
    number: Annotated[int, typer.Argument(metavar="N", min=1, help="The number of the query.")],
    text: Annotated[str, typer.Argument(metavar="ANSWER", help="The answer.")],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who answers.")] = "",
    *,
    asked: Asked,
) -> None:
    """Answer a query about the data of a profile."""
    row = asked.changed(lambda opened: answer_query(opened, number, text, by, asked.word))
    if asked.as_json:
        print_json(row)
        return
    say(_query(row))


def _print(assessment: Assessment) -> None:
    profile = assessment.profile
    rows = [(group.name, group_in_words(group), trend_in_words(group)) for group in profile.groups]
    rows += [(name, "missing from the profile", "") for name in profile.missing]
    title = f"{profile.area} ({profile.area_code}), profile of {profile.quarter}"
    print_table(f"{title}: services", ("group", "good or better", "trend"), rows)
    if profile.findings:
        found = [
            (one.name, finding_in_words(one), f"{one.source} ({one.quarter})") for one in profile.findings
        ]
        print_table("Inspections and reviews", ("kind", "found", "source"), found)
    if profile.indicators:
        columns = ("indicator", "name", "year", "area", "national", "comparators", "better")
        print_table("Indicators", columns, map(_indicator, profile.indicators))


def _indicator(one: Indicator) -> tuple[str, ...]:
    figures = map(figure_in_words, (one.value, one.national, one.comparators))
    return one.code, one.name, str(one.year), *figures, "lower" if one.lower_is_better else "higher"


def _query(row: DataQuery) -> str:
    asked = f"Query {row.id} ({row.quarter}) of {date_in_words(row.asked_on)} by {row.asked_by}"
    if row.answered_on is None:
        return f"{asked}, to be answered by {date_in_words(row.due_on)}: {row.question}"
    answered = f"answered on {date_in_words(row.answered_on)} by {row.answered_by}"
    return f"{asked}: {row.question} ({answered}: {row.answer})"


def _imported(done: ImportedProfiles) -> str:
    counts = ((done.added, "new"), (done.changed, "changed"), (done.same, "as before"))
    return f"Profiles: {', '.join(f'{number} {word}' for number, word in counts)}."
