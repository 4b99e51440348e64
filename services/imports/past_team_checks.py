"""What must hold of the teams of reviews that were done, under way or published before."""

from collections.abc import Iterator, Mapping

from config.findings import nearest
from config.framework import Framework
from scheduler.values.value import LEADER
from services.imports.batch import rows_of
from services.imports.checks import Sheets
from services.imports.past import PastActivity, past_activities
from services.imports.problems import ImportProblem
from services.imports.rows import InspectionDueRow, InspectorRow, PastReviewRow, PastTeamRow, ProgrammeRow

FILE, REVIEWS = "past_teams.csv", "past_reviews.csv"


def check_past_teams(
    sheets: Sheets, programme: ProgrammeRow, known: Mapping[str, Framework]
) -> Iterator[ImportProblem]:
    """People who cannot have the place they are named for, and teams of nothing."""
    due = rows_of(sheets["inspections_due.csv"], InspectionDueRow)
    activities = past_activities(rows_of(sheets[REVIEWS], PastReviewRow), programme, due, known)
    by_name = {(own.rows[0].area, own.rows[0].kind): own for own in activities}
    people = {own.code: own for own in rows_of(sheets["inspectors.csv"], InspectorRow)}
    skills = sheets["skills.csv"].known("code") | {LEADER}
    leaders: dict[tuple[str, str], int] = {}
    for row in rows_of(sheets[FILE], PastTeamRow):
        name = (row.area, row.kind)
        yield from _of_a_review(sheets, row, by_name.get(name))
        yield from _able(row, people.get(row.inspector), skills)
        if row.skill == LEADER and leaders.setdefault(name, row.row) != row.row:
            message = f"this team has a leader already, in row {leaders[name]} (R057)."
            yield ImportProblem(FILE, row.row, "skill", row.skill, message, "Maybe another place is meant.")
    yield from _nobody(sheets, by_name)


def _of_a_review(sheets: Sheets, row: PastTeamRow, own: PastActivity | None) -> Iterator[ImportProblem]:
    if own is None:
        # Also a review whose row is wrong elsewhere counts: one fault is reported once.
        given = {(cells.get("area"), cells.get("kind")) for _row, cells in sheets[REVIEWS].cells}
        if (row.area, row.kind) not in given and row.area in sheets["areas.csv"].known("code"):
            message = f"{REVIEWS} has no {row.kind} of this area."
            yield ImportProblem(FILE, row.row, "area", row.area, message, "Maybe add its stages there.")
    elif own.framework.team is None:
        message = f"framework {own.framework.id} has no team of named people."
        yield ImportProblem(FILE, row.row, "kind", row.kind, message, "Maybe delete the row.")


def _able(row: PastTeamRow, person: InspectorRow | None, skills: set[str]) -> Iterator[ImportProblem]:
    if row.skill not in skills:
        message = "skills.csv has no code like this, and it is not 'leader'."
        yield ImportProblem(FILE, row.row, "skill", row.skill, message, nearest(row.skill, skills))
    elif person is not None and row.skill == LEADER and not person.is_leader:
        message = f"inspector {person.code} is not qualified to lead (inspectors.csv, row {person.row})."
        yield ImportProblem(
            FILE, row.row, "skill", row.skill, message, "Maybe mark the person as a leader there."
        )
    elif person is not None and row.skill != LEADER and row.skill not in person.skills:
        message = f"inspector {person.code} has no such skill (inspectors.csv, row {person.row})."
        yield ImportProblem(FILE, row.row, "skill", row.skill, message, "Maybe add it there.")


def _nobody(sheets: Sheets, by_name: Mapping[tuple[str, str], PastActivity]) -> Iterator[ImportProblem]:
    """A team at work is known: otherwise the solver would send another one."""
    given = {(cells.get("area"), cells.get("kind")) for _row, cells in sheets[FILE].cells}
    for name, own in by_name.items():
        if own.framework.team is not None and own.state == "under_way" and name not in given:
            message = f"{own.code} is under way, but {FILE} names nobody of its team."
            yield ImportProblem(
                REVIEWS, own.rows[0].row, "area", own.rows[0].area, message, "Maybe the file was forgotten."
            )
