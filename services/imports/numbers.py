"""Which of several activities of a kind in an area a row means: the round, or the year for which it counts."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from config.framework import Framework
from services.days.lots import Key
from services.days.planned_days import begins_on
from services.days.recurrence import year_of
from services.days.weeks import monday_of
from services.imports.rows import InspectionDueRow, PastReviewRow, PastTeamRow, ProgrammeRow


def activity_code(area: str, kind: str, number: int = 1) -> str:
    """Code of an activity: AREA-KIND, of a later round or a year AREA-KIND-2, AREA-KIND-2009."""
    return f"{area}-{kind}" + (f"-{number}" if number > 1 else "")


def counted_year(framework: Framework | None, day: date) -> int | None:
    """The year for which an activity that begins on a day counts; None of a kind that does not come each year."""
    rule = framework.yearly if framework is not None else None
    return year_of(rule, day) if rule is not None else None


def due_number(row: InspectionDueRow, framework: Framework) -> int:
    """The number that a row of inspections_due.csv gives, else the year of its first day, else 1."""
    return row.round or counted_year(framework, row.window_first_day) or 1


def past_numbers(
    rows: Iterable[PastReviewRow], framework: Framework, programme: ProgrammeRow
) -> dict[Key, list[PastReviewRow]]:
    """The rows of a framework's kind by the activity they mean, those of an activity in the order of the file.

    Without a round a row of a yearly kind belongs to the year in which its activity began: to the latest first stage
    on or before its day. A stage is planned in weeks: whichever day of its first week a row names, `first_day` of
    what is returned is the Monday.
    """
    usual, first = usual_number(framework, programme), framework.stages[0].id
    by_area: dict[str, list[PastReviewRow]] = defaultdict(list)
    for row in rows:
        if row.kind == framework.kind:
            by_area[row.area].append(row.model_copy(update={"first_day": monday_of(row.first_day)}))
    found: dict[Key, list[PastReviewRow]] = defaultdict(list)
    for area, its_rows in by_area.items():
        begins = sorted(row.first_day for row in its_rows if row.stage == first)
        for row in its_rows:
            began_on = max((day for day in begins if day <= row.first_day), default=row.first_day)
            number = row.round or counted_year(framework, begins_on(framework.stages[0], began_on)) or usual
            found[area, number].append(row)
    return found


def team_numbers(
    rows: Iterable[PastTeamRow], numbers: Iterable[Key], framework: Framework, programme: ProgrammeRow
) -> dict[Key, list[PastTeamRow]]:
    """The people of one kind by the activity they mean: without a round the only one of the area."""
    of_area: dict[str, list[int]] = defaultdict(list)
    for area, number in numbers:
        of_area[area].append(number)
    found: dict[Key, list[PastTeamRow]] = defaultdict(list)
    for row in rows:
        known = of_area[row.area]
        usual = known[0] if len(known) == 1 else usual_number(framework, programme)
        found[row.area, row.round or usual].append(row)
    return found


def usual_number(framework: Framework, programme: ProgrammeRow) -> int:
    """The number of what does not come each year: the programme's round, 1 of what has its window from a file."""
    return programme.round if framework.window == "programme" and framework.recurrence is None else 1
