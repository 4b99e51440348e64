"""How busy each pool is in each week: a heat map in one hue, over 100 per cent hatched and numbered; and in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from math import ceil

from reports.gantt_axis import AXIS_HEIGHT, axis_in_words, draw_axis, gridlines_path, today_path
from reports.gantt_style import SHAPES
from reports.markup import escaped, link, text_width, wrapped
from reports.scale import Scale, scale_for
from reports.values import Band, InvalidReport
from reports.words import date_in_words, list_in_words, plural

_MARGIN, _ROW_HEIGHT, _CELL_HEIGHT = 16, 28, 24
_LEAST_PIXELS_PER_WEEK = 9
_EPSILON = 1e-9
_SOON_FULL = 0.85
_MOST_NAMED_WEEKS = 6

_STEPS = (
    (0.5, "v1", "up to 50 per cent"),
    (0.7, "v2", "up to 70"),
    (0.85, "v3", "up to 85"),
    (1.0, "v4", "up to 100"),
)
"""Upper edges (included) of the classes, darkest last."""
_UNUSED, _ABSENT, _OVER = "v0", "vx", "v9"

HEAT = """\
.jc-load .v0{fill:#fff}
.jc-load .v1{fill:#dbeaf7}
.jc-load .v2{fill:#a5c9e8}
.jc-load .v3{fill:#5f9bd0}
.jc-load .v4{fill:#1d588f}
.jc-load .vx{fill:#e6e8e9}
.jc-load .v9{stroke:#061a33;stroke-width:1}
svg.jc-load text{fill:#0b0c0c;font:12px Arial,Helvetica,sans-serif}
svg.jc-load text.x{font-size:11px;font-weight:700;paint-order:stroke;stroke:#fff;stroke-width:4;text-anchor:middle}
svg.jc-load text.xs{font-size:8px}
svg.jc-load text.q{font-size:18px;font-weight:700}
svg.jc-load text.u{fill:#484d50;font-size:13px}
svg.jc-load text.a{font-weight:700}
"""
"""v0 unused, v1-v4 ever busier, v9 over, vx nobody there; texts: x number, xs small, q title, u quiet, a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadRow:
    """
    Demand and capacity of one pool, week by week, in places (one inspector for one week).

    Parameters
    ----------
    demand, capacity
        One number a week from the chart's first Monday on; both as long as the chart.
    """

    name: str
    demand: tuple[float, ...]
    capacity: tuple[float, ...]
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadChart:
    """
    Pools by weeks, from the Monday `start` for `num_weeks` weeks.

    Parameters
    ----------
    title
        The finding: 'Three pools are over capacity in May 2006'.
    today, periods, key
        As in `GanttChart`.
    """

    title: str
    start: date
    num_weeks: int
    rows: tuple[LoadRow, ...]
    subtitle: str = ""
    today: date | None = None
    periods: tuple[Band, ...] = ()
    key: str = "load"

    def __post_init__(self) -> None:
        wrong = [row.name for row in self.rows if {len(row.demand), len(row.capacity)} != {self.num_weeks}]
        if wrong or self.num_weeks < 1:
            raise InvalidReport(
                f"The chart has {plural(self.num_weeks, 'week')}, but not so {list_in_words(wrong) or 'its rows'}. "
                "Maybe cut demand and capacity to the weeks shown."
            )

    @property
    def end(self) -> date:
        """The Monday after the last week."""
        return self.start + timedelta(weeks=self.num_weeks)

    def monday(self, week: int) -> date:
        """First day of a week counted from 0."""
        return self.start + timedelta(weeks=week)


def load_css() -> str:
    """The style of heat maps within a page; includes what their axis needs."""
    return SHAPES + HEAT


def places_short(row: LoadRow, week: int) -> int:
    """Whole places by which demand exceeds capacity in a week; 0 when it does not."""
    return max(ceil(row.demand[week] - row.capacity[week] - _EPSILON), 0)


def row_in_words(row: LoadRow, chart: LoadChart) -> str:
    """'Health: over capacity in 2 weeks: 8 May 2006 by 2 and 15 May 2006 by 1. Over 85 per cent in 12 weeks.'"""
    over = [week for week in range(chart.num_weeks) if places_short(row, week)]
    busy = [
        week
        for week in range(chart.num_weeks)
        if week not in over and _share(row, week) >= _SOON_FULL - _EPSILON
    ]
    if not over:
        head = f"{row.name}: never over capacity"
    else:
        named = [
            f"{date_in_words(chart.monday(week))} by {places_short(row, week)}"
            for week in over[:_MOST_NAMED_WEEKS]
        ]
        rest = len(over) - len(named)
        named += [plural(rest, "more week")] if rest else []
        head = f"{row.name}: over capacity in {plural(len(over), 'week')}: {list_in_words(named)}"
    return f"{head}. At 85 per cent or more otherwise in {plural(len(busy), 'week')}."


def load_in_words(chart: LoadChart) -> tuple[str, ...]:
    """One sentence for each pool, those with the most places short first."""

    def shortage(row: LoadRow) -> int:
        return sum(places_short(row, week) for week in range(chart.num_weeks))

    return tuple(row_in_words(row, chart) for row in sorted(chart.rows, key=lambda row: -shortage(row)))


def load_svg(chart: LoadChart, *, is_file: bool = False) -> str:
    """
    The heat map as SVG, with neighbouring weeks of the same class drawn as one run; each row has a label in words.

    Parameters
    ----------
    is_file
        True for a file of its own, with its style inside; False within a page that has `load_css`.
    """
    scale = scale_for(chart, _LEAST_PIXELS_PER_WEEK)
    left = _MARGIN + max([text_width(row.name, 12.5) for row in chart.rows] + [60]) + 14
    width = left + scale.width + _MARGIN
    head, top = _head(chart, width)
    body_top = top + AXIS_HEIGHT
    height = body_top + len(chart.rows) * _ROW_HEIGHT + _MARGIN
    rows = "".join(
        _row(row, chart, scale, left, body_top + index * _ROW_HEIGHT) for index, row in enumerate(chart.rows)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="jc-gantt jc-load" role="group" '
        f'aria-labelledby="{chart.key}-title" width="{width}" height="{height}" viewBox="0 0 {width} {height}">\n'
        f'<title id="{chart.key}-title">{escaped(chart.title)}</title>\n'
        + (f"<style>{load_css()}</style>\n" if is_file else "")
        + f'<defs>{_hatch(chart.key)}</defs>\n<rect width="{width}" height="{height}" fill="#fff"/>\n{head}'
        f'<g role="img" aria-label="{escaped(axis_in_words(chart, scale))}" '
        f'transform="translate({left}.5 {top}.5)">{draw_axis(chart, scale)}</g>\n'
        f"{rows}{_grid(chart, scale, left, body_top)}</svg>\n"
    )


def _head(chart: LoadChart, width: int) -> tuple[str, int]:
    parts, y = [], _MARGIN + 16
    for line in wrapped(chart.title, width - 2 * _MARGIN, 19):
        parts.append(f'<text class="q" x="{_MARGIN}" y="{y}">{escaped(line)}</text>\n')
        y += 24
    if chart.subtitle:
        parts.append(f'<text class="u" x="{_MARGIN}" y="{y - 2}">{escaped(chart.subtitle)}</text>\n')
        y += 20
    parts.append(_key(chart.key, y - 6))
    return "".join(parts), y + 26


def _key(key: str, top: int) -> str:
    entries = [(f'class="{style}"', words) for _, style, words in _STEPS]
    entries += [
        (f'class="{_OVER}" fill="url(#{key}-over)"', "over 100, with the places short"),
        (f'class="{_ABSENT}"', "nobody there"),
    ]
    parts, x = [], _MARGIN
    for paint, words in entries:
        parts.append(
            f'<g transform="translate({x}.5 {top}.5)"><rect {paint} width="18" height="14"/>'
            f'<text x="24" y="12">{escaped(words)}</text></g>\n'
        )
        x += 24 + text_width(words, 12) + 18
    return "".join(parts)


def _hatch(key: str) -> str:
    return (
        f'<pattern id="{key}-over" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="4" height="4" fill="#fff"/><path d="M1 0v4" fill="none" stroke="#062447" stroke-width="1.4"/>'
        "</pattern>"
    )


def _share(row: LoadRow, week: int) -> float:
    return row.demand[week] / row.capacity[week] if row.capacity[week] > 0 else 0.0


def _cell(row: LoadRow, week: int) -> tuple[str, int]:
    """Class and places short of one week."""
    short = places_short(row, week)
    if short:
        return _OVER, short
    if row.capacity[week] <= 0:
        return _ABSENT, 0
    if row.demand[week] <= 0:
        return _UNUSED, 0
    share = _share(row, week)
    return next((style for edge, style, _ in _STEPS if share <= edge + _EPSILON), _STEPS[-1][1]), 0


def runs(row: LoadRow, num_weeks: int) -> Sequence[tuple[int, int, str, int]]:
    """First week, number of weeks, class and places short of every run of equal neighbouring weeks."""
    found, first = [], 0
    for (style, short), weeks in groupby(range(num_weeks), key=lambda week: _cell(row, week)):
        length = len(list(weeks))
        found.append((first, length, style, short))
        first += length
    return found


def _row(row: LoadRow, chart: LoadChart, scale: Scale, left: int, top: int) -> str:
    parts = []
    for first, length, style, short in runs(row, chart.num_weeks):
        if style == _UNUSED:
            continue
        x, width = first * scale.pixels_per_week, length * scale.pixels_per_week
        fill = f' fill="url(#{chart.key}-over)"' if short else ""
        parts.append(f'<path class="{style}"{fill} d="M{x} 0h{width}v{_CELL_HEIGHT}h-{width}z"/>')
        if short:
            size = "x" if text_width(str(short)) <= width + 2 else "x xs"
            parts.append(f'<text class="{size}" x="{x + width / 2:g}" y="16">{short}</text>')
    name = f'<text class="a" x="{_MARGIN}" y="{top + 16}">{link(row.name, row.href)}</text>'
    return (
        f'{name}<g role="img" aria-label="{escaped(row_in_words(row, chart))}" '
        f'transform="translate({left}.5 {top}.5)">{"".join(parts)}</g>\n'
    )


def _grid(chart: LoadChart, scale: Scale, left: int, top: int) -> str:
    height = len(chart.rows) * _ROW_HEIGHT
    _, strong = gridlines_path(chart, scale, height)
    lines = f'<path class="jc-y" d="{strong}"/>' if strong else ""
    today = today_path(chart, scale, height)
    now = f'<path class="jc-n" d="{today}"/>' if today else ""
    return f'<g transform="translate({left}.5 {top}.5)">{lines}{now}</g>\n'
