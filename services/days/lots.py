"""Windows that are drawn by lot, so that the dates of a year are spread and nobody can guess them (R068)."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

from config.recurrence import WEEKS_A_YEAR, Spread
from services.days.recurrence import Occasion
from services.days.weeks import WEEK, day_before, monday_from, monday_of

Window = tuple[date, date]
"""First day, and the day after the last."""

Key = tuple[str, int]
"""Area and year, or the number of one that does not come each year."""

DRAWS = 2000
"""So often a year is drawn anew until its windows are spread; then the draw that spreads them most is taken."""


def drawn_windows(
    due: Mapping[Key, Occasion], kept: Mapping[Key, Window], spread: Spread, chance: Random
) -> dict[Key, Window]:
    """A window for each occasion: those kept as they are, the others drawn year by year.

    Parameters
    ----------
    due
        When each may start at all, by area and year.
    kept
        Windows drawn before, or the weeks of what was published or begun.
    chance
        Must not be foreseeable outside tests.
    """
    found = dict(kept)
    for year in sorted({number for _area, number in due}):
        of_year = {key: occasion for key, occasion in sorted(due.items()) if key[1] == year}
        free = {
            key: _starts(occasion, found.get((key[0], year - 1)), spread)
            for key, occasion in of_year.items()
            if key not in kept
        }
        fixed = [found[key] for key in of_year if key in kept]
        if free:
            found |= _draw(of_year, free, fixed, spread, chance)
    return found


def spread_of(windows: list[Window]) -> int:
    """Whole weeks from the end of the first window to the start of the last; negative where all overlap."""
    return (max(start for start, _end in windows) - min(end for _start, end in windows)) // WEEK


def _draw(
    due: Mapping[Key, Occasion],
    free: Mapping[Key, list[date]],
    fixed: list[Window],
    spread: Spread,
    chance: Random,
) -> dict[Key, Window]:
    weeks = max((occasion.end_on - occasion.start_on) // WEEK for occasion in due.values())
    wanted = spread.weeks * min(weeks, WEEKS_A_YEAR) // WEEKS_A_YEAR
    best: tuple[int, dict[Key, Window]] | None = None
    for _ in range(DRAWS):
        drawn = {key: _window(chance.choice(starts), due[key], spread) for key, starts in free.items()}
        width = spread_of([*drawn.values(), *fixed])
        if best is None or width > best[0]:
            best = width, drawn
        if width >= wanted or len(due) == 1:
            return drawn
    assert best is not None
    return best[1]


def _window(start: date, occasion: Occasion, spread: Spread) -> Window:
    return start, min(start + spread.window_weeks * WEEK, occasion.end_on)


def _starts(occasion: Occasion, year_before: Window | None, spread: Spread) -> list[date]:
    """Mondays on which a window may begin; away from the weeks of the year before, if that leaves any."""
    first = monday_from(occasion.start_on)
    num = max(1, (occasion.end_on - first) // WEEK - spread.window_weeks + 1)
    starts = [first + number * WEEK for number in range(num)]
    if year_before is None:
        return starts
    far = [start for start in starts if _is_far(_window(start, occasion, spread), year_before, spread)]
    return far or starts


def _is_far(window: Window, before: Window, spread: Spread) -> bool:
    """Whether a window lies away from last year's, and from the same weeks a year on."""
    room = (spread.weeks_from_last + 1) * WEEK
    first, last = _mondays(window)
    shifts = (timedelta(), WEEKS_A_YEAR * WEEK)
    spans = [(start + shift, end + shift) for start, end in [_mondays(before)] for shift in shifts]
    return all(last + room <= start or end + room <= first for start, end in spans)


def _mondays(window: Window) -> Window:
    """First and last Monday in it."""
    return monday_from(window[0]), monday_of(day_before(window[1]))
