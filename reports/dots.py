"""A picture of labelled dots: each is a plan, its two coordinates are what one gains and what one pays (R038)."""

from dataclasses import dataclass

from reports.markup import escaped, text_width
from reports.svg_picture import heading, picture, round_ticks
from reports.words import number_in_words

_WIDTH, _HEIGHT = 760, 380
_LEFT, _RIGHT, _TOP, _BOTTOM = 84, 40, 34, 52
_RADIUS, _LINE = 6, 15
_MARGIN_SHARE = 0.08


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A named point."""

    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DotChart:
    """Dots with words for both axes; the title states the finding."""

    dots: tuple[Dot, ...]
    x_words: str
    y_words: str
    title: str


def dots_svg(chart: DotChart, *, is_file: bool = True) -> str:
    """The dots in a grid, each with its name beside it, as a file of its own or as a part of a page."""
    top = heading(chart.title, _WIDTH)
    x, y = _Axis.over([dot.x for dot in chart.dots]), _Axis.over([dot.y for dot in chart.dots])
    frame = _Frame(_LEFT, _WIDTH - _RIGHT, top.height + _TOP, top.height + _TOP + _HEIGHT)
    content = top.markup + _grid(frame, x, y, chart) + _labelled(frame, x, y, chart.dots)
    return picture(_in_words(chart), _WIDTH, frame.bottom + _BOTTOM, content, is_file=is_file)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Edges of the field in pixels."""

    left: int
    right: int
    top: int
    bottom: int

    def x(self, share: float) -> float:
        return round(self.left + share * (self.right - self.left), 1)

    def y(self, share: float) -> float:
        return round(self.bottom - share * (self.bottom - self.top), 1)


@dataclass(frozen=True, slots=True)
class _Axis:
    """The values from one edge to the other."""

    low: float
    high: float

    @staticmethod
    def over(values: list[float]) -> "_Axis":
        low, high = min(values, default=0.0), max(values, default=1.0)
        margin = (high - low or abs(high) or 1.0) * _MARGIN_SHARE
        return _Axis(max(0.0, low - margin) if low >= 0 else low - margin, high + margin)

    def share(self, value: float) -> float:
        return (value - self.low) / (self.high - self.low)


def _grid(frame: _Frame, x: _Axis, y: _Axis, chart: DotChart) -> str:
    parts = []
    for tick in round_ticks(x.low, x.high):
        at = frame.x(x.share(tick))
        parts.append(f'<path class="g" d="M{at} {frame.top}V{frame.bottom}"/>')
        parts.append(f'<text class="d" x="{at}" y="{frame.bottom + 16}">{number_in_words(tick)}</text>\n')
    for tick in round_ticks(y.low, y.high):
        at = frame.y(y.share(tick))
        parts.append(f'<path class="g" d="M{frame.left} {at}H{frame.right}"/>')
        parts.append(f'<text class="e" x="{frame.left - 8}" y="{at + 4}">{number_in_words(tick)}</text>\n')
    parts.append(f'<path class="z" d="M{frame.left} {frame.top}V{frame.bottom}H{frame.right}"/>')
    middle = (frame.left + frame.right) // 2
    parts.append(f'<text class="d a" x="{middle}" y="{frame.bottom + 38}">{escaped(chart.x_words)}</text>')
    parts.append(f'<text class="a" x="12" y="{frame.top - 14}">{escaped(chart.y_words)}</text>\n')
    return "".join(parts)


def _labelled(frame: _Frame, x: _Axis, y: _Axis, dots: tuple[Dot, ...]) -> str:
    """Dots and names; a name that would lie on another is moved down a line."""
    parts: list[str] = []
    taken: list[tuple[float, float, float]] = []
    for dot in sorted(dots, key=lambda dot: (-dot.y, dot.x, dot.name)):
        at, height = frame.x(x.share(dot.x)), frame.y(y.share(dot.y))
        width = text_width(dot.name, 12.5)
        is_right = at + _RADIUS + 6 + width <= _WIDTH - 4
        left = at + _RADIUS + 6 if is_right else at - _RADIUS - 6 - width
        line = height + 4
        while any(abs(line - other) < _LINE and left < b and a < left + width for a, b, other in taken):
            line += _LINE
        taken.append((left, left + width, line))
        words = f"{dot.name}: {number_in_words(round(dot.x, 1))}; {number_in_words(round(dot.y))}"
        parts.append(
            f'<circle class="c2" cx="{at}" cy="{height}" r="{_RADIUS}"><title>{escaped(words)}</title></circle>'
            f'<text class="a" x="{left:.1f}" y="{line:.1f}">{escaped(dot.name)}</text>\n'
        )
    return "".join(parts)


def _in_words(chart: DotChart) -> str:
    points = (f"{dot.name}: {dot.x:.1f} and {dot.y:,.0f}" for dot in chart.dots)
    axes = f"Across: {chart.x_words}. Up: {chart.y_words}"
    return ". ".join([chart.title, axes, *points]) + "."
