"""What the smaller charts share: an SVG with its finding on top, the same finding as its label, and their style."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from reports.markup import escaped, wrapped

TITLE_SIZE = 16
_TITLE_LINE = 21
_MARGIN = 12

CHARTS = """\
svg.jc-chart{background:#fff;forced-color-adjust:none;height:auto;max-width:100%}
svg.jc-chart text{fill:#0b0c0c;font:12px Arial,Helvetica,sans-serif}
svg.jc-chart text.q{font-size:16px;font-weight:700}
svg.jc-chart text.a{font-weight:700}
svg.jc-chart text.e{text-anchor:end}
svg.jc-chart text.d{text-anchor:middle}
svg.jc-chart .g{fill:none;stroke:#dcdfe0}
svg.jc-chart .z{fill:none;stroke:#0b0c0c}
svg.jc-chart .c2{fill:#2f75b5;stroke:#fff}
svg.jc-chart .k0{fill:#062447;stroke:#fff}
svg.jc-chart .k1{fill:#d2e6f6;stroke:#061a33}
svg.jc-chart .k2{fill:#2f75b5;stroke:#fff}
svg.jc-chart .k3{fill:#fff;stroke:#061a33}
svg.jc-chart text.p{fill:#fff;font-weight:700;text-anchor:middle}
svg.jc-chart text.o{font-weight:700;text-anchor:middle}
svg.jc-chart .n{fill:none;stroke:#0b0c0c;stroke-width:3}
@media print{svg.jc-chart{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""
"""Texts: q title, a bold, e right-aligned, d centred, p and o centred on dark and on pale; g grid, z axes, c2 a dot, k0
to k3 parts of a bar, n a bound."""


CHART_MODES = """\
@media screen and (prefers-color-scheme:dark){svg.jc-chart{background:#121416}
svg.jc-chart text{fill:#f3f2f1}
svg.jc-chart text.o{fill:#0b0c0c}
svg.jc-chart .g{stroke:#33383b}
svg.jc-chart .z,svg.jc-chart .n{stroke:#f3f2f1}
svg.jc-chart .k0{fill:#153e70;stroke:#bcd9f0}
svg.jc-chart .k2{stroke:#bcd9f0}
svg.jc-chart .c2{fill:#4080bf;stroke:#121416}}
@media (forced-colors:active){svg.jc-chart{background:Canvas}
svg.jc-chart text,svg.jc-chart text.p,svg.jc-chart text.o{fill:CanvasText}
svg.jc-chart .g{stroke:GrayText}
svg.jc-chart .z,svg.jc-chart .n{stroke:CanvasText}
svg.jc-chart .c2{fill:CanvasText;stroke:Canvas}
svg.jc-chart .k0,svg.jc-chart .k1,svg.jc-chart .k2,svg.jc-chart .k3{fill:Canvas;stroke:CanvasText}}
"""
"""Charts within a page on dark screens and in the reader's own colours; letters still tell parts apart."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The title drawn on top, and the pixels it takes."""

    markup: str
    height: int


def heading(title: str, width: int) -> Heading:
    """The finding, broken into as many lines as it needs."""
    lines = wrapped(title, width - 2 * _MARGIN, TITLE_SIZE * 1.06)
    texts = (
        f'<text class="q" x="{_MARGIN}" y="{_MARGIN + 12 + index * _TITLE_LINE}">{escaped(line)}</text>\n'
        for index, line in enumerate(lines)
    )
    return Heading("".join(texts), _MARGIN + len(lines) * _TITLE_LINE)


def picture(words: str, width: int, height: int, content: str, *, is_file: bool = True) -> str:
    """
    An SVG of class `jc-chart`.

    Parameters
    ----------
    words
        What the picture says, for those who do not see it.
    is_file
        A file has its style inside; within a page, whose policy forbids that, it comes from the style sheet.
    """
    style = f"<style>{CHARTS}</style>\n" if is_file else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="jc-chart" role="img" aria-label="{escaped(words)}" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}">\n{style}{content}</svg>\n'
    )


def round_ticks(low: float, high: float, most: int = 6) -> Sequence[float]:
    """At most `most` round numbers (1, 2 or 5 times a power of ten apart) from `low` to `high`, both included."""
    if high <= low:
        return (low,)
    rough = (high - low) / max(most - 1, 1)
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10, 20) if factor * power >= rough * (1 - 1e-9))
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return tuple(round(index * step, 9) for index in range(first, last + 1))
