"""The Gantt chart as one self-contained SVG file, for papers and slides: the same rows, with the words beside them."""

from dataclasses import dataclass
from itertools import groupby

from reports.gantt_axis import AXIS_HEIGHT, axis_in_words, draw_axis, gridlines_path, today_path
from reports.gantt_key import SAMPLE_WIDTH, definitions, key_entries
from reports.gantt_row import bands_path, draw_row
from reports.gantt_style import SHAPES
from reports.gantt_words import row_in_words
from reports.markup import escaped, link, text_width, wrapped
from reports.scale import Scale, scale_for
from reports.values import GanttChart, Level, Row
from reports.words import date_in_words

_MARGIN = 16
_COLUMN_GAP = 16
_GROUP_HEIGHT = 26
_KEY_LINE_HEIGHT = 24
_LEAST_ROW_HEIGHT = 26
_MOST_NAME_WIDTH, _MOST_STATUS_WIDTH = 220, 240

_STYLE = """\
svg.jc-gantt text.a{font-size:12px;font-weight:700}
svg.jc-gantt text.s{font-size:12px}
svg.jc-gantt text.q{font-size:20px;font-weight:700}
svg.jc-gantt text.u{fill:#484d50;font-size:13px}
svg.jc-gantt text.c{font-size:13px;font-weight:700}
"""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Left edges of the columns in pixels, and the width of the picture."""

    next_date: int
    status: int
    timeline: int
    width: int


def gantt_svg(chart: GanttChart) -> str:
    """A chart as one SVG file with its title, key, axis and rows; each row is an image with a label in words."""
    scale = scale_for(chart)
    columns = _columns(chart, scale)
    head, top = _head(chart, scale, columns)
    rows, height = _rows(chart, scale, columns, top + AXIS_HEIGHT)
    grid = _grid(chart, scale, height - top - AXIS_HEIGHT)
    width, total = columns.width, height + _MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="jc-gantt" role="group" aria-labelledby="{chart.key}-title" '
        f'width="{width}" height="{total}" viewBox="0 0 {width} {total}">\n'
        f'<title id="{chart.key}-title">{escaped(chart.title)}</title>\n'
        f"<style>{SHAPES}{_STYLE}</style>\n<defs>{definitions(chart.key)}</defs>\n"
        f'<rect width="{width}" height="{total}" fill="#fff"/>\n{head}'
        f"{rows.beneath}"
        f'<g transform="translate({columns.timeline}.5 {top + AXIS_HEIGHT}.5)">{grid}</g>\n{rows.above}</svg>\n'
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    """Holidays, which lie beneath the gridlines, and everything else, which lies above."""

    beneath: str
    above: str


def _columns(chart: GanttChart, scale: Scale) -> _Columns:
    names = max((text_width(row.name, 12.5) for row in chart.rows), default=0)
    dates = [text_width(date_in_words(row.next_on), 12) for row in chart.rows if row.next_on]
    statuses = max((text_width(row.status, 12.5) for row in chart.rows), default=0)
    next_date = _MARGIN + min(max(names, 60), _MOST_NAME_WIDTH) + _COLUMN_GAP
    status = next_date + max([60, *dates]) + _COLUMN_GAP
    timeline = status + min(max(statuses, 40), _MOST_STATUS_WIDTH) + _COLUMN_GAP
    return _Columns(next_date, status, timeline, timeline + scale.width + _MARGIN)


def _head(chart: GanttChart, scale: Scale, columns: _Columns) -> tuple[str, int]:
    """Title, subtitle, key and axis; and the axis's upper edge."""
    parts, y = [], _MARGIN + 18
    for line in wrapped(chart.title, columns.width - 2 * _MARGIN, 21):
        parts.append(f'<text class="q" x="{_MARGIN}" y="{y}">{escaped(line)}</text>\n')
        y += 26
    if chart.subtitle:
        parts.append(f'<text class="u" x="{_MARGIN}" y="{y - 2}">{escaped(chart.subtitle)}</text>\n')
        y += 22
    key, y = _key(chart, columns.width, y - 8)
    parts.append(key)
    parts.append(_axis(chart, scale, columns, y))
    return "".join(parts), y


def _key(chart: GanttChart, width: int, top: int) -> tuple[str, int]:
    parts, x, y = [], _MARGIN, top
    entries = key_entries(chart)
    for sample, words in entries:
        needed = SAMPLE_WIDTH + 8 + text_width(words, 12)
        if x > _MARGIN and x + needed > width - _MARGIN:
            x, y = _MARGIN, y + _KEY_LINE_HEIGHT
        parts.append(
            f'<g transform="translate({x}.5 {y}.5)">{sample}'
            f'<text class="s" x="{SAMPLE_WIDTH + 6}" y="14">{escaped(words)}</text></g>\n'
        )
        x += needed + 20
    return "".join(parts), (y + _KEY_LINE_HEIGHT if entries else y) + 10


def _axis(chart: GanttChart, scale: Scale, columns: _Columns, top: int) -> str:
    bottom = top + AXIS_HEIGHT
    heads = ((_MARGIN, chart.row_heading), (columns.next_date, "Next date"), (columns.status, "Status"))
    texts = "".join(f'<text class="a" x="{x}" y="{bottom - 6}">{escaped(words)}</text>' for x, words in heads)
    return (
        f'{texts}<g role="img" aria-label="{escaped(axis_in_words(chart, scale))}" '
        f'transform="translate({columns.timeline}.5 {top}.5)">{draw_axis(chart, scale)}</g>\n'
        f'<path d="M{_MARGIN} {bottom}.5H{columns.width - _MARGIN}" stroke="#0b0c0c"/>\n'
    )


def _rows(chart: GanttChart, scale: Scale, columns: _Columns, top: int) -> tuple[_Rows, int]:
    """All rows from `top` downwards, and the lower edge of the last."""
    beneath, above, y = [], [], top
    for name, rows in groupby(chart.rows, key=lambda row: row.group):
        if name:
            above.append(_group_heading(name, y, columns))
            y += _GROUP_HEIGHT
        for row in rows:
            drawing = draw_row(row, chart, _LEAST_ROW_HEIGHT)
            place = f'transform="translate({columns.timeline}.5 {y}.5)"'
            holidays = bands_path(row.holidays, scale, drawing.height)
            if holidays:
                beneath.append(f'<g {place}><path class="jc-h" d="{holidays}"/></g>\n')
            words = _row_words(row, columns, y + drawing.height // 2 + 4)
            above.append(
                f'{words}<g role="img" aria-label="{escaped(row_in_words(row))}" {place}>{drawing.markup}</g>\n'
            )
            y += drawing.height
            above.append(f'<path class="jc-g" d="M{_MARGIN} {y}.5H{columns.width - _MARGIN}"/>\n')
            y += 1
    return _Rows("".join(beneath), "".join(above)), y


def _group_heading(name: str, y: int, columns: _Columns) -> str:
    return (
        f'<rect x="{_MARGIN}" y="{y}" width="{columns.width - 2 * _MARGIN}" height="{_GROUP_HEIGHT}" fill="#f3f4f5"/>'
        f'<text class="c" x="{_MARGIN + 2}" y="{y + 18}">{escaped(name)}</text>\n'
    )


def _row_words(row: Row, columns: _Columns, baseline: int) -> str:
    style = {Level.USUAL: "s", Level.AT_RISK: "a", Level.LATE: "a r"}[row.level]
    name = link(_shortened(row.name, _MOST_NAME_WIDTH), row.href)
    next_date = date_in_words(row.next_on) if row.next_on else ""
    return (
        f'<text class="a" x="{_MARGIN}" y="{baseline}">{name}</text>'
        f'<text class="s" x="{columns.next_date}" y="{baseline}">{next_date}</text>'
        f'<text class="{style}" x="{columns.status}" y="{baseline}">'
        f"{escaped(_shortened(row.status, _MOST_STATUS_WIDTH))}</text>"
    )


def _shortened(text: str, width: int) -> str:
    """The text cut to a column, with an ellipsis; the row's label has it in full."""
    if text_width(text, 12.5) <= width:
        return text
    while text and text_width(f"{text}…", 12.5) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _grid(chart: GanttChart, scale: Scale, height: int) -> str:
    light, strong = gridlines_path(chart, scale, height)
    today = today_path(chart, scale, height)
    return f'<path class="jc-g" d="{light}"/><path class="jc-y" d="{strong}"/>' + (
        f'<path class="jc-n" d="{today}"/>' if today else ""
    )
