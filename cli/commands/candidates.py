"""`candidates`: every week for an activity, every person for a place, every week of a person."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli import arguments
from cli.arguments import NamedPlan
from cli.asked_plans import plan_or_newest, present, print_answer, tell_broken
from cli.shown.errors import WrongUsage
from cli.shown.output import print_table, say
from models import session
from reports.words import WEEKS_OF_DELAY, capitalised
from services.bootstrap import open_database, prepared
from services.naming.cost_unit import price_of_week
from services.naming.names import Names
from services.plans.candidates import people_for, weeks_for, weeks_of_person
from services.problem.people_today import with_people_of_today
from services.problem.present import Present

if TYPE_CHECKING:  # what takes long to import is imported by what needs it
    from scheduler.candidates.values import PersonWeeks, PlaceCandidates, WeekCandidates

WEEKS = ("start", "dates rise", "as weeks", "people rise", "what it takes")
PEOPLE = ("person", "rise", "km from home", "other reviews", "why")
ADVICE = "Name an activity, an activity and a place of its team, or --person PERSON."
SPANS = ("from", "to", "weeks", "what")

Which = Annotated[
    str | None,
    typer.Option(
        "--plan", metavar="PLAN", help="A stored plan's number, 'published' or a file; else the newest."
    ),
]
ActivityName = Annotated[
    str | None,
    typer.Argument(
        metavar="ACTIVITY", help="Its code, AREA-KIND; or its area, if only one there has a team."
    ),
]
PlaceName = Annotated[
    str | None,
    typer.Argument(metavar="PLACE", help="'leader', a skill, or who has the place now."),
]
PersonName = Annotated[
    str | None,
    typer.Option("--person", metavar="PERSON", help="Show the weeks of this inspector, by name or code."),
]
Most = Annotated[int, typer.Option(min=1, metavar="NUMBER", help="Show at most this many; --json has all.")]


def show_candidates(
    activity: ActivityName = None,
    place: PlaceName = None,
    person: PersonName = None,
    plan: Which = None,
    input: arguments.InputFile = None,
    most: Most = 20,
    moving: arguments.Moving = None,
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
) -> None:
    """Rank every week for an activity, or every person for a place of its team, or show every week of a person.

    All others stay where they are, with their people; for a week that does not fit so, one other area may move.
    """
    if (activity is None) == (person is None) or (place is not None and activity is None):
        raise WrongUsage(
            "it is not clear what is asked. Name an activity, an activity and a place of its team, or --person PERSON."
        )
    found = plan_or_newest(plan, input)
    standing = _of_today(found, as_of, moving)
    names, plans = Names(standing.problem, found.people), prepared()
    if not as_json:
        tell_broken(found)
    if person is not None:
        of_person = weeks_of_person(plans, standing, person, found.people)
        print_answer(found, of_person) if as_json else _print_person(names, of_person, found, most)
    elif place is not None:
        people = people_for(plans, standing, activity or "", place, found.people)
        print_answer(found, people) if as_json else _print_people(names, people, found, most)
    else:
        weeks = weeks_for(plans, standing, activity or "")
        if as_json:
            print_answer(found, weeks, standing=standing.standing.get(weeks.activity))
        else:
            _print_weeks(names, weeks, found, standing, most)


def _of_today(found: NamedPlan, as_of: str | None, moving: list[str] | None) -> Present:
    """The plan as it stands on a day, with the people there are now."""
    standing = present(found, as_of, moving)
    if found.version is None:
        return standing
    with session(open_database(), read_only=True) as opened:
        return with_people_of_today(opened, standing)


def _print_weeks(
    names: Names, answer: "WeekCandidates", found: NamedPlan, standing: Present, most: int
) -> None:
    """The weeks that can be had, then those that lack something, then impossible ones."""
    from services.shown.reasons import candidate_rows
    from services.shown.reasons.standing_words import only_week_line, settled_words, standing_lines

    for line in standing_lines(names, answer.activity, standing):
        typer.echo(line)
    if answer.fixed_by is not None:
        only = next(candidate.week for candidate in answer.weeks if candidate.is_present)
        is_settled = settled_words(answer.activity, standing) is not None
        typer.echo(only_week_line(names, answer.activity, only, answer.fixed_by, is_settled))
        return
    rows = [candidate_rows.week_row(names, candidate) for candidate in answer.weeks]
    print_table(f"{capitalised(names.activity(answer.activity))} in {found.name}", WEEKS, rows[:most])
    _say_more(len(rows), most, "weeks")
    if week := price_of_week(names.problem):
        say(f"As weeks: the rise of dates in {WEEKS_OF_DELAY}; one costs {week}.")
    if any(candidate.swap is not None for candidate in answer.weeks):
        say("Other areas that make room are the cheapest found; others, or several together, may cost less.")


def _print_people(names: Names, answer: "PlaceCandidates", found: NamedPlan, most: int) -> None:
    from services.shown.reasons import candidate_rows

    rows = [candidate_rows.person_row(names, candidate) for candidate in answer.people]
    place = f"{names.skill(answer.skill)} place in {names.activity(answer.activity)}"
    print_table(f"{capitalised(place)}, {names.weeks(answer.weeks)}, in {found.name}", PEOPLE, rows[:most])
    _say_more(len(rows), most, "people")


def _print_person(names: Names, answer: "PersonWeeks", found: NamedPlan, most: int) -> None:
    from services.shown.reasons import candidate_rows

    rows = [candidate_rows.span_row(names, part) for part in answer.spans]
    print_table(f"{names.person(answer.inspector)} in {found.name}", SPANS, rows[:most])
    _say_more(len(rows), most, "spans of weeks")
    line = candidate_rows.begins_left_line(answer)
    if line is not None:
        say(line)


def _say_more(number: int, most: int, what: str) -> None:
    if number > most:
        say(f"{number - most} more {what}. Use --most to show more.")
