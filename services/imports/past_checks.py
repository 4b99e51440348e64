"""What must hold of reviews that were done, under way or published before: days of the past, in order, on Mondays."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from config.findings import nearest
from config.framework import Framework
from services.calendar import monday_of
from services.imports.batch import rows_of
from services.imports.checks import Sheets
from services.imports.past import PastActivity, framework_of, past_activities
from services.imports.problems import ImportProblem
from services.imports.rows import InspectionDueRow, PastReviewRow, ProgrammeRow
from services.step_dates import day_text
from services.timetable import InvalidTimetable, timetable

FILE = "past_reviews.csv"


def check_past_reviews(
    sheets: Sheets, programme: ProgrammeRow, known: Mapping[str, Framework]
) -> Iterator[ImportProblem]:
    """Everything wrong with `past_reviews.csv` that takes frameworks and the planning date to see."""
    rows, due = rows_of(sheets[FILE], PastReviewRow), rows_of(sheets["inspections_due.csv"], InspectionDueRow)
    names = list(_unknown_names(rows, programme, due, known))
    yield from names
    for row in rows:
        if row.first_day.weekday() != 0:
            message = f"a stage starts on a Monday, and {day_text(row.first_day)} is a {row.first_day:%A}."
            advice = (
                f"Maybe the Monday of that week, {monday_of(row.first_day)}, even if it was a bank holiday."
            )
            yield _in_day(row, "first_day", row.first_day, message, advice)
    for own in past_activities(rows, programme, due, known):
        found = [*_stages(sheets, own), *_alike(own), *_order(own), *_present(own, programme)]
        yield from found or _timetable(own)


def _unknown_names(
    rows: Sequence[PastReviewRow],
    programme: ProgrammeRow,
    due: Sequence[InspectionDueRow],
    known: Mapping[str, Framework],
) -> Iterator[ImportProblem]:
    kinds = {own.kind for own in known.values()}
    for row in rows:
        framework = framework_of(row.area, row.kind, programme, due, known)
        if row.kind not in kinds:
            message = "no framework is of this kind."
            yield ImportProblem(FILE, row.row, "kind", row.kind, message, nearest(row.kind, kinds))
        elif framework is None:
            message = "this area has no activity of this kind in the programme."
            yield ImportProblem(
                FILE, row.row, "kind", row.kind, message, "Maybe add it to inspections_due.csv."
            )
        elif row.stage not in (stages := [stage.id for stage in framework.stages]):
            message = f"framework {framework.id} has no stage like this."
            yield ImportProblem(FILE, row.row, "stage", row.stage, message, nearest(row.stage, stages))


def _stages(sheets: Sheets, own: PastActivity) -> Iterator[ImportProblem]:
    """Every stage has a date. Also a row that is wrong elsewhere counts: one fault is reported once."""
    first = own.rows[0]
    given = {
        cells.get("stage")
        for _row, cells in sheets[FILE].cells
        if (cells.get("area"), cells.get("kind")) == (first.area, first.kind)
    }
    stages = [stage.id for stage in own.framework.stages]
    if not given <= set(stages):
        return  # a misspelt stage is reported where it stands
    for stage in stages:
        if stage not in given:
            message = f"{own.code} has no row for its stage '{stage}'."
            advice = "Maybe add it, with the Monday for which it is announced."
            yield ImportProblem(FILE, first.row, "stage", first.stage, message, advice)


def _alike(own: PastActivity) -> Iterator[ImportProblem]:
    """State and precision are those of the whole activity."""
    first = own.rows[0]
    for row in own.rows[1:]:
        for column in ("state", "precision"):
            before, value = getattr(first, column), getattr(row, column)
            if value != before and None not in (value, before):
                message = f"in row {first.row} {own.code} is '{before}'."
                yield ImportProblem(
                    FILE, row.row, column, value, message, "Maybe write the same in both rows."
                )


def _order(own: PastActivity) -> Iterator[ImportProblem]:
    """R043: a stage begins after the end of the one before it."""
    for earlier, later in pairwise(own.rows):
        ends_on = own.ended_on(earlier) or own.planned_last_day(earlier)
        if later.first_day <= ends_on:
            how = "ended" if own.ended_on(earlier) else "ends as planned"
            message = (
                f"{earlier.stage} (row {earlier.row}) {how} on {day_text(ends_on)}, not before it (R043)."
            )
            yield _in_day(later, "first_day", later.first_day, message, "Maybe the two were exchanged.")


def _present(own: PastActivity, programme: ProgrammeRow) -> Iterator[ImportProblem]:
    """What is done lies before the planning date, what is published after it."""
    today, first = programme.planned_on, own.rows[0]
    if own.state == "published":
        yield from _published(own, programme)
    elif own.state == "under_way" and first.first_day > today:
        message = f"it is under way, but begins after the planning date ({day_text(today)})."
        yield _in_day(first, "first_day", first.first_day, message, "Maybe its state is published.")
    for row in own.rows:
        ended_on = own.ended_on(row)
        if own.state != "published" and ended_on is not None and ended_on > today:
            column = "last_day" if row.last_day else "first_day"
            message = (
                f"it would have ended on {day_text(ended_on)}, after the planning date ({day_text(today)})."
            )
            advice = "Maybe its state is under_way, with a blank last_day; or a wrong year."
            yield _in_day(row, column, getattr(row, column), message, advice)
    for earlier, later in pairwise(own.rows):
        if own.state == "under_way" and own.ended_on(earlier) is None and later.first_day <= today:
            message = (
                f"{later.stage} (row {later.row}) has begun, but {earlier.stage} has no last day (R043)."
            )
            advice = f"Maybe {own.planned_last_day(earlier)}, if it ended as planned."
            yield ImportProblem(FILE, earlier.row, "last_day", "", message, advice)


def _published(own: PastActivity, programme: ProgrammeRow) -> Iterator[ImportProblem]:
    first = own.rows[0]
    earliest = max(programme.planned_on, programme.first_start_on)
    if first.first_day < earliest:
        message = f"it is published for a day before {day_text(earliest)}, from which on reviews may start."
        advice = "Maybe its state is under_way, or first_start_on in programme.csv is earlier."
        yield _in_day(first, "first_day", first.first_day, message, advice)
    for row in own.rows:
        if row.last_day is not None:
            message = "a published stage has no actual last day yet."
            yield _in_day(row, "last_day", row.last_day, message, "Maybe leave it blank.")


def _timetable(own: PastActivity) -> Iterator[ImportProblem]:
    """What the whole timetable of the framework finds in days that look right one by one."""
    if any(row.first_day.weekday() != 0 for row in own.rows):
        return
    mondays = own.mondays()
    try:
        timetable(own.framework, own.rows[0].first_day, mondays, own.actuals())
    except InvalidTimetable as fault:
        for finding in fault.findings:
            message = f"{own.code}, {finding.place}: {finding.message}"
            yield ImportProblem(FILE, own.rows[0].row, "", "", message, finding.advice)


def _in_day(row: PastReviewRow, column: str, day: date, message: str, advice: str) -> ImportProblem:
    return ImportProblem(FILE, row.row, column, day.isoformat(), message, advice)
