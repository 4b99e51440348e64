"""Areas that begin or end within the programme: who reviews are of, and when they may be.

What an area has begun stays with it. What it has not begun stays as long as it can still be done before the area ends;
after that, whoever follows the area takes it over.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from config.framework import Framework
from models import Activity
from services.days.recurrence import Occasion, latest_monday
from services.days.weeks import WEEK, monday_from
from services.imports.checks import Sheets
from services.imports.numbers import past_numbers
from services.imports.problems import ImportProblem
from services.imports.reading import Batch, rows_of
from services.imports.rows import AreaRow
from services.problem.facts import BEGUN


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
    """Which areas have what is due of a framework, by what has begun and what can still be done."""

    def __init__(
        self,
        framework: Framework,
        batch: Batch,
        known: Mapping[str, Activity],
        due: Mapping[str, Sequence[Occasion]],
    ) -> None:
        """Read what has begun.

        Parameters
        ----------
        known
            The activities of the database by code.
        due
            By area what would be due if it were always there.
        """
        self._framework, self._today, self._due = framework, batch.programme.planned_on, due
        self._areas = {area.code: area for area in batch.areas}
        past = past_numbers(batch.past_reviews, framework, batch.programme)
        self._begun = {key for key, rows in past.items() if rows[0].state in BEGUN}
        self._begun |= {
            (row.area_code, row.round)
            for row in known.values()
            if row.kind == framework.kind and row.state in BEGUN
        }

    def has(self, area: AreaRow, occasion: Occasion) -> bool:
        """Whether something is an area's: what it has begun, or can still do unless somebody before it does."""
        if (area.code, occasion.number) in self._begun:
            return True
        return self._has_room(area, occasion) and self._falls_to(area, occasion)

    def _falls_to(self, area: AreaRow, occasion: Occasion) -> bool:
        """Whether it would be an area's in its time: those whose place it takes leave it, or there are none."""
        before = [self._areas[code] for code in area.follows if code in self._areas]
        return not before or any(self._leaves(earlier, occasion) for earlier in before)

    def _leaves(self, area: AreaRow, occasion: Occasion) -> bool:
        """Whether neither an area nor any before it has begun something, or can still begin it."""
        its_own = self._counterpart(area, occasion)
        if its_own is not None and (
            (area.code, its_own.number) in self._begun or self._has_room(area, its_own)
        ):
            return False
        return self._falls_to(area, its_own or occasion)

    def _counterpart(self, area: AreaRow, occasion: Occasion) -> Occasion | None:
        """What is due in an area for the same year, or the one thing that is due once."""
        is_yearly, its_own = self._framework.yearly is not None, self._due.get(area.code, ())
        return next((due for due in its_own if not is_yearly or due.number == occasion.number), None)

    def _has_room(self, area: AreaRow, occasion: Occasion) -> bool:
        """Whether something that has not begun could still begin, and end before the area does."""
        left = in_life(occasion, area, self._framework)
        if left is None or area.ends_on is None:
            return left is not None
        return monday_from(max(left.start_on, self._today)) < left.end_on


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
