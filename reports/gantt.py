"""The Gantt chart as HTML: a table with one small picture per row, readable by everybody and without JavaScript."""

import base64
import hashlib
from itertools import groupby

from reports.gantt_axis import AXIS_HEIGHT, axis_in_words, draw_axis, gridlines_path, today_path
from reports.gantt_drawing import gantt_svg
from reports.gantt_key import SAMPLE_HEIGHT, SAMPLE_WIDTH, definitions, key_entries
from reports.gantt_modes import MODES
from reports.gantt_row import bands_path, draw_row, row_height
from reports.gantt_style import PAGE, SHAPES, TABLE
from reports.gantt_words import next_in_words, row_in_words
from reports.markup import escaped, link, time_element
from reports.scale import Scale, scale_for
from reports.values import GanttChart, Level, Row

__all__ = ["gantt_css", "gantt_html", "gantt_svg", "gantt_table"]

_NUM_COLUMNS = 4
_LEAST_ROW_HEIGHT = 40
"""Pixels of two lines of words, so that bands run on from row to row."""

_MOST_TOOLTIPS = 4_000
"""Above so many bars and diamonds, tooltips would break the page budget of 250 KB on the wire; the labels say the
same."""


def gantt_css() -> str:
    """The style of `gantt_table`: for a style sheet of the console or the style element of a file."""
    return SHAPES + TABLE + MODES


def gantt_table(chart: GanttChart, heading_level: int = 2) -> str:
    """
    A chart as an HTML fragment: finding, key, and the table in a region that scrolls by itself.

    Holds classes and presentation attributes only, no style attribute and no script, so that a strict content
    security policy lets it pass. All texts are escaped.

    Parameters
    ----------
    heading_level
        Level (1 to 6) of the heading with the chart's title.
    """
    scale = scale_for(chart)
    shared = _SharedPaths(chart, scale)
    body = "".join(_group(name, list(rows), chart, scale, shared) for name, rows in _grouped(chart))
    title, subtitle = escaped(chart.title), escaped(chart.subtitle)
    return (
        '<section class="jc-gantt">\n'
        f'<h{heading_level} class="jc-gantt__title" id="{chart.key}-title">{title}</h{heading_level}>\n'
        + (f'<p class="jc-gantt__subtitle">{subtitle}</p>\n' if subtitle else "")
        + shared.definitions()
        + _key(chart)
        + f'<div class="jc-gantt__region" role="region" aria-labelledby="{chart.key}-title" tabindex="0">\n'
        f'<table aria-labelledby="{chart.key}-title">\n{_head(chart, scale)}{body}</table>\n</div>\n</section>\n'
    )


def gantt_html(chart: GanttChart) -> str:
    """
    A chart as one self-contained HTML file: no external reference, no script; works offline and on paper.

    Its own content security policy admits nothing but the style sheet inside, named by its hash.
    """
    style = gantt_css() + PAGE
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{digest}'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(chart.title)}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n<main>\n{gantt_table(chart, heading_level=1)}</main>\n</body>\n</html>\n"
    )


class _SharedPaths:
    """What many rows have in common, written once and used by reference: lines, and each pattern of holidays."""

    def __init__(self, chart: GanttChart, scale: Scale) -> None:
        self.key, self.scale = chart.key, scale
        self.height = max((row_height(row, _LEAST_ROW_HEIGHT) for row in chart.rows), default=0)
        light, strong = gridlines_path(chart, scale, self.height)
        today = today_path(chart, scale, self.height)
        self.lines = f'<path class="jc-g" d="{light}"/><path class="jc-y" d="{strong}"/>' + (
            f'<path class="jc-n" d="{today}"/>' if today else ""
        )
        self.has_tooltips = sum(len(row.bars) + len(row.milestones) for row in chart.rows) <= _MOST_TOOLTIPS
        self.id_by_path: dict[str, str] = {}
        for row in chart.rows:
            path = bands_path(row.holidays, scale, self.height)
            self.id_by_path.setdefault(path, f"{chart.key}-h{len(self.id_by_path)}")

    def definitions(self) -> str:
        """An invisible picture that holds the shared pieces."""
        grounds = "".join(self._ground(name, path) for path, name in self.id_by_path.items())
        return (
            '<svg class="jc-gantt__definitions" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
            f'{definitions(self.key)}<g id="{self.key}-g">{self.lines}</g>{grounds}</defs></svg>\n'
        )

    def ground(self, row: Row) -> str:
        """A reference to the row's holidays with the lines over them."""
        return f'<use href="#{self.id_by_path[bands_path(row.holidays, self.scale, self.height)]}"/>'

    def _ground(self, name: str, path: str) -> str:
        holidays = f'<path class="jc-h" d="{path}"/>' if path else ""
        return f'<g id="{name}">{holidays}<use href="#{self.key}-g"/></g>'


def _grouped(chart: GanttChart) -> "groupby[str, Row]":
    return groupby(chart.rows, key=lambda row: row.group)


def _key(chart: GanttChart) -> str:
    items = "".join(
        f'<li><svg width="{SAMPLE_WIDTH}" height="{SAMPLE_HEIGHT}" viewBox="-.5 -.5 {SAMPLE_WIDTH} {SAMPLE_HEIGHT}" '
        f'aria-hidden="true" focusable="false">{sample}</svg>{escaped(words)}</li>\n'
        for sample, words in key_entries(chart)
    )
    return f'<ul class="jc-gantt__key" aria-label="Key">\n{items}</ul>\n' if items else ""


def _head(chart: GanttChart, scale: Scale) -> str:
    axis = _picture(axis_in_words(chart, scale), scale.width, AXIS_HEIGHT, draw_axis(chart, scale))
    return (
        f'<thead><tr><th scope="col">{escaped(chart.row_heading)}</th><th scope="col">Next date</th>'
        f'<th scope="col">Status</th><th scope="col">{axis}</th></tr></thead>\n'
    )


def _group(name: str, rows: list[Row], chart: GanttChart, scale: Scale, shared: _SharedPaths) -> str:
    heading = ""
    if name:
        heading = (
            f'<tr><th colspan="{_NUM_COLUMNS}" scope="rowgroup">'
            f'<span class="jc-gantt__group">{escaped(name)}</span></th></tr>\n'
        )
    return f"<tbody>\n{heading}{''.join(_row(row, chart, scale, shared) for row in rows)}</tbody>\n"


def _row(row: Row, chart: GanttChart, scale: Scale, shared: _SharedPaths) -> str:
    drawing = draw_row(row, chart, _LEAST_ROW_HEIGHT, has_tooltips=shared.has_tooltips)
    content = shared.ground(row) + drawing.markup
    return (
        f'<tr><th scope="row">{link(row.name, row.href)}</th><td>{_next(row)}</td><td>{_status(row)}</td>'
        f"<td>{_labelled(row, scale.width, drawing.height, content)}</td></tr>\n"
    )


def _labelled(row: Row, width: int, height: int, content: str) -> str:
    """A row's picture with its label, which the style shows to everybody while the row's link has the focus.

    Where the row has no link, the picture itself is a stop.
    """
    stop = "" if row.href else ' tabindex="0"'
    return (
        f'<div role="img"{stop} aria-label="{escaped(row_in_words(row))}">'
        f'<svg aria-hidden="true" focusable="false" width="{width}" height="{height}" '
        f'viewBox="-.5 -.5 {width} {height}">{content}</svg></div>'
    )


def _picture(words: str, width: int, height: int, content: str) -> str:
    """An inline SVG that says the same as `words`; half a pixel of offset keeps thin lines sharp."""
    return (
        f'<svg role="img" aria-label="{escaped(words)}" width="{width}" height="{height}" '
        f'viewBox="-.5 -.5 {width} {height}">{content}</svg>'
    )


def _next(row: Row) -> str:
    if row.next_on is None:
        return ""
    name = next_in_words(row)
    return time_element(row.next_on) + (f"<small>{escaped(name)}</small>" if name else "")


def _status(row: Row) -> str:
    words = escaped(row.status)
    if row.level is Level.USUAL or not words:
        return words
    return f'<strong class="jc-gantt__status jc-gantt__status--{row.level.value}">{words}</strong>'
