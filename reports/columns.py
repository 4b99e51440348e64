"""A picture of counts: a column for each of some groups in their order, with its number above and its words below."""

from dataclasses import dataclass

from reports.markup import escaped, rectangle_path, wrapped
from reports.svg_picture import heading, picture
from reports.words import number_in_words

_WIDTH, _MARGIN, _HEIGHT = 760, 12, 160
_GAP, _LINE, _LETTER = 8, 15, 12.5


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChart:
    """Groups with how many belong to each; the title states the finding."""

    columns: tuple[tuple[str, int], ...]
    title: str


def columns_svg(chart: ColumnChart) -> str:
    """The columns as a part of a page; a group of nobody has its number and no column."""
    top = heading(chart.title, _WIDTH)
    floor = top.height + _HEIGHT + 2 * _LINE
    step = (_WIDTH - 2 * _MARGIN) / max(len(chart.columns), 1)
    most = max((count for _words, count in chart.columns), default=0) or 1
    parts, lines = [], 0
    for place, (words, count) in enumerate(chart.columns):
        left, middle = round(_MARGIN + place * step + _GAP / 2), round(_MARGIN + (place + 0.5) * step)
        height = round(_HEIGHT * count / most)
        if height:
            path = rectangle_path(left, floor - height, round(step - _GAP), height)
            parts.append(f'<path class="k2" d="{path}"/>')
        parts.append(f'<text class="d" x="{middle}" y="{floor - height - 5}">{number_in_words(count)}</text>')
        below = wrapped(words, round(step) - 2, _LETTER)
        lines = max(lines, len(below))
        parts += [
            f'<text class="d" x="{middle}" y="{floor + _LINE * (line + 1)}">{escaped(text)}</text>\n'
            for line, text in enumerate(below)
        ]
    axis = f'<path class="z" d="M{_MARGIN} {floor}H{_WIDTH - _MARGIN}"/>\n'
    content = top.markup + "".join(parts) + axis
    return picture(_in_words(chart), _WIDTH, floor + _LINE * lines + _MARGIN, content, is_file=False)


def _in_words(chart: ColumnChart) -> str:
    told = "; ".join(f"{words}: {number_in_words(count)}" for words, count in chart.columns)
    return f"{chart.title}. {told}."
