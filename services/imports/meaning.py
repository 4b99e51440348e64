"""What must make sense to a planner: enough people for the demand, areas that can be told, inspections with windows."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from config.concern_rules import ConcernRules
from config.findings import nearest
from config.framework import Framework
from config.framework_files import frameworks, named_frameworks, programme_frameworks
from config.policy import load_policy, policies
from services.days.weeks import WEEK
from services.days.working_days import bank_holidays
from services.imports.checks import Sheets
from services.imports.concern import check_concern
from services.imports.demand import check_demand, check_pools
from services.imports.lives import check_lives
from services.imports.past_checks import check_past_reviews, check_past_teams
from services.imports.people_checks import check_people
from services.imports.pins import check_pins
from services.imports.problems import ImportProblem
from services.imports.reading import rows_of
from services.imports.round_checks import check_round
from services.imports.rows import ElectionRow, OneOffDayRow, ProgrammeRow, RatingRow
from services.imports.scopes import check_scopes
from services.problem.link_checks import link_findings

SATURDAY = 5
MOST_YEARS, A_YEAR = 25, timedelta(days=366)
"""So many years may lie between the first start and the last: what is longer is a slip."""
GRADES = ("1", "2", "3", "4")


def check_meaning(sheets: Sheets) -> Iterator[ImportProblem]:
    """Everything that takes the frameworks and several files to see."""
    programmes = rows_of(sheets["programme.csv"], ProgrammeRow)
    known = frameworks()
    yield from _programme(sheets, programmes)
    for programme in programmes:
        yield from _links(programme, known)
    yield from _area_types(sheets)
    yield from _grades(sheets)
    yield from _one_off_days(sheets)
    yield from check_lives(sheets)
    if len(programmes) == 1:
        rules = _concern_rules(programmes[0])
        yield from check_concern(sheets, rules, known)
        unknown = list(_frameworks(programmes[0], known))
        yield from unknown
        if not unknown:
            known = named_frameworks(programmes[0].frameworks, known)
        yield from check_round(sheets, programmes[0], known)
        for framework in programme_frameworks(programmes[0].first_start_on, known):
            yield from check_demand(sheets, framework, rules, programmes[0].planned_on)
            yield from check_pools(sheets, framework)
        yield from check_pins(sheets, programmes[0], known)
        yield from check_scopes(sheets, programmes[0], known)
        yield from check_past_reviews(sheets, programmes[0], known)
        yield from check_past_teams(sheets, programmes[0], known)
    yield from check_people(sheets, known)


def _programme(sheets: Sheets, programmes: Sequence[ProgrammeRow]) -> Iterator[ImportProblem]:
    if len(sheets["programme.csv"].cells) > 1:
        row = sheets["programme.csv"].cells[1][0]
        advice = "Delete all but the first."
        yield ImportProblem("programme.csv", row, "", "", "a database holds one programme.", advice)
    for programme in programmes:
        if programme.policy not in policies():
            advice = nearest(programme.policy, policies())
            yield ImportProblem(
                "programme.csv", programme.row, "policy", programme.policy, "there is no such policy.", advice
            )
        yield from _span(programme)
        if programme.last_start_on - programme.first_start_on < WEEK:
            text = programme.last_start_on.isoformat()
            message = "the last start is less than a week after the first."
            yield ImportProblem(
                "programme.csv", programme.row, "last_start_on", text, message, "Check the year."
            )


def _span(programme: ProgrammeRow) -> Iterator[ImportProblem]:
    """A programme ends in a lifetime, and is planned before it ends."""
    place, last = ("programme.csv", programme.row), programme.last_start_on
    if last - programme.first_start_on > MOST_YEARS * A_YEAR:
        message = f"the last start is more than {MOST_YEARS} years after the first."
        yield ImportProblem(*place, "last_start_on", last.isoformat(), message, "Check the year.")
    if programme.planned_on > last:
        message = f"it lies after the last start ({last.isoformat()})."
        yield ImportProblem(
            *place, "planned_on", programme.planned_on.isoformat(), message, "Check the year."
        )


def _concern_rules(programme: ProgrammeRow) -> ConcernRules:
    """What counts towards concern; nothing where there is no such policy, which is found elsewhere."""
    return load_policy(programme.policy).concern if programme.policy in policies() else ConcernRules()


def _frameworks(programme: ProgrammeRow, known: Mapping[str, Framework]) -> Iterator[ImportProblem]:
    """The frameworks that it names exist, and leave something to do."""
    place = ("programme.csv", programme.row, "frameworks")
    unknown = [name for name in programme.frameworks if name not in known]
    for name in unknown:
        yield ImportProblem(*place, name, "there is no such framework.", nearest(name, known))
    if unknown or not programme.frameworks:
        return
    for name in programme.frameworks:
        framework, day = known[name], programme.first_start_on
        if framework.window == "programme" and not framework.is_valid_on(day):
            end = framework.valid_to or "further notice"
            message = f"it does not hold on {day}, the first day: only from {framework.valid_from} to {end}."
            yield ImportProblem(*place, name, message, "Name the one that holds then, or correct the day.")


def _links(programme: ProgrammeRow, known: Mapping[str, Framework]) -> Iterator[ImportProblem]:
    """Kinds and stages that the policy joins exist."""
    if programme.policy in policies():
        for finding in link_findings(load_policy(programme.policy), known):
            place = ("programme.csv", programme.row, "policy", programme.policy)
            yield ImportProblem(*place, f"{finding.key}: {finding.message}", finding.advice)


def _area_types(sheets: Sheets) -> Iterator[ImportProblem]:
    if not sheets["areas.csv"].is_whole:
        return
    types = sheets["areas.csv"].known("type") | {"all"}
    for election in rows_of(sheets["elections.csv"], ElectionRow):
        if election.area_type not in types:
            message = "areas.csv has no area of this type."
            advice = nearest(election.area_type, types)
            yield ImportProblem(
                "elections.csv", election.row, "area_type", election.area_type, message, advice
            )


def _one_off_days(sheets: Sheets) -> Iterator[ImportProblem]:
    """A weekend is free already, and only a bank holiday of the calendar can be worked on after all."""
    for row in rows_of(sheets["one_off_days.csv"], OneOffDayRow):
        place = ("one_off_days.csv", row.row, "day", row.day.isoformat())
        if row.day.weekday() >= SATURDAY:
            message = f"it is a {row.day:%A}, which is no working day anyway."
            yield ImportProblem(*place, message, "Check the year.")
        elif row.is_working != (row.day in bank_holidays(row.day.year)):
            what = "no bank holiday, so people work anyway" if row.is_working else "a bank holiday already"
            yield ImportProblem(*place, f"it is {what}.", "Check the day, or delete the row.")


def _grades(sheets: Sheets) -> Iterator[ImportProblem]:
    """Ratings of a skill's field are grades, so that the weak ones can be told (R081)."""
    skills = sheets["skills.csv"].known("code")
    for rating in rows_of(sheets["ratings.csv"], RatingRow):
        if rating.measure in skills and rating.value not in GRADES:
            message = f"'{rating.measure}' is a skill, but its rating is not a grade from 1 to 4."
            yield ImportProblem(
                "ratings.csv", rating.row, "value", rating.value, message, "Write 1, 2, 3 or 4."
            )
