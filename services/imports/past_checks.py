"""What must hold of reviews done, under way or published before, and of their teams: days, order, places."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from config.findings import nearest
from config.framework import Framework
from config.team_rule import DEPUTY
from reports.words import date_in_words
from scheduler.values.value import LEADER
from services.casework.review_timetable import InvalidTimetable, timetable
from services.days.recurrence import year_in_words
from services.imports.checks import Sheets
from services.imports.numbers import counted_year, past_numbers
from services.imports.past import PastActivity, framework_of, framework_of_kind, past_activities
from services.imports.problems import ImportProblem
from services.imports.reading import rows_of
from services.imports.rows import InspectionDueRow, InspectorRow, PastReviewRow, PastTeamRow, ProgrammeRow

FILE, TEAMS_FILE = "past_reviews.csv", "past_teams.csv"


def check_past_reviews(
    sheets: Sheets, programme: ProgrammeRow, known: Mapping[str, Framework]
) -> Iterator[ImportProblem]:
    """Everything wrong with `past_reviews.csv` that takes frameworks and the planning date to see."""
    rows, due = rows_of(sheets[FILE], PastReviewRow), rows_of(sheets["inspections_due.csv"], InspectionDueRow)
    names = list(_unknown_names(rows, programme, due, known))
    yield from names
    teams = rows_of(sheets[TEAMS_FILE], PastTeamRow)
    for activity in past_activities(rows, teams, programme, due, known):
        found = list(_once(activity)) or [
            *_stages(sheets, activity),
            *_alike(activity),
            *_order(activity),
            *_present(activity, programme),
        ]
        yield from found or _timetable(activity)


def _unknown_names(
    rows: Sequence[PastReviewRow],
    programme: ProgrammeRow,
    due: Sequence[InspectionDueRow],
    known: Mapping[str, Framework],
) -> Iterator[ImportProblem]:
    kinds = {framework.kind for framework in known.values()}
    numbers = _numbers(rows, programme, known)
    for row in rows:
        framework = framework_of((row.area, row.kind, numbers.get(row.row, 1)), programme, due, known)
        if row.kind not in kinds:
            message = "no framework is of this kind."
            yield ImportProblem(FILE, row.row, "kind", row.kind, message, nearest(row.kind, kinds))
        elif framework is None:
            message = "this area has no activity of this kind in the programme."
            yield ImportProblem(FILE, row.row, "kind", row.kind, message, "Add it to inspections_due.csv.")
        elif row.stage not in (stages := [stage.id for stage in framework.stages]):
            message = f"framework {framework.id} has no such stage."
            yield ImportProblem(FILE, row.row, "stage", row.stage, message, nearest(row.stage, stages))


def _numbers(
    rows: Sequence[PastReviewRow], programme: ProgrammeRow, known: Mapping[str, Framework]
) -> dict[int, int]:
    """The number of the activity that each row means, by its place in the file."""
    found: dict[int, int] = {}
    for kind in {row.kind for row in rows}:
        framework = framework_of_kind(kind, programme, known)
        if framework is not None:
            for (_area, number), its_rows in past_numbers(rows, framework, programme).items():
                found |= {row.row: number for row in its_rows}
    return found


def _once(activity: PastActivity) -> Iterator[ImportProblem]:
    """A stage happens once in an activity, and what comes each year once in a year (R140)."""
    for earlier, later in pairwise(activity.rows):
        if earlier.stage != later.stage:
            continue
        year, rule = counted_year(activity.framework, later.first_day), activity.framework.recurrence
        if rule is None or year is None:
            message = f"{activity.code} has its {later.stage} in row {earlier.row} already."
            yield _in_day(later, "first_day", later.first_day, message, "Delete one of the rows.")
        else:
            message = (
                f"it counts for {year_in_words(rule, year)} by its first day, as does that of "
                f"{date_in_words(earlier.first_day)} (row {earlier.row})."
            )
            advice = (
                "Check the dates; one counts each year. Give a later round to what counts for another one."
            )
            yield _in_day(later, "first_day", later.first_day, message, advice)


def _stages(sheets: Sheets, activity: PastActivity) -> Iterator[ImportProblem]:
    """Every stage has a date. Also a row that is wrong elsewhere counts: one fault is reported once."""
    first, stages = activity.rows[0], [stage.id for stage in activity.framework.stages]
    of_others = {row.row for row in rows_of(sheets[FILE], PastReviewRow) if row.stage in stages}
    of_others -= {row.row for row in activity.rows}
    given = {
        cells.get("stage")
        for row, cells in sheets[FILE].cells
        if row not in of_others and (cells.get("area"), cells.get("kind")) == (first.area, first.kind)
    }
    if not given <= set(stages):
        return  # a misspelt stage is reported where it stands
    for stage in stages:
        if stage not in given:
            message = f"{activity.code} has no row for its stage '{stage}'."
            advice = "Add it, with a day of the week for which it is announced."
            yield ImportProblem(FILE, first.row, "stage", first.stage, message, advice)


def _alike(activity: PastActivity) -> Iterator[ImportProblem]:
    """State and precision are those of the whole activity."""
    first = activity.rows[0]
    for row in activity.rows[1:]:
        for column in ("state", "precision"):
            before, value = getattr(first, column), getattr(row, column)
            if value != before and None not in (value, before):
                message = f"in row {first.row} {activity.code} is '{before}'."
                yield ImportProblem(FILE, row.row, column, value, message, "Write the same in both rows.")


def _order(activity: PastActivity) -> Iterator[ImportProblem]:
    """R043: a stage begins after the end of the one before it."""
    for earlier, later in pairwise(activity.rows):
        ends_on = activity.ended_on(earlier) or activity.planned_last_day(earlier)
        if later.first_day <= ends_on:
            how = "ended" if activity.ended_on(earlier) else "ends as planned"
            message = f"{earlier.stage} (row {earlier.row}) {how} on {date_in_words(ends_on)}, not before it (R043)."
            yield _in_day(later, "first_day", later.first_day, message, "Check whether the two were swapped.")


def _present(activity: PastActivity, programme: ProgrammeRow) -> Iterator[ImportProblem]:
    """What is done lies before the planning date, what is published after it."""
    today, first = programme.planned_on, activity.rows[0]
    if activity.state == "published":
        yield from _published(activity, programme)
    elif activity.state == "under_way" and first.first_day > today:
        message = f"it is under way, but begins after the planning date ({date_in_words(today)})."
        yield _in_day(first, "first_day", first.first_day, message, "Set its state to published.")
    for row in activity.rows:
        ended_on = activity.ended_on(row)
        if activity.state != "published" and ended_on is not None and ended_on > today:
            column = "last_day" if row.last_day else "first_day"
            planned_on = date_in_words(today)
            message = (
                f"it would have ended on {date_in_words(ended_on)}, after the planning date ({planned_on})."
            )
            advice = "Check the year, or set its state to under_way with a blank last_day."
            yield _in_day(row, column, getattr(row, column), message, advice)
    for earlier, later in pairwise(activity.rows):
        if activity.state == "under_way" and activity.ended_on(earlier) is None and later.first_day <= today:
            message = (
                f"{later.stage} (row {later.row}) has begun, but {earlier.stage} has no last day (R043)."
            )
            advice = f"Give {activity.planned_last_day(earlier)} if it ended as planned."
            yield ImportProblem(FILE, earlier.row, "last_day", "", message, advice)


def _published(activity: PastActivity, programme: ProgrammeRow) -> Iterator[ImportProblem]:
    first = activity.rows[0]
    earliest = max(programme.planned_on, programme.first_start_on)
    if first.first_day < earliest:
        message = f"it is published for a day before {date_in_words(earliest)}, the first on which reviews may start."
        advice = "Set its state to under_way, or give an earlier first_start_on in programme.csv."
        yield _in_day(first, "first_day", first.first_day, message, advice)
    for row in activity.rows:
        if row.last_day is not None:
            message = "a published stage has no actual last day yet."
            yield _in_day(row, "last_day", row.last_day, message, "Leave it blank.")


def _timetable(activity: PastActivity) -> Iterator[ImportProblem]:
    """What the whole timetable of the framework finds in days that look right one by one."""
    mondays = activity.mondays()
    try:
        timetable(activity.framework, activity.rows[0].first_day, mondays, activity.actuals())
    except InvalidTimetable as fault:
        for finding in fault.findings:
            message = f"{activity.code}, {finding.place}: {finding.message}"
            yield ImportProblem(FILE, activity.rows[0].row, "", "", message, finding.advice)


def _in_day(row: PastReviewRow, column: str, day: date, message: str, advice: str) -> ImportProblem:
    return ImportProblem(FILE, row.row, column, day.isoformat(), message, advice)


def check_past_teams(
    sheets: Sheets, programme: ProgrammeRow, known: Mapping[str, Framework]
) -> Iterator[ImportProblem]:
    """People who cannot have the place they are named for, and teams of nothing."""
    due = rows_of(sheets["inspections_due.csv"], InspectionDueRow)
    rows, teams = rows_of(sheets[FILE], PastReviewRow), rows_of(sheets[TEAMS_FILE], PastTeamRow)
    activities = past_activities(rows, teams, programme, due, known)
    by_row = {row.row: activity for activity in activities for row in activity.team}
    people = {person.code: person for person in rows_of(sheets["inspectors.csv"], InspectorRow)}
    skills = sheets["skills.csv"].known("code") | {LEADER, DEPUTY}
    leaders: dict[str, int] = {}
    for row in teams:
        activity = by_row.get(row.row)
        name = activity.code if activity is not None else f"{row.area}-{row.kind}"
        yield from _of_a_review(sheets, row, activity)
        yield from _able(row, people.get(row.inspector), skills)
        if row.skill == LEADER and leaders.setdefault(name, row.row) != row.row:
            message = f"this team already has a leader, in row {leaders[name]} (R057)."
            yield ImportProblem(
                TEAMS_FILE, row.row, "skill", row.skill, message, "Name another place, or delete the row."
            )
    yield from _nobody(sheets, activities)


def _of_a_review(sheets: Sheets, row: PastTeamRow, activity: PastActivity | None) -> Iterator[ImportProblem]:
    if activity is None:
        # Also a review whose row is wrong elsewhere counts: one fault is reported once.
        given = {(cells.get("area"), cells.get("kind")) for _row, cells in sheets[FILE].cells}
        if (row.area, row.kind) not in given and row.area in sheets["areas.csv"].known("code"):
            message = f"{FILE} has no {row.kind} of this area."
            yield ImportProblem(TEAMS_FILE, row.row, "area", row.area, message, "Add its stages there.")
    elif activity.framework.team is None:
        message = f"framework {activity.framework.id} has no team of named people."
        yield ImportProblem(TEAMS_FILE, row.row, "kind", row.kind, message, "Delete the row.")


def _able(row: PastTeamRow, person: InspectorRow | None, skills: set[str]) -> Iterator[ImportProblem]:
    if row.skill not in skills:
        message = "skills.csv has no such code, and it is neither 'leader' nor 'deputy'."
        yield ImportProblem(TEAMS_FILE, row.row, "skill", row.skill, message, nearest(row.skill, skills))
    elif person is not None and row.skill in (LEADER, DEPUTY) and not person.is_leader:
        message = f"inspector {person.code} is not qualified to lead (inspectors.csv, row {person.row})."
        yield ImportProblem(
            TEAMS_FILE, row.row, "skill", row.skill, message, "Mark the person as a leader there."
        )
    elif person is not None and row.skill not in (LEADER, DEPUTY, *person.skills):
        message = f"inspector {person.code} has no such skill (inspectors.csv, row {person.row})."
        yield ImportProblem(TEAMS_FILE, row.row, "skill", row.skill, message, "Add it there.")


def _nobody(sheets: Sheets, activities: Sequence[PastActivity]) -> Iterator[ImportProblem]:
    """A team at work is known: otherwise the solver would send another one."""
    right = {row.row for row in rows_of(sheets[TEAMS_FILE], PastTeamRow)}
    wrong = {
        (cells.get("area"), cells.get("kind")) for row, cells in sheets[TEAMS_FILE].cells if row not in right
    }
    for activity in activities:
        is_named = bool(activity.team) or (activity.rows[0].area, activity.rows[0].kind) in wrong
        if activity.framework.team is not None and activity.state == "under_way" and not is_named:
            message = f"{activity.code} is under way, but {TEAMS_FILE} names nobody in its team."
            yield ImportProblem(
                FILE,
                activity.rows[0].row,
                "area",
                activity.rows[0].area,
                message,
                "Name its team in that file.",
            )
