"""How a solve goes, on stderr: phase, seconds, incumbent, bound, gap."""

from contextlib import suppress

from cli.shown.output import percent, say
from scheduler.values.result import TracePoint, gap

QUIET_SECONDS = 1.0
"""A better bound is told at most so often; a new phase and a better plan at once."""


class Progress:
    """Listens to one solve and tells people how it goes."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._told: TracePoint | None = None

    def __call__(self, point: TracePoint) -> None:
        """Tell of a point of the trace, if it is news."""
        told = self._told
        is_news = told is None or (point.phase, point.incumbent) != (told.phase, told.incumbent)
        if told is not None and not is_news and point.seconds - told.seconds < QUIET_SECONDS:
            return
        self._told = point
        with suppress(OSError, ValueError):  # a closed stderr is no reason to lose the plan
            say(f"{self._name}: {in_words(point)}")


def in_words(point: TracePoint) -> str:
    """One line: 'dates  10.2 s  incumbent 60742  bound 53108  gap 12.568 %'."""
    known = point.incumbent is not None and point.bound is not None
    distance = gap(point.incumbent, point.bound) if known else None  # type: ignore[arg-type]
    return (
        f"{point.phase:<9} {point.seconds:6.1f} s  incumbent {_or_dash(point.incumbent)}"
        f"  bound {_or_dash(point.bound)}  gap {percent(distance)}"
    )


def _or_dash(value: int | None) -> str:
    return "-" if value is None else str(value)
