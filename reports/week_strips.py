"""Weeks side by side as a strip: runs of equal weeks are one shape each, so that three years take few bytes."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TypeVar

from reports.markup import escaped, safe_address

Week = TypeVar("Week")

PIXELS_PER_WEEK = 6
HEIGHT = 26
AXIS_HEIGHT = 18
LEAST_LABELLED = 2
"""Digits fit into a run of so many weeks or more."""

HATCH = "jc-hatch"


@dataclass(frozen=True)
class Run:
    """Equal weeks in a row, from number `first` up to, not including, `end`.

    `tone` is a class of the style sheet; `words` stand in the tooltip, `label` in the run itself.
    """

    first: int
    end: int
    tone: str
    words: str = ""
    href: str = ""
    label: str = ""
    is_hatched: bool = False


def runs_of(
    weeks: Sequence[Week], kind: Callable[[Week], Hashable]
) -> Iterable[tuple[int, int, Sequence[Week]]]:
    """Runs of weeks of the same kind: first number, end, and the weeks."""
    first = 0
    for _kind, run in groupby(weeks, kind):
        found = list(run)
        yield first, first + len(found), found
        first += len(found)


def hatch() -> str:
    """The hatching that strips of a page refer to; once a page."""
    return (
        '<svg class="jc-strip__definitions" width="0" height="0" aria-hidden="true"><defs>'
        f'<pattern id="{HATCH}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<path class="jc-hatching" d="M0 0v6"/></pattern></defs></svg>'
    )


def week_strip(runs: Iterable[Run], num_weeks: int, now: int | None = None) -> str:
    """The strip as SVG: hidden from screen readers and the keyboard, so its words must stand beside it as well.

    Parameters
    ----------
    now
        Number of the present week, where a line stands.
    """
    width = num_weeks * PIXELS_PER_WEEK
    line = ""
    if now is not None and 0 <= now < num_weeks:
        line = f'<path class="jc-now" d="M{now * PIXELS_PER_WEEK - 1} 0h2v{HEIGHT}h-2z"/>'
    shapes = "".join(map(_run, runs))
    return (
        f'<svg class="jc-strip" width="{width}" height="{HEIGHT}" viewBox="0 0 {width} {HEIGHT}" aria-hidden="true" '
        f'focusable="false">{shapes}{line}</svg>'
    )


def week_axis(first_monday: date, num_weeks: int) -> str:
    """The years above the strips, with a line at each quarter's beginning."""
    width = num_weeks * PIXELS_PER_WEEK
    parts, quarter = [], None
    for number in range(num_weeks):
        monday = first_monday + timedelta(weeks=number)
        x, following = number * PIXELS_PER_WEEK, (monday.year, (monday.month - 1) // 3)
        if quarter is not None and following != quarter:
            parts.append(f'<path class="jc-y" d="M{x} {0 if following[1] == 0 else 12}V{AXIS_HEIGHT}"/>')
        if quarter is None or following[0] != quarter[0]:
            parts.append(f'<text x="{x + 2}" y="12">{monday.year}</text>')
        quarter = following
    return (
        f'<svg class="jc-strip jc-strip--axis" width="{width}" height="{AXIS_HEIGHT}" viewBox="0 0 {width} '
        f'{AXIS_HEIGHT}" aria-hidden="true" focusable="false">{"".join(parts)}</svg>'
    )


def _run(run: Run) -> str:
    left, width = run.first * PIXELS_PER_WEEK, (run.end - run.first) * PIXELS_PER_WEEK
    path = f'd="M{left} 1h{width}v{HEIGHT - 2}h-{width}z"'
    title = f"<title>{escaped(run.words)}</title>" if run.words else ""
    shapes = f'<path class="jc-w {run.tone}" {path}>{title}</path>'
    if run.is_hatched:
        shapes += f'<path class="jc-over" {path} fill="url(#{HATCH})">{title}</path>'
    if run.label and run.end - run.first >= LEAST_LABELLED:
        shapes += f'<text x="{left + width // 2}" y="{HEIGHT // 2 + 4}">{escaped(run.label)}</text>'
    return f'<a href="{safe_address(run.href)}" tabindex="-1">{shapes}</a>' if run.href else shapes
