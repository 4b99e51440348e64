"""Weeks that calendars leave open: in which starts the stages of an activity find room."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from scheduler.values.problem import Calendar, Stage
from scheduler.values.value import Week

ClosedWeeks = Mapping[str, AbstractSet[Week]]
"""The weeks that each calendar closes, by its id."""


def closed_weeks(calendars: Iterable[Calendar]) -> ClosedWeeks:
    """The closed weeks of some calendars."""
    return {
        calendar.id: {week for closure in calendar.closures for week in closure.span.weeks()}
        for calendar in calendars
    }


def open_starts(
    stages: Sequence[Stage], closed: ClosedWeeks, firsts: Iterable[Week], num_weeks: int
) -> Iterator[tuple[Week, ...]]:
    """The starts of all stages that lags and closed weeks allow, if the first one starts in one of `firsts`.

    Parameters
    ----------
    num_weeks
        Weeks of the horizon: no stage ends after it.
    """

    def later(starts: tuple[Week, ...], end: Week) -> Iterator[tuple[Week, ...]]:
        if len(starts) == len(stages):
            yield starts
            return
        stage = stages[len(starts)]
        room = range(end + stage.lag_min_weeks, end + stage.lag_max_weeks + 1)
        for week in room if starts else firsts:
            weeks = range(week, week + stage.duration_weeks)
            is_open = not any(set(weeks) & closed[calendar] for calendar in stage.calendars)
            if is_open and weeks.stop <= num_weeks:
                yield from later((*starts, week), weeks.stop)

    yield from later((), 0)
