"""Areas that begin or end within the programme: who reviews are of, and when they may be.

What an area has begun stays with it. What it has not begun stays as long as it can still be done before the area ends;
after that, whoever follows the area takes it over.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from config.framework import Framework
from models import Activity
from services.days.recurrence import Occasion, latest_monday
from services.days.weeks import monday_of
from services.imports.checks import Sheets
from services.imports.problems import ImportProblem
from services.imports.reading import Batch, rows_of
from services.imports.rows import AreaRow, ProgrammeRow
from services.problem.facts import BEGUN

WEEK = timedelta(weeks=1)


def window_in_life(area: AreaRow, framework: Framework) -> tuple[date | None, date | None]:
    """From the day on which the area begins up to, not including, the week in which it would be too late to begin."""
    if area.ends_on is None:
        return area.begins_on, None
    return area.begins_on, latest_monday(framework, area.ends_on) + WEEK


def in_life(occasion: Occasion, area: AreaRow, framework: Framework) -> Occasion | None:
    """What the life of an area leaves of an occasion; None if that is nothing."""
    begin, end = window_in_life(area, framework)
    start_on, end_on = max(occasion.start_on, begin or date.min), min(occasion.end_on, end or date.max)
    return Occasion(occasion.number, start_on, end_on) if start_on < end_on else None


class Lives:
    """Which area has the activities of a kind and round, by what has begun and what can still be done."""

    def __init__(self, batch: Batch, known: Mapping[str, Activity]) -> None:
        self._programme = batch.programme
        self._areas = {area.code: area for area in batch.areas}
        self._begun = {(row.area_code, row.kind, row.round) for row in known.values() if row.state in BEGUN}
        self._begun |= {
            (row.area, row.kind, row.round or batch.programme.round)
            for row in batch.past_reviews
            if row.state in BEGUN
        }

    def has(self, area: AreaRow, framework: Framework, number: int) -> bool:
        """Whether the area has an activity of the framework in a round."""
        if (area.code, framework.kind, number) in self._begun:
            return True
        if not has_room(area, framework, self._programme):
            return False
        before = [self._areas[code] for code in area.follows if code in self._areas]
        return not before or any(self._leaves(earlier, framework, number) for earlier in before)

    def _leaves(self, area: AreaRow, framework: Framework, number: int) -> bool:
        """Whether an area leaves its activity to whoever follows it."""
        has_begun = (area.code, framework.kind, number) in self._begun
        return not has_begun and not has_room(area, framework, self._programme)


def has_room(area: AreaRow, framework: Framework, programme: ProgrammeRow) -> bool:
    """Whether something that has not begun could still end before the area does."""
    if area.ends_on is None:
        return True
    first = max(programme.first_start_on, programme.planned_on, area.begins_on or date.min)
    return monday_of(first + timedelta(days=6)) <= latest_monday(framework, area.ends_on)


def check_lives(sheets: Sheets) -> Iterator[ImportProblem]:
    """An area begins before it ends, follows one that ends, not itself, and begins after it has ended."""
    rows = rows_of(sheets["areas.csv"], AreaRow)
    by_code = {row.code: row for row in rows}
    for row in rows:
        for code in row.follows:
            earlier = by_code.get(code)
            if earlier is None:
                continue  # an unknown code is reported as such
            place = ("areas.csv", row.row, "follows", code)
            if earlier is row:
                yield ImportProblem(*place, "an area does not follow itself.", "Name the one before it.")
            elif earlier.ends_on is None:
                message = f"{earlier.name} (row {earlier.row}) has no last day."
                yield ImportProblem(*place, message, "Give its ends_on, or leave follows blank.")
            elif row.begins_on is None or row.begins_on <= earlier.ends_on:
                message = (
                    f"{earlier.name} ends on {earlier.ends_on}, and {row.name} does not begin after that."
                )
                yield ImportProblem(*place, message, "Give its begins_on, or correct the days.")
