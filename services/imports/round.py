"""The round of kinds that come again: which activities an import makes of their frameworks, with what windows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from config.framework import Framework
from config.recurrence import Spread
from models import Activity
from services.days.lots import Key, Window, drawn_windows
from services.days.recurrence import Last, Occasion, occasions, year_span
from services.days.weeks import WEEK, day_after
from services.imports.lives import Lives, in_life
from services.imports.numbers import activity_code, due_number, past_numbers
from services.imports.reading import Batch
from services.imports.rows import AreaRow


@dataclass(frozen=True)
class Due:
    """An activity that is due: its first day lies from `start_on` up to, not including, `end_on`; None: any day."""

    area: str
    number: int
    start_on: date | None
    end_on: date | None


def activities_due(
    framework: Framework,
    batch: Batch,
    known: Mapping[str, Activity],
    last: Mapping[str, Last],
    chance: Random,
) -> list[Due]:
    """What a framework with a recurrence makes due in every area, in the order of areas.

    A window in `inspections_due.csv` takes the place of the one that follows from the framework. Years that are over
    are left out, unless something is known of them. A window that was drawn by lot stays until it has passed.

    Parameters
    ----------
    known
        The activities of the database by code.
    last
        The last one in each area, where the next counts from it.
    chance
        Draws the windows of kinds that nobody may guess.
    """
    due = _occasions(framework, batch, known, last)
    given = _given(framework, batch, due)
    windows = {key: (occasion.start_on, occasion.end_on) for key, occasion in due.items()}
    spread = framework.recurrence.spread if framework.recurrence else None
    if spread is not None:
        windows = _drawn(framework, due, given, spread, (batch, known, chance))
    windows |= given
    return [Due(area, number, *window) for (area, number), window in sorted(windows.items())]


def _occasions(
    framework: Framework, batch: Batch, known: Mapping[str, Activity], last: Mapping[str, Last]
) -> dict[Key, Occasion]:
    rule, programme = framework.recurrence, batch.programme
    assert rule is not None
    first_on, last_on = programme.first_start_on, programme.last_start_on
    due = {
        area.code: list(occasions(framework, first_on, last_on, last.get(area.code))) for area in batch.areas
    }
    lives = Lives(framework, batch, known, due)
    past = past_numbers(batch.past_reviews, framework, batch.programme).keys()

    def is_its_own(area: AreaRow, occasion: Occasion) -> bool:
        if rule.each is None or occasion.end_on > programme.planned_on:
            return lives.has(area, occasion)
        code = activity_code(area.code, framework.kind, occasion.number)
        return (area.code, occasion.number) in past or code in known

    found = {
        (area.code, occasion.number): in_life(occasion, area, framework) or occasion
        for area in batch.areas
        for occasion in due[area.code]
        if is_its_own(area, occasion)
    }
    for area_code, number in past - found.keys():
        span = year_span(rule, number) if rule.each else (programme.first_start_on, programme.last_start_on)
        found[area_code, number] = Occasion(number, *span)
    return found


def _given(framework: Framework, batch: Batch, due: Mapping[Key, Occasion]) -> dict[Key, Window]:
    """Windows of `inspections_due.csv`; without a round that of what is due once in the area is meant."""
    only = {} if framework.yearly else dict(due)
    found = {}
    for row in batch.inspections_due:
        if row.kind == framework.kind:
            number = due_number(row, framework)
            if row.round is None:
                number = next((known for area, known in only if area == row.area), number)
            found[row.area, number] = (row.window_first_day, day_after(row.window_last_day))
    return found


def _drawn(
    framework: Framework,
    due: Mapping[Key, Occasion],
    given: Mapping[Key, Window],
    spread: Spread,
    facts: tuple[Batch, Mapping[str, Activity], Random],
) -> dict[Key, Window]:
    """A window for each, those drawn before as they were, and a week for what has been."""
    batch, known, chance = facts
    past, today = past_numbers(batch.past_reviews, framework, batch.programme), batch.programme.planned_on
    kept = dict(given) | {key: (rows[0].first_day, rows[0].first_day + WEEK) for key, rows in past.items()}
    for key, occasion in due.items():
        row = known.get(activity_code(key[0], framework.kind, key[1]))
        if row is None or row.window_start_on is None or row.window_end_on is None or key in kept:
            continue
        is_in_year = occasion.start_on <= row.window_start_on and row.window_end_on <= occasion.end_on
        if is_in_year and (row.plan_version is not None or row.window_end_on > today):
            kept[key] = row.window_start_on, row.window_end_on
    ahead = {
        key: Occasion(occasion.number, min(max(occasion.start_on, today), occasion.end_on), occasion.end_on)
        for key, occasion in due.items()
    }
    return drawn_windows(ahead, kept, spread, chance)
