"""What must make sense to a planner: enough people for the demand, areas that can be told, inspections with windows."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from config.findings import InvalidFile, nearest
from config.framework import Framework
from config.framework_files import framework_on, frameworks, programme_frameworks
from config.policy import policies
from services.imports.checks import Sheets
from services.imports.demand import check_demand, check_pools
from services.imports.past_checks import check_past_reviews, check_past_teams
from services.imports.people_checks import check_people
from services.imports.problems import ImportProblem
from services.imports.reading import rows_of
from services.imports.rows import (
    ElectionRow,
    InspectionDueRow,
    ProgrammeRow,
    RatingRow,
)

GRADES = ("1", "2", "3", "4")


def check_meaning(sheets: Sheets) -> Iterator[ImportProblem]:
    """Everything that takes the frameworks and several files to see."""
    programmes = rows_of(sheets["programme.csv"], ProgrammeRow)
    known = frameworks()
    yield from _programme(sheets, programmes)
    yield from check_people(sheets, known)
    yield from _area_types(sheets)
    yield from _grades(sheets)
    if len(programmes) == 1:
        yield from _inspections(sheets, programmes[0], known)
        for framework in programme_frameworks(programmes[0].first_start_on, known):
            yield from check_demand(sheets, framework, programmes[0].planned_on)
            yield from check_pools(sheets, framework)
        yield from check_past_reviews(sheets, programmes[0], known)
        yield from check_past_teams(sheets, programmes[0], known)


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
        if programme.last_start_on - programme.first_start_on < timedelta(weeks=1):
            text = programme.last_start_on.isoformat()
            message = "the last start is less than a week after the first."
            yield ImportProblem(
                "programme.csv", programme.row, "last_start_on", text, message, "Check the year."
            )


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


def _grades(sheets: Sheets) -> Iterator[ImportProblem]:
    """Ratings of a skill's field are grades, so that the weak ones can be told (R081)."""
    skills = sheets["skills.csv"].known("code")
    for rating in rows_of(sheets["ratings.csv"], RatingRow):
        if rating.measure in skills and rating.value not in GRADES:
            message = f"'{rating.measure}' is a skill, but its rating is not a grade from 1 to 4."
            yield ImportProblem(
                "ratings.csv", rating.row, "value", rating.value, message, "Write 1, 2, 3 or 4."
            )


def _inspections(
    sheets: Sheets, programme: ProgrammeRow, known: Mapping[str, Framework]
) -> Iterator[ImportProblem]:
    kinds = {framework.kind for framework in known.values() if framework.window == "imported"}
    for inspection in rows_of(sheets["inspections_due.csv"], InspectionDueRow):
        place = ("inspections_due.csv", inspection.row)
        if inspection.kind not in kinds:
            message = "no framework with windows of its own is of this kind."
            yield ImportProblem(*place, "kind", inspection.kind, message, nearest(inspection.kind, kinds))
            continue
        try:
            framework_on(inspection.kind, inspection.window_first_day, known)
        except InvalidFile as fault:
            finding = fault.findings[0]
            text = inspection.window_first_day.isoformat()
            yield ImportProblem(*place, "window_first_day", text, finding.message, finding.advice)
        if inspection.window_last_day < programme.first_start_on:
            text = inspection.window_last_day.isoformat()
            message = f"its window ends before the programme starts ({programme.first_start_on})."
            yield ImportProblem(
                *place, "window_last_day", text, message, "Check the year, or delete the row if it is over."
            )
