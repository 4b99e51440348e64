"""A picture of what plans cost: a bar a plan, parted by the terms of its cost, with a line at what is proven (R038)."""

from dataclasses import dataclass
from string import ascii_uppercase

from reports.markup import escaped, rectangle_path, text_width
from reports.svg_picture import heading, picture, round_ticks
from reports.words import number_in_words

_WIDTH, _RIGHT = 760, 40
_BAR_HEIGHT, _STEP, _TOP, _BOTTOM = 24, 52, 12, 26
_LEAST_LETTER = 14
"""Pixels of a part in which there is room for its letter."""
_TONES = ("k0", "k1", "k2", "k3")
_PALE = ("k1", "k3")


@dataclass(frozen=True, slots=True, kw_only=True)
class CostBar:
    """
    A plan.

    Parameters
    ----------
    costs
        Cost of each term, in the order of the chart's terms; none is negative.
    bound
        What is proven that no such plan can cost less than; None if unknown.
    proven
        The same in words: 'within 0.3 per cent of the best possible'.
    """

    name: str
    costs: tuple[int, ...]
    bound: int | None
    proven: str

    @property
    def total(self) -> int:
        """The whole cost."""
        return sum(self.costs)


@dataclass(frozen=True, slots=True, kw_only=True)
class CostBars:
    """Bars that share their terms, named in words; the title states the finding."""

    bars: tuple[CostBar, ...]
    terms: tuple[str, ...]
    title: str


def cost_bars_svg(chart: CostBars) -> str:
    """
    The bars as a part of a page, each part with a letter that the legend explains.

    What is too narrow for its letter is in the legend and in the label all the same.
    """
    top = heading(chart.title, _WIDTH)
    legend, start = _legend(chart.terms, top.height + 18)
    most = max((max(bar.total, bar.bound or 0) for bar in chart.bars), default=0) or 1
    pixels = (_WIDTH - _RIGHT - 12) / most
    bottom = start + _TOP + len(chart.bars) * _STEP
    content = top.markup + legend + _grid(most, pixels, start, bottom)
    content += "".join(
        _bar(bar, start + _TOP + place * _STEP, pixels) for place, bar in enumerate(chart.bars)
    )
    return picture(_in_words(chart), _WIDTH, bottom + _BOTTOM, content, is_file=False)


def _legend(terms: tuple[str, ...], top: int) -> tuple[str, int]:
    """The terms with their letters in lines, and the line that stands for a bound; and the lower edge of it all."""
    parts, x, y = [], 12, top
    samples = [(_part(index, 0, 0, 22), words) for index, words in enumerate(terms)]
    samples.append(('<path class="n" d="M11 -3v28"/>', "Proven: no plan of this kind costs less"))
    for sample, words in samples:
        needed = 30 + text_width(words, 12.5)
        if x > 12 and x + needed > _WIDTH - 12:
            x, y = 12, y + 30
        parts.append(
            f'<g transform="translate({x} {y})">{sample}<text x="28" y="16">{escaped(words)}</text></g>\n'
        )
        x += needed + 14
    return "".join(parts), y + 34


def _grid(most: int, pixels: float, top: int, bottom: int) -> str:
    parts = []
    for tick in round_ticks(0, most):
        if tick <= most:
            x = round(12 + tick * pixels, 1)
            parts.append(f'<path class="g" d="M{x} {top}V{bottom}"/>')
            parts.append(f'<text class="d" x="{x}" y="{bottom + 16}">{number_in_words(tick)}</text>\n')
    return "".join(parts)


def _bar(bar: CostBar, top: int, pixels: float) -> str:
    """Words above, parts in a row, and the line at the bound."""
    words = f"{bar.name}: {number_in_words(bar.total)}, {bar.proven}"
    parts, left = [f'<text class="a" x="12" y="{top + 10}">{escaped(words)}</text>'], 12.0
    for index, cost in enumerate(bar.costs):
        width = cost * pixels
        if round(left + width) > round(left):
            parts.append(_part(index, round(left), top + 15, round(left + width) - round(left)))
        left += width
    if bar.bound is not None:
        parts.append(f'<path class="n" d="M{round(12 + bar.bound * pixels)} {top + 12}v{_BAR_HEIGHT + 6}"/>')
    return "".join(parts) + "\n"


def _part(index: int, left: int, top: int, width: int) -> str:
    tone = _TONES[index % len(_TONES)]
    path = f'<path class="{tone}" d="{rectangle_path(left, top, width, _BAR_HEIGHT)}"/>'
    if width < _LEAST_LETTER:
        return path
    ink = "o" if tone in _PALE else "p"
    letter = ascii_uppercase[index % len(ascii_uppercase)]
    return f'{path}<text class="{ink}" x="{left + width // 2}" y="{top + 16}">{letter}</text>'


def _in_words(chart: CostBars) -> str:
    bars = (
        f"{bar.name}: {number_in_words(bar.total)}, {bar.proven}; "
        + ", ".join(
            f"{words.lower()} {number_in_words(cost)}"
            for words, cost in zip(chart.terms, bar.costs, strict=True)
        )
        for bar in chart.bars
    )
    return ". ".join([chart.title, *bars]) + "."
