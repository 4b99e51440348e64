"""From days to whole pixels: every edge is sharp and every number in the file short."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from reports.values import Band
from reports.words import MONTHS, month_in_words

_COMFORTABLE_WIDTH = 960
"""Timeline in pixels that leaves room for names and words on a screen of 1,400."""

_MOST_PIXELS_PER_WEEK = 40


class Timeline(Protocol):
    """What an axis needs to know of a chart; days from `start` up to, but not including, `end`."""

    @property
    def start(self) -> date:
        """First day."""

    @property
    def end(self) -> date:
        """The day after the last."""

    @property
    def today(self) -> date | None:
        """Where the today line stands, if anywhere."""

    @property
    def periods(self) -> tuple[Band, ...]:
        """Named stretches of the upper axis; calendar years when empty."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Days from `start` up to, but not including, `end`, at `pixels_per_week`."""

    start: date
    end: date
    pixels_per_week: int

    @property
    def width(self) -> int:
        """Width of the whole timeline in pixels."""
        return self.x(self.end)

    def x(self, day: date) -> int:
        """Left edge of a day in pixels, clipped to the timeline; exact for days whole weeks from the start."""
        return self.full_width(self.start, min(max(day, self.start), self.end))

    def full_width(self, start: date, end: date) -> int:
        """Pixels of the half-open days `[start, end)`, wherever they lie."""
        return (2 * (end - start).days * self.pixels_per_week + 7) // 14

    def holds(self, day: date) -> bool:
        """Whether the day lies within the timeline."""
        return self.start <= day < self.end

    def span(self, start: date, end: date) -> tuple[int, int] | None:
        """Left edge and width of the half-open days `[start, end)`; None when they lie wholly outside."""
        if end <= self.start or start >= self.end:
            return None
        left = self.x(start)
        return left, self.x(end) - left


def scale_for(timeline: Timeline, least_pixels_per_week: int = 5) -> Scale:
    """The largest scale that keeps the timeline comfortable to read, and each week at least so wide."""
    fitting = _COMFORTABLE_WIDTH * 7 // (timeline.end - timeline.start).days
    pixels_per_week = min(max(fitting, least_pixels_per_week), _MOST_PIXELS_PER_WEEK)
    return Scale(timeline.start, timeline.end, pixels_per_week)


def months(scale: Scale) -> Iterator[Band]:
    """The calendar months the timeline touches, whole and named in full."""
    first = scale.start.replace(day=1)
    while first < scale.end:
        following = _next_month(first)
        yield Band(first, following, MONTHS[first.month - 1])
        first = following


def years(scale: Scale) -> Iterator[Band]:
    """The calendar years the timeline touches, whole."""
    for year in range(scale.start.year, scale.end.year + 1):
        if date(year, 1, 1) < scale.end:
            yield Band(date(year, 1, 1), date(year + 1, 1, 1), str(year))


def timeline_in_words(scale: Scale) -> str:
    """'September 2005 to December 2008': the months of the first and of the last day."""
    last = date.fromordinal(scale.end.toordinal() - 1)
    first_words, last_words = month_in_words(scale.start), month_in_words(last)
    return first_words if first_words == last_words else f"{first_words} to {last_words}"


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
