"""`years` and `assessment`: what a year is for each area, and how far its yearly assessment is (R021, R107-R115)."""

from datetime import date
from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.asked import Asked, changing
from cli.shown.output import print_json, print_table, say
from cli.typed_grades import given_grades
from models import YearlyAssessment, session
from reports.words import date_in_words, list_in_words, plural
from services.bootstrap import open_database
from services.shown.years import YearCounts, YearLine, year_lines, years_counted
from services.years import inputs, judging, steps
from services.years.made import find_assessment, make_year

AreaArgument = Annotated[str, typer.Argument(metavar="AREA", help="Name or code of an area.")]
YearArgument = Annotated[int, typer.Argument(metavar="YEAR", min=1990, max=2100, help="Such as 2006.")]
Year = Annotated[
    int | None,
    typer.Option(metavar="YEAR", min=1990, max=2100, help="Such as 2006; default: that of the day."),
]
On = Annotated[str | None, typer.Option(metavar="DATE", help="The day on which it happened; default: today.")]


def years(year: YearArgument, as_of: arguments.AsOf = None, as_json: arguments.Json = False) -> None:
    """Show what a year is for each area, how far its assessment is, and who is not judged yet."""
    day = arguments.today(as_of)
    with session(open_database(), read_only=True) as opened:
        lines = year_lines(opened, day, year=year)
    counted = years_counted(lines, day)
    if as_json:
        print_json({"as_of": day, "year": year, "counts": counted[0] if counted else None, "areas": lines})
        return
    if not counted:
        say(f"No area has an assessment of {year}. Make the year first: jarcycle assessment make {year}.")
        return
    columns = ("area", "name", "role", "state", "grades")
    print_table(counted[0].title, columns, [_row(line) for line in lines])
    for sentence in _sentences(counted[0]):
        say(sentence)


@changing("")
def make(year: YearArgument, *, asked: Asked) -> None:
    """Give every area its assessment of a year, as the daily tick does from 2 January on."""
    made = asked.changed(lambda opened: make_year(opened, year, asked.word))
    if asked.as_json:
        print_json(made)
        return
    say(
        f"{plural(made.added, 'area')} got an assessment of {year}, {plural(made.changed, 'area')} another role."
    )


@changing("")
def give_back(area: AreaArgument, year: Year = None, on: On = None, *, asked: Asked) -> None:
    """Record that an area returned its self-assessment."""

    def change(opened: Session) -> YearlyAssessment:
        found = find_assessment(opened, area, year or asked.word.as_of.year)
        return steps.say_returned(opened, found, _day(on, asked), asked.word)

    _told(asked, asked.changed(change))


@changing()
def field(area: AreaArgument, year: Year = None, on: On = None, *, asked: Asked) -> None:
    """Record that the field exercise in an area began; outside June and July it needs --why."""

    def change(opened: Session) -> YearlyAssessment:
        found = find_assessment(opened, area, year or asked.word.as_of.year)
        return steps.begin_field(opened, found, _day(on, asked), asked.word)

    _told(asked, asked.changed(change))


@changing()
def judge(
    area: AreaArgument,
    grades: Annotated[
        list[str] | None, typer.Argument(metavar="JUDGEMENT=GRADE", help="Such as overall=3 education=3.")
    ] = None,
    year: Year = None,
    on: On = None,
    *,
    asked: Asked,
) -> None:
    """Judge an area in a year; in the year of its review the grades of the review fill those left out.

    After 30 November, and where a grade is corrected, it needs --why.
    """
    given = given_grades(grades or [], "overall=3")

    def change(opened: Session) -> YearlyAssessment:
        found = find_assessment(opened, area, year or asked.word.as_of.year)
        judging.judge_area(opened, found, given, _day(on, asked), asked.word)
        return found

    _told(asked, asked.changed(change))


@changing()
def publish(year: YearArgument, on: On = None, *, asked: Asked) -> None:
    """Record that the results of a year are out; refused, with their names, while areas are not judged."""
    number = asked.changed(lambda opened: steps.publish_year(opened, year, _day(on, asked), asked.word))
    if asked.as_json:
        print_json({"year": year, "published": number})
    else:
        say(f"The results of {plural(number, 'area')} are out.")


@changing("")
def receive(
    area: AreaArgument,
    kind: Annotated[str, typer.Argument(metavar="INPUT", help="One of the policy, such as health_rating.")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="What it says: a rating, a judgement.")],
    source: Annotated[str, typer.Option(metavar="TEXT", help="Where it stands.")] = "",
    year: Year = None,
    on: On = None,
    *,
    asked: Asked,
) -> None:
    """Record what another body gives to the assessment of an area."""

    def change(opened: Session) -> YearlyAssessment:
        found = find_assessment(opened, area, year or asked.word.as_of.year)
        inputs.record_input(opened, found, kind, value, source, _day(on, asked), asked.word)
        return found

    _told(asked, asked.changed(change))


@changing("")
def conversation(
    area: AreaArgument,
    points: Annotated[str, typer.Option(metavar="TEXT", help="What it was about.")],
    people: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="ROLE", help="Who took part, such as director; repeat it for more."),
    ] = None,
    year: Year = None,
    on: On = None,
    *,
    asked: Asked,
) -> None:
    """Record the yearly conversation with an authority."""

    def change(opened: Session) -> YearlyAssessment:
        found = find_assessment(opened, area, year or asked.word.as_of.year)
        inputs.record_conversation(opened, found, people or [], points, _day(on, asked), asked.word)
        return found

    _told(asked, asked.changed(change))


def _day(on: str | None, asked: Asked) -> date:
    return arguments.parse_day(on, "--on") if on else asked.word.as_of


def _told(asked: Asked, row: YearlyAssessment) -> None:
    """How the assessment stands now."""
    with session(open_database(), read_only=True) as opened:
        (line,) = year_lines(opened, asked.word.as_of, row.area_code, row.year)
    if asked.as_json:
        print_json(line)
        return
    grades = f": {_grades(line)}" if line.grades else ""
    say(f"{line.title} of {line.area_name} ({line.role_name}): {line.state_name.lower()}{grades}.")


def _row(line: YearLine) -> tuple[str, str, str, str, str]:
    return line.area, line.area_name, line.role_name, line.state_name, _grades(line)


def _grades(line: YearLine) -> str:
    return ", ".join(f"{given.name} {given.grade}" for given in line.grades)


def _sentences(counts: YearCounts) -> list[str]:
    days, roles = counts.days, f"{counts.num_reviews} with a review, {counts.num_follow_ups} to follow one up"
    field_days = f"{date_in_words(days.field_first)} to {date_in_words(days.field_last)}"
    found = [
        f"{roles}, {counts.num_agendas} to set an agenda; {plural(counts.num_field, 'field exercise')}, {field_days}.",
    ]
    if not counts.not_judged:
        return [*found, "Every area is judged."]
    by = f"by {date_in_words(days.judged_by)}"
    if counts.is_over:
        names = list_in_words(list(counts.not_judged))
        return [*found, f"Not judged {by}: {names}."]
    return [*found, f"{plural(len(counts.not_judged), 'area')} to judge {by}."]
