"""What a planner should hear of rounds though nothing is wrong: visits that end in the year after theirs (R140)."""

from collections.abc import Iterator, Mapping
from datetime import date

from config.framework import Framework
from config.framework_files import frameworks, named_frameworks, programme_frameworks
from reports.words import date_in_words
from services.days.planned_days import begins_on, stage_days
from services.days.recurrence import year_in_words, year_of
from services.imports.problems import ImportProblem
from services.imports.reading import Sheet, rows_of
from services.imports.rows import InspectionDueRow, PastReviewRow, ProgrammeRow


def round_remarks(sheets: Mapping[str, Sheet]) -> Iterator[ImportProblem]:
    """What begins before the end of its year and ends after it counts by its first day."""
    (programme,) = rows_of(sheets["programme.csv"], ProgrammeRow)
    known = named_frameworks(programme.frameworks, frameworks())
    yearly = {
        framework.kind: framework
        for framework in programme_frameworks(programme.first_start_on, known)
        if framework.yearly is not None
    }
    for due in rows_of(sheets["inspections_due.csv"], InspectionDueRow):
        if due.kind in yearly:
            place = ("inspections_due.csv", due.row, "window_first_day")
            yield from _across(place, due.window_first_day, yearly[due.kind])
    for past in rows_of(sheets["past_reviews.csv"], PastReviewRow):
        framework = yearly.get(past.kind)
        if framework is not None and past.stage == framework.stages[0].id:
            day = begins_on(framework.stages[0], past.first_day)
            yield from _across(("past_reviews.csv", past.row, "first_day"), day, framework)


def _across(place: tuple[str, int, str], first: date, framework: Framework) -> Iterator[ImportProblem]:
    rule, last = framework.yearly, stage_days(framework.stages[0], first)[1]
    assert rule is not None
    if year_of(rule, last) != year_of(rule, first):
        message = (
            f"it ends on {date_in_words(last)}, in the next year; it counts for "
            f"{year_in_words(rule, year_of(rule, first))} by its first day."
        )
        yield ImportProblem(*place, first.isoformat(), message)
