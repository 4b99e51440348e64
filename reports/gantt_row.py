"""The picture of one row: bands, bars, diamonds and words, as SVG without its outer element."""

from collections.abc import Iterable
from dataclasses import dataclass

from reports.gantt_endings import ring, tail
from reports.gantt_lanes import MILESTONE_REACH, clear_part, lane_by_activity, taken_by_activity
from reports.gantt_remarks import TEXT_BASELINE, beside, label_fits, padlock_fits, remarks_of, words_inside
from reports.gantt_words import bar_in_words, milestone_in_words
from reports.markup import escaped, rectangle_path
from reports.scale import Scale, scale_for
from reports.values import Band, Bar, GanttChart, Milestone, Row, Tone
from reports.words import capitalised

LANE_HEIGHT = 21
ROW_PADDING = 4

_LIVE_HEIGHT = 13
_BASELINE_TOP, _BASELINE_HEIGHT = 15, 3
BAR_BOX = {Tone.LIGHT: (3, 7), Tone.MIDDLE: (1, 11), Tone.DARK: (0, 13)}
"""Top and height of a bar within its lane, in pixels: the tones differ in shape as well as in colour."""

TONE_CLASS = {Tone.LIGHT: "t1", Tone.MIDDLE: "t2", Tone.DARK: "t3"}


@dataclass(frozen=True, slots=True)
class RowDrawing:
    """SVG of a row and its height in pixels."""

    markup: str
    height: int


@dataclass(frozen=True, slots=True)
class _Pen:
    """What every mark of a chart is drawn with."""

    scale: Scale
    key: str
    has_tooltips: bool

    def tooltip(self, words: str) -> str:
        return f"<title>{escaped(capitalised(words))}</title>" if self.has_tooltips else ""


def row_height(row: Row, least_height: int) -> int:
    """Height of a row's picture in pixels."""
    return max(least_height, 2 * ROW_PADDING + _lanes_height(lane_by_activity(row)))


def _lanes_height(lanes: dict[str, int]) -> int:
    return max(lanes.values(), default=0) * LANE_HEIGHT + _BASELINE_TOP + _BASELINE_HEIGHT


def draw_row(row: Row, chart: GanttChart, least_height: int, *, has_tooltips: bool = True) -> RowDrawing:
    """
    Draw windows, published bars, live bars, milestones and words; holidays and gridlines lie beneath.

    Parameters
    ----------
    chart
        Gives the scale, today (no word lies across its line), and the key with which ids of hatches and padlock
        start, as in `gantt_key.definitions`.
    least_height
        Pixels the row takes at least; its lanes lie in the middle.
    has_tooltips
        Whether bars and diamonds say their names and dates under the pointer.
    """
    scale, key, lanes = scale_for(chart), chart.key, lane_by_activity(row)
    height = row_height(row, least_height)
    first_top = (height - _lanes_height(lanes)) // 2
    top = {activity: first_top + lane * LANE_HEIGHT for activity, lane in lanes.items()}
    places = {
        top[activity]: taken for activity, taken in taken_by_activity(row, lanes, scale, chart.today).items()
    }
    parts = [_windows(row.windows, scale, height), _published(row, top, scale)]
    pen = _Pen(scale, key, has_tooltips)
    parts += [_bar(bar, row, top[bar.activity], pen) for bar in row.bars]
    parts += [_milestone(stone, top[stone.activity], pen) for stone in row.milestones]
    parts += [beside(remark, places[remark.top], key) for remark in remarks_of(row, top, scale)]
    return RowDrawing("".join(parts), height)


def bands_path(bands: Iterable[Band], scale: Scale, height: int) -> str:
    """Path data of full-height bands; empty when none touches the timeline."""
    spans = (scale.span(band.start, band.end) for band in bands)
    return "".join(rectangle_path(left, 0, width, height) for left, width in filter(None, spans))


def diamond_path(x: int, middle: int) -> str:
    """Path data of a milestone's diamond around a point."""
    return f"M{x} {middle - 5}l5 5-5 5-5-5z"


def _windows(windows: tuple[Band, ...], scale: Scale, height: int) -> str:
    spans = filter(None, (scale.span(band.start, band.end) for band in windows))
    path = "".join(rectangle_path(left, 1, width, height - 3) for left, width in spans)
    return f'<path class="w" d="{path}"/>' if path else ""


def _published(row: Row, top: dict[str, int], scale: Scale) -> str:
    path = ""
    for bar in row.bars:
        span = bar.published and scale.span(bar.published.start, bar.published.end)
        if span:
            path += rectangle_path(span[0], top[bar.activity] + _BASELINE_TOP, span[1], _BASELINE_HEIGHT)
    return f'<path class="b" d="{path}"/>' if path else ""


def _bar(bar: Bar, row: Row, top: int, pen: _Pen) -> str:
    span, clear = pen.scale.span(bar.start, bar.end), clear_part(bar, row, pen.scale)
    if span is None or clear is None:
        return ""
    offset, height = BAR_BOX[Tone.DARK if bar.is_late else bar.tone]
    path = rectangle_path(span[0], top + offset, span[1], height)
    inside = ""
    if label_fits(bar, clear[1]):
        inside = _inside(bar, clear, top + TEXT_BASELINE)
    elif padlock_fits(bar, clear[1]):
        inside = f'<use class="v" href="#{pen.key}-pin" x="{clear[0] + (clear[1] - 9) // 2}" y="{top}"/>'
    middle = top + _LIVE_HEIGHT // 2
    signs = tail(bar.ended, sum(span), middle, pen.scale, grows_left=False)
    signs += ring(span[0], middle) if bar.is_waived else ""
    return f'<path {_paint(bar, pen.key)} d="{path}">{pen.tooltip(bar_in_words(bar))}</path>{inside}{signs}'


def _paint(bar: Bar, key: str) -> str:
    tone = TONE_CLASS[bar.tone]
    if bar.is_late:
        return 'class="l"'
    if bar.is_provisional:
        return f'class="p" fill="url(#{key}-{tone})"'
    return f'class="{tone}"'


def _milestone(stone: Milestone, top: int, pen: _Pen) -> str:
    if not pen.scale.holds(stone.on):
        return ""
    style = "m l" if stone.is_late else "m" if stone.ended is None else "m f"
    x, middle = pen.scale.x(stone.on), top + _LIVE_HEIGHT // 2
    signs = tail(stone.ended, x - MILESTONE_REACH + 1, middle, pen.scale, grows_left=True)
    rings = ring(x, middle - MILESTONE_REACH) if stone.is_waived else ""
    path = diamond_path(x, middle)
    return f'{signs}<path class="{style}" d="{path}">{pen.tooltip(milestone_in_words(stone))}</path>{rings}'


def _inside(bar: Bar, span: tuple[int, int], baseline: int) -> str:
    style = "i r" if bar.is_late else "i"
    return f'<text class="{style}" x="{span[0] + span[1] // 2}" y="{baseline}">{escaped(words_inside(bar))}</text>'
