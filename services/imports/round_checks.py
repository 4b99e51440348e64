"""What must hold of kinds that come again: a recurrence that ends and can be met, windows that count for their year."""

from collections.abc import Iterator, Mapping

from config.findings import InvalidFile, nearest
from config.framework import Framework
from config.framework_files import framework_on, programme_frameworks
from config.inspection_files import subsumed_from
from reports.words import date_in_words
from services.days.recurrence import (
    YEARS_AT_MOST,
    Last,
    due_after,
    latest_monday,
    num_years,
    year_in_words,
)
from services.imports.checks import Sheets
from services.imports.numbers import counted_year, due_number
from services.imports.problems import ImportProblem
from services.imports.reading import rows_of
from services.imports.rows import AreaRow, InspectionDueRow, LastInspectionRow, ProgrammeRow

DUE, LAST = "inspections_due.csv", "last_inspections.csv"
TOO_LATE = "Delete the row, or give a window that ends before that day."


def check_round(
    sheets: Sheets, programme: ProgrammeRow, known: Mapping[str, Framework]
) -> Iterator[ImportProblem]:
    """Everything wrong with what is due again, or with the windows of what is due besides.

    Parameters
    ----------
    known
        The frameworks that the programme follows.
    """
    of_areas = programme_frameworks(programme.first_start_on, known)
    recurring = {framework.kind: framework for framework in of_areas if framework.recurrence is not None}
    for framework in recurring.values():
        yield from _can_be_met(framework, programme)
        if framework.recurrence is not None and framework.recurrence.follows_last:
            yield from _last_ones(sheets, framework, programme)
    yield from _useless_last_ones(sheets, recurring)
    yield from _inspections(sheets, programme, known, recurring)


def _can_be_met(framework: Framework, programme: ProgrammeRow) -> Iterator[ImportProblem]:
    """The programme has room for it, and not for too many."""
    rule, first, last = framework.recurrence, programme.first_start_on, programme.last_start_on
    assert rule is not None
    if rule.each is not None:
        years, kind = num_years(rule, first, last), rule.each.replace("_", " ")
        if years == 0:
            message = f"{framework.id} comes each {kind}, and none ends between {first} and {last}."
            yield _in_programme(programme, "last_start_on", last, message, "Give a later day.")
        if years > YEARS_AT_MOST:
            message = f"{framework.id} comes each {kind}: {years} times in every area, and no end in sight."
            advice = f"Check the year; a programme has at most {YEARS_AT_MOST} of them."
            yield _in_programme(programme, "last_start_on", last, message, advice)
    if rule.by is not None and latest_monday(framework, rule.by) < first:
        end = date_in_words(rule.by)
        message = f"{framework.id} is to be done by {end}, too early for a programme that starts on {first}."
        advice = "Start the programme earlier, or take the framework out of its column frameworks."
        yield _in_programme(programme, "first_start_on", first, message, advice)


def _last_ones(sheets: Sheets, framework: Framework, programme: ProgrammeRow) -> Iterator[ImportProblem]:
    """Every area has a last one, its own or that of those before it, or had none; and its next is not overdue."""
    rule = framework.recurrence
    assert rule is not None
    rows = {row.area: row for row in rows_of(sheets[LAST], LastInspectionRow) if row.kind == framework.kind}
    given = {cells.get("area") for _row, cells in sheets[LAST].cells if cells.get("kind") == framework.kind}
    for area in rows_of(sheets["areas.csv"], AreaRow):
        row = rows.get(area.code)
        if row is None:
            if area.code not in given and not area.follows:
                message = f"the last {framework.kind} of {area.name} is unknown, and the next counts from it."
                advice = "Add a row for this area; leave ended_on blank if there never was one."
                yield ImportProblem(LAST, None, "area", area.code, message, advice)
            continue
        if row.ended_on is None:
            continue
        if row.ended_on > programme.planned_on:
            message = f"it lies after the planning date ({date_in_words(programme.planned_on)})."
            yield _in_last(row, "ended_on", row.ended_on.isoformat(), message, "Check the year.")
        elif rule.after_months and row.outcome not in rule.after_months:
            message = f"{framework.id} does not say when the next is due after this outcome."
            yield _in_last(
                row, "outcome", row.outcome or "", message, nearest(row.outcome or "", rule.after_months)
            )
        elif row.outcome is not None and row.outcome not in (
            scale := _overall_scale(framework) or (row.outcome,)
        ):
            message = f"{framework.id} has no such overall grade."
            yield _in_last(row, "outcome", row.outcome, message, nearest(row.outcome, scale))
        else:
            due_on, _start_on, end_on = due_after(rule, Last(row.ended_on, row.outcome))
            if end_on <= programme.first_start_on:
                message = (
                    f"the next was due about {date_in_words(due_on)}, before the programme starts "
                    f"({date_in_words(programme.first_start_on)})."
                )
                advice = f"Check the year, or give the area a window in {DUE}."
                if not _has_window(sheets, area.code, framework.kind):
                    yield _in_last(row, "ended_on", row.ended_on.isoformat(), message, advice)


def _overall_scale(framework: Framework) -> tuple[str, ...]:
    """The grades of its overall judgements, the worst first; none where it makes no such judgement."""
    return tuple(grade for slot in framework.judgements if slot.is_overall for grade in slot.scale)


def _has_window(sheets: Sheets, area: str, kind: str) -> bool:
    return any((row.area, row.kind) == (area, kind) for row in rows_of(sheets[DUE], InspectionDueRow))


def _useless_last_ones(sheets: Sheets, recurring: Mapping[str, Framework]) -> Iterator[ImportProblem]:
    kinds = {
        kind
        for kind, framework in recurring.items()
        if framework.recurrence is not None and framework.recurrence.follows_last
    }
    for row in rows_of(sheets[LAST], LastInspectionRow):
        if row.kind not in kinds:
            message = "no framework of the programme counts from the last one of this kind."
            advice = nearest(row.kind, kinds) if kinds else "Delete the row."
            yield _in_last(row, "kind", row.kind, message, advice)


def _inspections(
    sheets: Sheets,
    programme: ProgrammeRow,
    known: Mapping[str, Framework],
    recurring: Mapping[str, Framework],
) -> Iterator[ImportProblem]:
    kinds = {framework.kind for framework in known.values() if framework.window == "imported"} | set(
        recurring
    )
    seen: dict[tuple[str, str, int], InspectionDueRow] = {}
    for inspection in rows_of(sheets[DUE], InspectionDueRow):
        place = (DUE, inspection.row)
        ends_on = subsumed_from(inspection.kind, inspection.window_last_day)
        if ends_on is not None:
            message = f"the review has taken its place since {date_in_words(ends_on)} (R011)."
            yield ImportProblem(*place, "kind", inspection.kind, message, TOO_LATE)
            continue
        if inspection.kind not in kinds:
            message = "no framework with windows of its own is of this kind."
            yield ImportProblem(*place, "kind", inspection.kind, message, nearest(inspection.kind, kinds))
            continue
        try:
            framework = framework_on(inspection.kind, inspection.window_first_day, known)
        except InvalidFile as fault:
            finding = fault.findings[0]
            text = inspection.window_first_day.isoformat()
            yield ImportProblem(*place, "window_first_day", text, finding.message, finding.advice)
            continue
        yield from _in_its_year(inspection, framework)
        yield from _twice(inspection, framework, seen)
        if inspection.window_last_day < programme.first_start_on:
            text = inspection.window_last_day.isoformat()
            message = f"its window ends before the programme starts ({programme.first_start_on})."
            yield ImportProblem(
                *place, "window_last_day", text, message, "Check the year, or delete the row if it is over."
            )


def _in_its_year(row: InspectionDueRow, framework: Framework) -> Iterator[ImportProblem]:
    """All days of the window count for the year that the row names (R140)."""
    rule, number = framework.recurrence, due_number(row, framework)
    for column, day in (("window_first_day", row.window_first_day), ("window_last_day", row.window_last_day)):
        year = counted_year(framework, day)
        if rule is not None and year is not None and year != number:
            message = (
                f"a {row.kind} that begins on this day counts for {year_in_words(rule, year)}, not {number}."
            )
            yield ImportProblem(
                DUE, row.row, column, day.isoformat(), message, "Give a day of that year, or another round."
            )


def _twice(
    row: InspectionDueRow, framework: Framework, seen: dict[tuple[str, str, int], InspectionDueRow]
) -> Iterator[ImportProblem]:
    """One window for each activity."""
    number, rule = due_number(row, framework), framework.yearly
    first = seen.setdefault((row.area, row.kind, number), row)
    if first is row:
        return
    if rule is not None:
        message = (
            f"it counts for {year_in_words(rule, number)}, as does the window of "
            f"{date_in_words(first.window_first_day)} (row {first.row})."
        )
        advice = "Check the dates; one counts each year."
        yield ImportProblem(
            DUE, row.row, "window_first_day", row.window_first_day.isoformat(), message, advice
        )
    else:
        text, message = f"{row.area}, {row.kind}", f"duplicate of row {first.row}."
        advice = "Delete one of the rows, or number them in the column round."
        yield ImportProblem(DUE, row.row, "area", text, message, advice)


def _in_programme(
    programme: ProgrammeRow, column: str, value: object, message: str, advice: str
) -> ImportProblem:
    return ImportProblem("programme.csv", programme.row, column, str(value), message, advice)


def _in_last(row: LastInspectionRow, column: str, value: str, message: str, advice: str) -> ImportProblem:
    return ImportProblem(LAST, row.row, column, value, message, advice)
