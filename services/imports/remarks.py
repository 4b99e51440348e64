"""What a planner should hear of, though nothing is wrong: people who will fill no place, visits across a year's end."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from services.days.weeks import day_after
from services.days.working_days import next_working_day
from services.imports.problems import ImportProblem
from services.imports.reading import Sheet, rows_of
from services.imports.rows import AbsenceRow, InspectorRow, LastInspectionRow
from services.imports.years_crossed import round_remarks

YEAR = timedelta(days=364)
"""From the first to the last of 365 days."""


def remarks_on(sheets: Mapping[str, Sheet]) -> list[ImportProblem]:
    """Remarks on files in which nothing is wrong."""
    return [*_cannot_serve(sheets), *_absent_all_year(sheets), *_doubtful(sheets), *round_remarks(sheets)]


def _doubtful(sheets: Mapping[str, Sheet]) -> Iterator[ImportProblem]:
    """Last inspections that the file itself doubts: they count, and whoever plans by them should know."""
    for row in rows_of(sheets["last_inspections.csv"], LastInspectionRow):
        if row.doubt is not None:
            message = f"the last {row.kind} of area {row.area} is in doubt: {row.doubt}."
            text = row.ended_on.isoformat() if row.ended_on is not None else ""
            yield ImportProblem("last_inspections.csv", row.row, "ended_on", text, message)


def _cannot_serve(sheets: Mapping[str, Sheet]) -> Iterator[ImportProblem]:
    for person in rows_of(sheets["inspectors.csv"], InspectorRow):
        if not person.skills and not person.is_leader:
            message = f"inspector {person.code} has no skill and is not a leader, so fills no place."
            yield ImportProblem("inspectors.csv", person.row, "skills", "", message)


def _absent_all_year(sheets: Mapping[str, Sheet]) -> Iterator[ImportProblem]:
    """People without a working day for a year or longer: they may have left, or a year may be mistyped."""
    away: dict[str, list[AbsenceRow]] = defaultdict(list)
    for absence in rows_of(sheets["absences.csv"], AbsenceRow):
        if absence.percent_available == 0:
            away[absence.inspector].append(absence)
    for inspector, absences in away.items():
        for run in _without_break(absences):
            first, last = run[0].first_day, max(absence.last_day for absence in run)
            if last - first >= YEAR:
                longest = max(run, key=lambda absence: absence.last_day - absence.first_day)
                message = f"inspector {inspector} has no working day from {first} to {last}, so fills no place then."
                text = longest.last_day.isoformat()
                yield ImportProblem("absences.csv", longest.row, "last_day", text, message)


def _without_break(absences: Sequence[AbsenceRow]) -> list[list[AbsenceRow]]:
    """Absences joined into runs between which lies at least one working day."""
    runs: list[list[AbsenceRow]] = []
    end = date.min
    for absence in sorted(absences, key=lambda absence: absence.first_day):
        if runs and absence.first_day <= next_working_day(day_after(end)):
            runs[-1].append(absence)
        else:
            runs.append([absence])
        end = max(end, absence.last_day)
    return runs
