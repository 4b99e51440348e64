"""`rate`, `ratings` and `rating letter`: how areas are rated in a year, why, and the letter about it."""

from typing import Annotated

import typer

from cli import arguments
from cli.asked import Asked, changing
from cli.quarters import QuarterOf, parsed_quarter
from cli.shown.errors import WrongUsage
from cli.shown.output import print_json, print_table, say
from models import session
from services.bootstrap import open_database
from services.naming.areas import find_area
from services.rating.annual import NewRating, assessment_of, rate, rating_of
from services.rating.letters import LetterTexts, draft_letter, finalise_letter
from services.shown.rating_letter import letter_of, lines_of_groups, lines_of_limits, lines_of_tests
from services.shown.ratings import RatingLine, rating_lines, state_in_words

COLUMNS = ("area", "profile", "at best", "rating", "letter", "open queries")
DRAFT, FINAL = "draft", "final"

AreaOf = Annotated[str, typer.Argument(metavar="AREA", help="The area, by name or code.")]
Year = Annotated[
    int | None,
    typer.Option(min=1990, max=2100, metavar="YEAR", help="The year of the rating; default: this year."),
]


@changing()
def rate_area(
    area: AreaOf,
    grade: Annotated[
        str | None,
        typer.Argument(metavar="GRADE", help="Such as well; without it, what is possible is shown."),
    ] = None,
    year: Year = None,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who decided it.")] = "",
    plan_review: Annotated[
        str,
        typer.Option(
            metavar="TEXT", help="The review of the children and young people's plan that was used."
        ),
    ] = "",
    quarter: QuarterOf = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show every test and limit with its figures; rate nothing.")
    ] = False,
    *,
    asked: Asked,
) -> None:
    """Rate an area in a year, or show which rating its profile allows, and why."""
    if grade is None or explain:
        _explain(area, asked, quarter)
        return
    new = NewRating(grade, by, plan_review, parsed_quarter(quarter))
    rated_in = year or asked.word.as_of.year
    row = asked.changed(lambda opened: rate(opened, area, rated_in, new, asked.word))
    if asked.as_json:
        print_json(row)
        return
    say(f"{row.area_code} is rated in {row.year}: {row.grade}, decided by {row.rated_by}.")
    say(f"Write its letter with: jarcycle rating letter {row.area_code} draft")


def list_ratings(
    published: Annotated[
        bool, typer.Option("--published", help="Only ratings that are published by that day.")
    ] = False,
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
) -> None:
    """List the ratings of a year: the newest profile, the best rating that it allows, the rating, its letter."""
    with session(open_database(), read_only=True) as opened:
        lines = [
            line for line in rating_lines(opened, arguments.today(as_of)) if line.is_public or not published
        ]
    if as_json:
        print_json(lines)
    elif lines:
        print_table("Annual ratings", COLUMNS, map(_row, lines))
    else:
        say("No rating is published." if published else "There are no profiles and no ratings.")


@changing()
def letter(
    area: AreaOf,
    state: Annotated[
        str | None, typer.Argument(metavar="STATE", help="draft or final; without it, the letter is shown.")
    ] = None,
    year: Year = None,
    strengths: Annotated[str, typer.Option(metavar="TEXT", help="Strengths, for the draft.")] = "",
    improvements: Annotated[
        str, typer.Option(metavar="TEXT", help="What is to improve, for the draft.")
    ] = "",
    *,
    asked: Asked,
) -> None:
    """Give the draft letter of a rating, make it final, or show it."""
    day = asked.word.as_of
    rated_in = year or day.year
    if state is None:
        _show_letter(area, rated_in, asked.as_json)
        return
    if state not in (DRAFT, FINAL):
        raise WrongUsage(f"'{state}' is no state of a letter. Write draft or final.")
    texts = LetterTexts(strengths, improvements)
    row = asked.changed(
        lambda opened: (
            draft_letter(opened, area, rated_in, texts, asked.word)
            if state == DRAFT
            else finalise_letter(opened, area, rated_in, asked.word)
        )
    )
    if asked.as_json:
        print_json(row)
        return
    say(f"{row.area_code} {row.year}: {state_in_words(row, day)}.")


def _explain(area: str, asked: Asked, quarter: str | None) -> None:
    with session(open_database(), read_only=True) as opened:
        found = find_area(opened, area)
        assessment = assessment_of(opened, found, asked.word.as_of, parsed_quarter(quarter))
    if asked.as_json:
        print_json(assessment)
        return
    best = assessment.regime.grade_name(assessment.best).lower()
    say(f"{found.name} ({found.code}), profile of {assessment.profile.quarter}: {best} at best.")
    for lines in (lines_of_groups, lines_of_tests, lines_of_limits):
        for line in lines(assessment):
            say(f"  {line}")


def _show_letter(area: str, year: int, as_json: bool) -> None:
    with session(open_database(), read_only=True) as opened:
        found = find_area(opened, area)
        row = rating_of(opened, found.code, year)
        letter_there = None if row is None or row.draft_on is None else letter_of(opened, found, row)
    if as_json:
        print_json(letter_there)
        return
    if letter_there is None:
        say(f"{found.name} has no letter of {year}.")
        return
    say(letter_there.title)
    for heading, lines in letter_there.parts:
        say(f"\n{heading}")
        for line in lines:
            say(f"  {line}")


def _row(line: RatingLine) -> tuple[str, ...]:
    return (
        f"{line.area} ({line.area_code})",
        line.quarter,
        line.best,
        f"{line.grade}, under appeal" if line.is_under_appeal else line.grade,
        line.state,
        str(line.open_queries),
    )
